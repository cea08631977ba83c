"""What comes in: the opening stock and the shipments that serve the orders."""

from .orders import NEXT_ARRIVAL, SLIPPING_SUPPLIER
from .script import Receipt

REGULAR_EVERY = 45  # working days between two shipments of a regular supplier
SLIPPING_EVERY = 50
PAST_SLIP = 13  # working days: the slipping supplier's second shipment was that late
# Of the slipping supplier's goods, what has not come on the last day he named, and
# what nobody ordered again.
OVERDUE = "PNE-CHO"
NOT_ORDERED = "CMP-270"
MARGIN = 1.15  # regular suppliers: more than what is ordered


class Supply:
    """Receipts with perfect foresight, except where the supplier slips.

    A shipment covers the orders confirmed from the day it was *planned* for until
    the next one: when it comes late, these orders wait.
    """

    def __init__(self, rng, days, today, orders, products):
        self.rng = rng
        self.days = days
        self.today = today
        self.orders = orders
        self.products = products
        self.suppliers = sorted({row["supplier"] for row in products})
        self.start = days.add(min(order.confirmed for order in orders), -3)

    def opening(self):
        """Return the stock on hand before the story: {product code: quantity}."""
        stock = {}
        for supplier in self.suppliers:
            first = self._plan_days(supplier)[0]
            stock.update(self._needs(supplier, None, first))
        return stock

    def receipts(self):
        """Return all inbound shipments, those still to come included."""
        return [
            receipt
            for supplier in self.suppliers
            for receipt in self._receipts(supplier)
        ]

    def next_arrival(self):
        """Return the day on which the slipping supplier now says to deliver."""
        return self.days.add(self.today, NEXT_ARRIVAL)

    def _receipts(self, supplier):
        planned = self._plan_days(supplier)
        for index, (day, until) in enumerate(
            zip(planned, [*planned[1:], None], strict=True)
        ):
            quantities = {
                code: qty
                for code, qty in self._needs(supplier, day, until).items()
                if qty
            }
            if quantities:
                receipt = Receipt(supplier, day, day, quantities)
                if supplier == SLIPPING_SUPPLIER and index == 1:
                    receipt.actual = self.days.add(day, PAST_SLIP)
                    receipt.postponed = [(self.days.add(day, -1), receipt.actual)]
                elif supplier != SLIPPING_SUPPLIER:
                    receipt.actual = self.days.add(
                        day, self.rng.choice((-1, 0, 0, 0, 1))
                    )
                yield receipt
        yield from self._receipts_to_come(supplier)

    def _receipts_to_come(self, supplier):
        rows = [row for row in self.products if row["supplier"] == supplier]
        quantities = {row["code"]: 6 * int(row["typical"]) for row in rows}
        if supplier != SLIPPING_SUPPLIER:
            day = self.days.add(self.today, self.rng.randint(4, 9))
            yield Receipt(supplier, day, None, quantities)
            return
        first, second = self.days.add(self.today, -6), self.next_arrival()
        postponed = [
            (self.days.add(self.today, -14), first),
            (self.days.add(self.today, -5), second),
        ]
        planned = self.days.add(self.today, -13)
        overdue = {OVERDUE: quantities.pop(OVERDUE)}
        del quantities[NOT_ORDERED]
        yield Receipt(supplier, planned, None, overdue, postponed[:1])
        yield Receipt(supplier, planned, None, quantities, postponed)

    def _plan_days(self, supplier):
        """Return the days for which shipments were planned, those of the past."""
        is_slipping = supplier == SLIPPING_SUPPLIER
        step = SLIPPING_EVERY if is_slipping else REGULAR_EVERY
        # regular suppliers come on different days
        day = self.days.add(
            self.start,
            step - (0 if is_slipping else 6 * self.suppliers.index(supplier)),
        )
        planned = []
        while day < self.days.add(self.today, -30 if is_slipping else -10):
            planned.append(day)
            day = self.days.add(day, step)
        return planned

    def _needs(self, supplier, first, until):
        """Return what orders confirmed in [first, until) need of a supplier."""
        codes = [row["code"] for row in self.products if row["supplier"] == supplier]
        needs = dict.fromkeys(codes, 0)
        for order in self.orders:
            if self._is_served(order, supplier, first, until):
                for line in order.lines:
                    if line.product in needs:
                        needs[line.product] += line.quantity
        if supplier == SLIPPING_SUPPLIER:
            return needs
        return {code: round(quantity * MARGIN) + 4 for code, quantity in needs.items()}

    def _is_served(self, order, supplier, first, until):
        if supplier == SLIPPING_SUPPLIER and order.fate != "plain":
            return False
        return (not first or order.confirmed >= first) and (
            not until or order.confirmed < until
        )
