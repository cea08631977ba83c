"""What a customer may know of a line that is still to be delivered."""

from datetime import date
from typing import NamedTuple

LATE, NEW_DATE, PARTLY, NO_DATE, CONFIRMED = STATUSES = (
    "late",
    "new_date",
    "partly_shipped",
    "no_date",
    "confirmed",
)


class OpenLine(NamedTuple):
    """One promised line, in the unit and the words of the customer's order.

    Nothing else of the ledger belongs here: neither causes nor predicted dates are for
    the customer.
    """

    partner_id: int
    order_id: int
    line_id: int
    commitment_id: int
    order_name: str
    customer_reference: str
    product: str
    unit: str
    qty_ordered: float
    qty_shipped: float
    qty_open: float
    qty_invoiced: float
    amount_open: float
    currency_id: int
    basis: str  # of both dates: "departure" or "arrival"
    date_promise: date | None
    date_announced: date | None
    status: str

    @property
    def date(self) -> date | None:
        """The date the customer was told last."""
        return self.date_announced or self.date_promise


def status_of(
    today: date, promise: date | None, announced: date | None, qty_shipped: float
) -> str:
    """Return how a line stands, by what the customer was told and nothing else.

    >>> today, promise = date(2026, 3, 10), date(2026, 3, 12)
    >>> status_of(today, promise, None, 0), status_of(today, None, None, 0)
    ('confirmed', 'no_date')
    >>> status_of(today, promise, date(2026, 3, 20), 4)
    'new_date'
    >>> status_of(today, promise, None, 4)
    'partly_shipped'
    >>> status_of(date(2026, 3, 13), promise, None, 4)
    'late'
    """
    told = announced or promise
    if told and told < today:
        return LATE
    if announced and announced != promise:
        return NEW_DATE
    if qty_shipped:
        return PARTLY
    return CONFIRMED if told else NO_DATE
