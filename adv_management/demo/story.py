"""Writes the agenda of the year: which event happens on which day."""

import random
from datetime import date

from .mistakes import Mistakes
from .orders import SLIPPING_SUPPLIER, OrderBook
from .script import Agenda, read_table
from .supply import Supply
from .workdays import Workdays

SEED = "adv"
RETURNS = {"return": 8, "exchange": 6}
INCREASES = 8
DECREASES = 5
PRICE_CREDITS = 6
APART = 25  # working days between two orders of the same goods
# Who wanted another date -> the reasons given, the proof kept, the orders concerned.
PROMISE_CHANGES = {
    "customer": ("Chantier décalé par le client", "Fermeture annuelle du client"),
    "accepted": (
        "Rupture chez le fournisseur, nouvelle date acceptée",
        "Transport complet, report accepté",
    ),
    "internal": ("Retard de préparation", "Camion complet"),
}
PROOFS = {"customer": "mail", "accepted": "call", "internal": False}
PROMISE_CHANGE_COUNT = {"customer": 6, "accepted": 6, "internal": 3}
# What becomes of the alerts of open orders: the fate of the orders, how many.
ALERTS = {
    "call": ("late_supplier", 2),
    "dismiss": ("slip_replanned", 1),
    "report": ("late_forgotten", 1),
    "inform": ("slip_supplier", 3),
    "acknowledge": ("fine", 2),
}


