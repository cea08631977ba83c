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


def may_bring_an_order(headers, has_document: bool) -> bool:
    """Return whether an e-mail to the order desk can be an order.

    Purchasing systems mark their orders as automatic too; what answers by itself, and
    what a program says about another message without attaching anything, is none.

    :param headers: as of ``is_automatic``
    :param has_document: something is attached, pictures within the text apart

    >>> may_bring_an_order({"Subject": "Order 17"}, has_document=False)
    True
    >>> may_bring_an_order({"Auto-Submitted": "auto-generated"}, has_document=False)
    True
    >>> may_bring_an_order({"Auto-Submitted": "auto-replied"}, has_document=True)
    False
    >>> away = {"Auto-Submitted": "auto-generated", "In-Reply-To": "<1@us>"}
    >>> [may_bring_an_order(away, has_document) for has_document in (False, True)]
    [False, True]
    """
    if not is_automatic(headers):
        return True
    submitted = (headers.get("Auto-Submitted") or "").strip().lower()
    precedence = (headers.get("Precedence") or "").strip().lower()
    is_answer = (
        submitted.startswith("auto-replied")
        or precedence == "auto_reply"
        or any(headers.get(mark) for mark in _MARKS)
    )
    refers = headers.get("In-Reply-To") or headers.get("References")
    return not is_answer and (has_document or not refers)
