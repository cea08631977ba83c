"""Draws what is typed wrong over the year: on which orders, who finds it, when."""

import random

from .script import Mistake

# When some controls began to stop orders: fewer mistakes escape from then on.
TIGHTENED = 105  # working days ago
# Kind of mistake, what became of it -> how many before and after that day.
PLAN = {
    ("price", "error"): (3, 0),
    ("quantity", "error"): (1, 1),
    ("article", "error"): (1, 0),
    ("address", "error"): (1, 1),
    ("date", "error"): (1, 0),
    ("forgotten", "error"): (1, 0),
    ("quantity", "customer_change"): (1, 0),
    ("date", "no_error"): (1, 0),
    ("price", "caught"): (0, 3),
    ("reference", "caught"): (0, 1),
}
# On orders of these days: what is found and not classified yet, or accepted as it is.
RECENT = (
    ("quantity", "open"),
    ("date", "open"),
    ("address", "open"),
    ("forgotten", "open"),
    ("price", "waived"),
)
AT_THE_BUTTON = ("caught", "waived")
# The customers who are delivered at a second address as well.
TWO_SITES = ("3", "4", "5")


class Mistakes:
    """Chooses the orders on which somebody mistypes something.

    Only orders entered by hand, and none on which something else happens.
    """

    def __init__(self, story, busy):
        self.rng = random.Random("mistakes")  # the rest of the story stays as it is
        self.days = story.days
        self.today = story.today
        self.customers = {row["ref"]: row for row in story.customers}
        self.logins = sorted({row["assistant"] for row in story.customers})
        self.tightened = self.days.add(self.today, -TIGHTENED)
        self.orders = [
            order
            for order in story.orders
            if order.channel == "manual" and order.number not in busy
        ]

    def draw(self):
        """Mark the orders; return them."""
        settled = [order for order in self.orders if self._is_settled(order)]
        early = [order for order in settled if order.confirmed < self.tightened]
        late = [order for order in settled if order.confirmed > self.tightened]
        chosen = []
        for (kind, fate), counts in PLAN.items():
            for pool, count in zip((early, late), counts, strict=True):
                for _index in range(count):
                    chosen.append(self._choose(pool, kind, fate))
        chosen += [
            self._choose([order for order in self.orders if self._is_new(order)], *what)
            for what in RECENT
        ]
        return chosen

    def _is_settled(self, order):
        """Return whether the order left some days after its confirmation, long ago."""
        return (
            order.fate == "plain"
            and order.shipments[0].day > self.days.add(order.confirmed, 4)
            and order.shipments[0].day < self.days.add(self.today, -15)
        )

    def _is_new(self, order):
        first, last = self.days.add(self.today, -16), self.days.add(self.today, -3)
        return order.fate == "fine" and first <= order.confirmed <= last

    def _choose(self, pool, kind, fate):
        fits = getattr(self, f"_fits_{kind}", lambda _order: True)
        order = self.rng.choice(
            [order for order in pool if not order.mistake and fits(order)]
        )
        order.mistake = Mistake(kind, fate)
        if fate not in AT_THE_BUTTON:
            owner = self.customers[order.customer]["assistant"]
            others = [login for login in self.logins if login != owner]
            order.mistake.by = self.rng.choice(others)
            order.mistake.corrected = self._correction_day(order, fate)
        return order

    def _correction_day(self, order, fate):
        if fate == "open":
            return self.days.add(self.today, -self.rng.randint(1, 2))
        return self.days.add(order.confirmed, self.rng.randint(1, 3))

    # -- which orders a mistake fits ---------------------------------------------------

    def _fits_quantity(self, order):
        return max(line.quantity for line in order.lines) >= 6

    def _fits_article(self, order):
        return order.lines[-1].quantity <= 4

    def _fits_address(self, order):
        return self.customers[order.customer]["size"] in TWO_SITES

    def _fits_forgotten(self, order):
        return len(order.lines) > 1

    def _fits_date(self, order):
        return order.fixed


def typed_lines(order, products):
    """Return what is typed instead of the lines of an order: [(product, quantity)].

    :param products: the product codes, neighbours being taken for each other
    """
    lines = [(line.product, line.quantity) for line in order.lines]
    kind = order.mistake and order.mistake.kind
    if kind == "forgotten":
        return lines[:-1]
    if kind == "quantity":
        biggest = max(range(len(lines)), key=lambda index: lines[index][1])
        product, quantity = lines[biggest]
        lines[biggest] = (product, max(1, quantity // 10))
    if kind == "article":
        product, quantity = lines[-1]
        ordered = {line.product for line in order.lines}
        place = products.index(product)
        others = products[place + 1 :] + products[:place]
        lines[-1] = (next(code for code in others if code not in ordered), quantity)
    return lines
