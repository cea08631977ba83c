"""Which incoming e-mails no person has written."""

# What programs say of their mail, RFC 3834 and what was in use before it.
_MARKS = ("X-Autoreply", "X-Autorespond", "X-Autoresponse")
_BULK = ("auto_reply", "bulk", "junk")


def is_automatic(headers) -> bool:
    """Return whether a program answered: out of office, ticket opened, and the like.

    :param headers: with a ``get`` that knows no case, as those of ``email.message``

    >>> is_automatic({"Auto-Submitted": "auto-replied (vacation)"})
    True
    >>> is_automatic({"Precedence": "Bulk"}), is_automatic({"X-Autoreply": "yes"})
    (True, True)
    >>> is_automatic({"Auto-Submitted": "No"}), is_automatic({"Precedence": "list"})
    (False, False)
    """
    submitted = (headers.get("Auto-Submitted") or "no").strip().lower()
    precedence = (headers.get("Precedence") or "").strip().lower()
    return (
        not submitted.startswith("no")
        or precedence in _BULK
        or any(headers.get(mark) for mark in _MARKS)
    )
