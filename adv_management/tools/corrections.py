"""What was corrected on an order after its confirmation, as a diff of before and after.

Rows of a log become corrections: only what differs in the end, one per line and type of
error, without what merely follows from another correction.

A price that is put back is no correction, one that is changed twice is one:

>>> codes = {"price_unit": "PRX", "product_id": "REF", "product_uom_qty": "QTE"}
>>> def diff(*changes, **kwargs):
...     rows = [Change(*each) for each in changes]
...     found = find_corrections(rows, codes, **kwargs)
...     return [(each.code, each.line, each.old, each.new) for each in found]
>>> diff((1, 7, "price_unit", "10", "8"), (2, 7, "price_unit", "8", "10"))
[]
>>> diff((1, 7, "price_unit", "10", "8"), (2, 7, "price_unit", "8", "9"))
[('PRX', 7, '10', '9')]

What was looked at already is not looked at again:

>>> diff((1, 7, "price_unit", "10", "8"), (2, 7, "price_unit", "8", "9"),
...      marks={(7, "PRX"): 1})
[('PRX', 7, '8', '9')]

A line set to nothing was removed, an added one was forgotten; both together are one
wrong article:

>>> diff((1, 7, "product_uom_qty", "5", "0"))
[('REF', 7, None, None)]
>>> diff((1, 8, "product_id", None, "21"), (2, 8, "price_unit", "1", "3"))
[('OUB', 8, None, '21')]
>>> diff((1, 7, "product_id", "20", None), (2, 8, "product_id", None, "21"))
[('REF', 7, '20', '21')]
"""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

ARTICLE, FORGOTTEN = "REF", "OUB"
# A new customer brings an address, terms, taxes and prices along.
_FOLLOW_CUSTOMER = {"CLF", "ADL", "PAI", "TVA", "DEV"}


class Change(NamedTuple):
    """One logged change; ``line`` is 0 for the header of the order."""

    id: int
    line: int
    field: str
    old: str | None
    new: str | None
    at: datetime | None = None
    label: str | None = None
    is_customer: bool = False


class Correction(NamedTuple):
    """What one line (0: the header) had and has; ``is_customer``: he did it himself."""

    code: str
    line: int
    field: str
    old: str | None
    new: str | None
    log_id: int
    at: datetime | None
    label: str | None
    is_customer: bool


def find_corrections(changes, codes, marks=None):
    """Return the corrections in ``changes`` (oldest first).

    :param marks: ``{(line, type): number of the last change}`` to leave out up to
    """
    net = _net_changes(changes, codes, marks or {})
    lines = defaultdict(dict)
    for (line, field), correction in net.items():
        lines[line][field] = correction
    articles = _find_articles(lines)
    rest = [
        correction
        for line, found in lines.items()
        if line not in articles
        for correction in _first_by_code(found.values())
    ]
    return [each for each in articles.values() if each] + rest


def _net_changes(changes, codes, marks):
    """Return ``{(line, field): correction}`` of what differs in the end."""
    net = {}
    for change in changes:
        key, code = (change.line, change.field), codes.get(change.field)
        if code is None or change.id <= marks.get((change.line, code), 0):
            continue
        before = net.get(key)
        net[key] = Correction(
            code=code,
            line=change.line,
            field=change.field,
            old=before.old if before else change.old,
            new=change.new,
            log_id=change.id,
            at=change.at,
            label=change.label,
            is_customer=change.is_customer and (not before or before.is_customer),
        )
    return {key: each for key, each in net.items() if each.old != each.new}


def _find_articles(lines):
    """Return ``{line: correction}`` of lines that came, went or got another article.

    The other corrections of such a line follow from it. None: nothing is left to say.
    """
    added, removed, replaced = {}, {}, {}
    for line, found in lines.items():
        article, quantity = found.get("product_id"), found.get("product_uom_qty")
        is_gone = quantity is not None and quantity.new == "0"
        if article and article.old is None:
            added[line] = None if is_gone else article._replace(code=FORGOTTEN)
        elif article:
            (replaced if article.new else removed)[line] = article
        elif is_gone:
            removed[line] = quantity._replace(
                code=ARTICLE, field="product_id", old=None, new=None
            )
    swaps = zip(removed, [line for line in added if added[line]], strict=False)
    for gone, come in list(swaps):
        removed[gone] = removed[gone]._replace(new=added[come].new)
        added[come] = None
    return {**removed, **added, **replaced}


def _first_by_code(corrections):
    """Return one correction per type; a new customer explains what comes with him."""
    by_code = {}
    for each in sorted(corrections, key=lambda each: each.field != "partner_id"):
        by_code.setdefault(each.code, each)
    customer = by_code.get("CLF")
    if customer and customer.field == "partner_id":
        return [
            each
            for code, each in by_code.items()
            if code not in _FOLLOW_CUSTOMER or each is customer
        ]
    return list(by_code.values())
