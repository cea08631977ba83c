"""How a customer's order numbers look, said without regular expressions.

A mask is read from left to right, one sign at a time, so that its time is the length of
the reference whatever a user types:

``#`` a digit, ``@`` a letter, ``?`` a digit or a letter, ``*`` at the end: whatever
follows, all else: itself, capital or small. ``|`` separates several masks.
"""

from itertools import zip_longest

ALTERNATIVE = "|"
REST = "*"

_CLASSES = {"#": str.isdecimal, "@": str.isalpha, "?": str.isalnum}


def split_masks(masks: str | None) -> list[str]:
    """Return the masks of a field, without the spaces around them.

    >>> split_masks("4500###### | CMD-*"), split_masks(None), split_masks(" | ")
    (['4500######', 'CMD-*'], [], [])
    """
    pieces = (piece.strip() for piece in (masks or "").split(ALTERNATIVE))
    return [piece for piece in pieces if piece]


def find_mistake(masks: str | None) -> str | None:
    """Return the mask that cannot be meant: something stands after the rest.

    >>> find_mistake("AB*##"), find_mistake("AB##*"), find_mistake("##|**")
    ('AB*##', None, '**')
    """
    return next((mask for mask in split_masks(masks) if REST in mask[:-1]), None)


def matches(masks: str | None, reference: str | None) -> bool:
    """Return whether the reference has one of the forms; without a form it has.

    >>> matches("4500######", "4500123456"), matches("4500######", "450012345")
    (True, False)
    >>> matches("cmd-@@-??", "CMD-FR-7b"), matches("CMD-@@-??", "CMD-F1-7b")
    (True, False)
    >>> matches("BC ####*", "BC 2026/118"), matches("##|###", " 123 "), matches("", "x")
    (True, True, True)
    >>> matches("?" * 500 + "*", "9" * 499 + "!" * 9000)
    False
    """
    text = (reference or "").strip()
    return not split_masks(masks) or any(
        _matches_one(mask, text) for mask in split_masks(masks)
    )


def _matches_one(mask: str, text: str) -> bool:
    if mask.endswith(REST):
        mask = mask.removesuffix(REST)
        text = text[: len(mask)]
    return all(
        bool(sign and seen) and _CLASSES.get(sign, _same_as(sign))(seen)
        for sign, seen in zip_longest(mask, text)
    )


def _same_as(sign: str | None):
    return lambda seen: seen.casefold() == sign.casefold()
