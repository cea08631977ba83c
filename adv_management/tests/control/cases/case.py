from collections.abc import Callable
from typing import Any, NamedTuple


class Case(NamedTuple):
    """A shipped control with what it lets pass and what it stops.

    Quotations for the checkpoints of an order, a transfer that is ready to be validated
    for shipments, drafts for invoices. The actions take the document.
    """

    good: Any
    bad: Any
    # makes the bad one bad in another way: a waiver has to fall
    worsen: Callable | None = None
    # makes the good one, once it is confirmed, as bad as the other one; None if no
    # change of a confirmed order can
    spoil: Callable | None = None
    # the control's parameters, where the shipped ones are not meant
    params: dict | None = None