class Story:
    """The year before ``today``: its orders, its receipts and their agenda.

    >>> story = Story(date(2026, 6, 30))
    >>> len(story.orders)
    300
    >>> story.orders == Story(date(2026, 6, 30)).orders
    True
    """

    def __init__(self, today: date):
        self.today = today
        self.rng = random.Random(SEED)  # the same story every time
        self.days = Workdays(today.year - 2, today.year + 1)
        self.products = read_table("products")
        self.customers = read_table("customers")
        self.agenda = Agenda()
        book = OrderBook(self.rng, self.days, today, self.customers, self.products)
        self.orders = book.draw()
        self.quotations, self.lost = book.draw_quotations()
        others = self.quotations + self.lost
        for number, order in enumerate(others, len(self.orders) + 1):
            order.number = number
        self._set_apart(self.orders + others)
        self.supply = Supply(self.rng, self.days, today, self.orders, self.products)
        self.opening_day = self.days.add(self.supply.start, -2)
        self.yesterday = self.days.add(today, -1)
        self.busy = set()  # numbers of orders on which something happens already
        self.mistaken = []
        self.bill_days = set()
        self._write()

    def _set_apart(self, orders):
        """Have no customer order the same again within some weeks: it would be stopped
        as a duplicate.
        """
        taken = {}  # (customer, goods) -> the day until which they are
        for order in sorted(orders, key=lambda order: (order.confirmed, order.number)):
            while order.confirmed < taken.get(_goods_key(order), order.confirmed):
                order.lines[0].quantity += 1
            taken[_goods_key(order)] = self.days.add(order.confirmed, APART)

    def _write(self):
        self.agenda.add(self.opening_day, "count", None)
        for receipt in self.supply.receipts():
            self._write_receipt(receipt)
        self._write_promise_changes()
        for order in self.orders:
            self._write_order(order)
        for order in self.quotations + self.lost:
            self.agenda.add(order.confirmed, "quote", order)
        for order in self.lost:
            self._write_cancel(order, 5, 15)
        self._write_amendments()
        self._write_returns()
        self._write_billing()
        self._write_service()
        self._write_mistakes()
        self._write_controls()

    def _write_receipt(self, receipt):
        announced = max(self.days.add(receipt.planned, -20), self.opening_day)
        self.agenda.add(announced, "purchase", receipt)
        for told, day in receipt.postponed:
            self.agenda.add(told, "postpone", receipt, day)
        if receipt.actual:
            self.agenda.add(receipt.actual, "receive", receipt)

    def _write_order(self, order):
        self.agenda.add(order.received, "quote", order)
        self.agenda.add(order.confirmed, "confirm", order)
        for shipment in order.shipments:
            self.agenda.add(shipment.day, "deliver", order, shipment)
        if order.fate == "cancelled":
            self._write_cancel(order, 1, 5)
        replanned = self._replanned_for(order)
        if replanned:
            self.agenda.add(*replanned)

    def _write_cancel(self, order, first, last):
        day = self.days.add(order.confirmed, self.rng.randint(first, last))
        self.agenda.add(day, "cancel", order)

    def _replanned_for(self, order):
        """Return the event by which an open delivery gets another day, if it does."""
        add, today = self.days.add, self.today
        if order.fate in ("slip_supplier", "late_supplier"):
            told = max(order.confirmed, add(today, -4))
            return told, "replan", order, add(self.supply.next_arrival(), 1)
        if order.fate == "slip_replanned":
            told = max(add(order.confirmed, 1), add(today, -self.rng.randint(1, 3)))
            later = add(order.promise, self.rng.randint(2, 6))
            if self.rng.random() < 0.5:
                return told, "replan", order, later
            return told, "promise", order, self._promise_change("internal", later)
        if order.fate == "risk_overdue":
            return add(order.confirmed, 1), "replan", order, add(today, -1)
        return None

    # -- what else happens in a year ---------------------------------------------

    def _settled(self, fate="plain", ended_before=25):
        """Return orders of regular suppliers' goods, delivered some time ago."""
        codes = {
            row["code"] for row in self.products if row["supplier"] == SLIPPING_SUPPLIER
        }
        limit = self.days.add(self.today, -ended_before)
        return [
            order
            for order in self.orders
            if order.fate == fate
            and order.shipments[-1].day < limit
            and not codes & {line.product for line in order.lines}
        ]

    def _sample(self, orders, count):
        chosen = self.rng.sample(orders, count)
        self.busy.update(order.number for order in chosen)
        return chosen

    def _write_promise_changes(self):
        """Dates that change on the way, by the customer or by us; goods follow."""
        orders = [
            order
            for order in self._settled()
            if order.fixed and order.promise > self.days.add(order.confirmed, 5)
        ]
        answers = _repeated(PROMISE_CHANGE_COUNT)
        orders = self._sample(orders, len(answers))
        for order, answer in zip(orders, answers, strict=True):
            told = self.days.add(order.promise, -self.rng.randint(2, 4))
            later = self.days.add(order.promise, self.rng.randint(3, 6))
            order.shipments[0].day = later
            self.agenda.add(told, "promise", order, self._promise_change(answer, later))

    def _promise_change(self, answer, day):
        """Return what the assistant enters in the wizard."""
        reason = self.rng.choice(PROMISE_CHANGES[answer])
        return {
            "answer": answer,
            "date_new": day,
            "proof": PROOFS[answer],
            "reason": reason,
        }

    def _write_amendments(self):
        """Quantities that change between confirmation and delivery."""
        orders = [
            order
            for order in self._settled()
            if order.shipments[0].day > self.days.add(order.confirmed, 3)
            and max(line.quantity for line in order.lines) > 3
        ]
        for index, order in enumerate(self._sample(orders, INCREASES + DECREASES)):
            delta = 2 if index < INCREASES else -1
            self.agenda.add(self.days.add(order.confirmed, 1), "amend", order, delta)

    def _write_returns(self):
        kinds = _repeated(RETURNS)
        orders = self._sample(self._settled(), len(kinds) + PRICE_CREDITS)
        for order, kind in zip(orders, kinds, strict=False):
            day = self.days.add(order.shipments[-1].day, self.rng.randint(3, 12))
            self.agenda.add(day, "take_back", order, kind)
        for order in orders[len(kinds) :]:
            day = self.days.add(order.shipments[-1].day, self.rng.randint(12, 22))
            self.agenda.add(day, "credit", order, "price")

    def _write_billing(self):
        """Invoices leave twice a month, by the 15th and on the last open day."""
        days = self.days.between(self.supply.start, self.yesterday)
        for day, following in zip(days, [*days[1:], self.today], strict=True):
            if following.month != day.month or day.day <= 15 < following.day:
                self.agenda.add(day, "bill", None)
                self.bill_days.add(day)
            if following.month != day.month and following < self.today:
                self.agenda.add(following, "review", None)

    def _write_service(self):
        """What customers are told, in the week in which the desk begins with it.

        What was promised for that very day is not late yet.
        """
        self.agenda.add(self.days.add(self.today, -5), "settle", None)
        self.agenda.add(self.yesterday, "measure", None)
        for kind, (fate, count) in ALERTS.items():
            orders = [
                order
                for order in self.orders
                if order.fate == fate
                and order.confirmed <= self.yesterday != order.promise
            ]
            for order in orders[-count:]:
                self.agenda.add(self.yesterday, kind, order)

    def _write_mistakes(self):
        """What is typed wrong; what the button stops is put right there."""
        mistakes = Mistakes(self, self.busy)
        self.tightened = mistakes.tightened
        self.mistaken = mistakes.draw()
        for order in self.mistaken:
            if order.mistake.corrected:
                self.agenda.add(order.mistake.corrected, "correct", order)

    def _write_controls(self):
        """What the manager wants controlled, and what that stops today."""
        self.agenda.add(self.opening_day, "rules", None)
        self.agenda.add(self.tightened, "tighten", None)
        self.agenda.add(self.days.add(self.today, -5), "review", None)
        priced, large, proofread, signed, *_others = self.quotations
        self.agenda.add(self.yesterday, "own_rules", None)
        self.agenda.add(self.yesterday, "ask", priced)
        self.agenda.add(self.yesterday, "sign", signed)
        self.agenda.add(self.yesterday, "proofread", proofread)
        self.agenda.add(self.yesterday, "enlarge", large)
        self.agenda.add(self.yesterday, "repeat", self._latest())
        self.agenda.add(self.yesterday, "mail", None)

    def _latest(self):
        """Return the last order before yesterday that was entered by hand."""
        orders = [
            order
            for order in self.orders
            if order.fate == "fine"
            and order.channel == "manual"
            and order.confirmed < self.yesterday
            and not order.mistake
        ]
        return max(orders, key=lambda order: (order.confirmed, order.number))


def _goods_key(order):
    goods = sorted((line.product, line.quantity) for line in order.lines)
    return (order.customer, *goods)


def _repeated(counts):
    """Return each key as often as it counts.

    >>> _repeated({"a": 2, "b": 1})
    ['a', 'a', 'b']
    """
    return [key for key, count in counts.items() for _index in range(count)]
