"""What the story is made of: orders, shipments, receipts, events of each day."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"

# The kinds of events, in the order in which a working day sees them.
KINDS = (
    "rules",  # the manager sets the controls as the company needs them
    "tighten",  # ... and has some of them stop orders
    "count",  # the opening stock
    "purchase",  # an inbound shipment is announced
    "postpone",  # the supplier announces another date
    "receive",
    "quote",
    "confirm",
    "caught",  # ... was stopped: the mistake is put right at once
    "waived",  # ... was stopped: the manager accepts it
    "promise",  # the promised date changes
    "amend",  # a quantity changes
    "correct",  # an entry error is put right on the order
    "replan",  # the warehouse moves the delivery
    "deliver",
    "take_back",  # the customer returns goods
    "cancel",
    "bill",
    "credit",
    "collect",  # the bank's statement tells who paid
    "review",  # the manager classifies what looks like an entry error
    "settle",  # the manager decides how customers are told
    "measure",  # the ledger measures what the day changed
    "call",  # a customer is called about his delay
    "dismiss",  # a delay is not worth a call
    "report",  # the warehouse reports an incident
    "inform",  # a delay notice is written
    "acknowledge",  # an order acknowledgement is written
    "own_rules",  # the manager adds rules of the house
    "ask",  # a quotation waits for approval
    "enlarge",  # ... because it is a large one
    "repeat",  # an order is entered a second time
    "sign",  # a customer signs what the desk would not have confirmed
    "proofread",  # quotations are to be read once more before they leave
    "mail",  # customers order by e-mail
)


def read_table(name):
    """Return the rows of a table of the demo data, as dicts of strings."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass
class Line:
    """A line of an order: product code and quantity in units."""

    product: str
    quantity: int


@dataclass
class Shipment:
    """What leaves on a day: a share of each line; the rest waits, or is refused."""

    day: date
    shares: tuple = ()  # empty: everything that is open
    backorder: bool = True


@dataclass
class Order:
    """One customer order and what becomes of it."""

    number: int
    customer: str
    fate: str
    confirmed: date
    promise: date
    lines: list
    fixed: bool = True  # a date was agreed; else Odoo promises by its lead times
    received: date = None
    requested: date = None
    channel: str = "manual"
    shipments: list = field(default_factory=list)
    mistake: "Mistake | None" = None


@dataclass
class Mistake:
    """What somebody typed wrong on an order, and what became of it."""

    kind: str  # price, quantity, article, address, date, forgotten, reference
    fate: str  # error, customer_change, no_error, open; caught, waived at the button
    corrected: date | None = None
    by: str = ""  # login of whoever corrects it


@dataclass
class Receipt:
    """Goods from a supplier: planned for a day, received another day or not yet."""

    supplier: str
    planned: date
    actual: date | None
    quantities: dict = field(default_factory=dict)
    postponed: list = field(default_factory=list)  # [(told on, new date)]


@dataclass(order=True)
class Event:
    """Something that happens on a day; sorts as the day goes."""

    day: date
    rank: int
    number: int
    kind: str = field(compare=False)
    subject: object = field(compare=False)
    detail: object = field(compare=False, default=None)


class Agenda:
    """The events to come, taken day by day."""

    def __init__(self):
        self._days = {}
        self._count = 0

    def add(self, day, kind, subject, detail=None):
        """Note an event; one added to the day being lived is lived that day."""
        self._count += 1
        event = Event(day, KINDS.index(kind), self._count, kind, subject, detail)
        self._days.setdefault(day, []).append(event)

    def days(self, until):
        """Yield (day, list of events), both in order, up to a day included."""
        while self._days:
            day = min(self._days)
            if day > until:
                return
            yield day, self._take(day)

    def _take(self, day):
        while events := self._days.get(day):
            event = min(events)
            events.remove(event)
            yield event
        del self._days[day]
