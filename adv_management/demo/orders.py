"""Draws a year of customer orders: who buys what, what was promised, what happened."""

from bisect import bisect
from datetime import timedelta
from itertools import accumulate

from .script import Line, Order, Shipment

SLIPPING_SUPPLIER = "norditek"
NEXT_ARRIVAL = 12  # working days until the day for which he now promises his goods

# Orders a month, 1 = an average one: the dip of August, the peak before year end.
SEASON = (0.95, 0.95, 1.1, 1.0, 0.9, 1.1, 0.9, 0.45, 1.1, 1.15, 1.3, 1.2)
# The risk that a delivery leaves late: holidays in August, the rush of December.
LATE_RISK = (0.06, 0.04, 0.05, 0.04, 0.06, 0.05, 0.07, 0.16, 0.06, 0.05, 0.07, 0.13)
LATE_RISK_BY_COUNTRY = {"FR": 1, "BE": 1, "CH": 1.5, "GB": 2, "IE": 2}

# How many orders meet which fate; what is left of ORDER_COUNT is delivered plainly.
ORDER_COUNT = 300
FATES = {
    "split": 26,  # delivered in two parts
    "short": 8,  # part delivered, the backorder refused
    "cancelled": 9,
    "late_supplier": 5,  # open and late: the supplier slipped
    "late_rest": 3,  # open and late: the backorder waits
    "late_forgotten": 2,  # open and late: ready, nobody shipped it
    "slip_supplier": 6,  # open, will be late: the supplier announced a later date
    "slip_replanned": 4,  # open, will be late: the warehouse replanned
    "risk_stock": 3,  # open, the supplier's goods should come just before
    "risk_overdue": 2,  # open, should have left already, promise still ahead
    "fine": 33,  # open, all well
}
PAST_FATES = ("plain", "split", "short", "cancelled")
QUOTATIONS = 9
LOST_QUOTATIONS = 12
SUPPLIER_FATES = ("late_supplier", "slip_supplier", "risk_stock")
LEADS = ((45, 4, 8), (38, 9, 18), (17, 22, 45))  # weight, working days from, to
CHANNELS = {"manual": 70, "edi": 14, "portal": 10, "website": 6}


class OrderBook:
    """Draws the orders of the year before ``today``, the same for the same day."""

    def __init__(self, rng, days, today, customers, products):
        self.rng = rng
        self.days = days
        self.today = today
        self.customers = customers
        self.products = products
        self.start = today - timedelta(365)
        # from then on, the slipping supplier's goods are nowhere to be found
        self.dry_from = days.add(today, -28)

    def draw(self):
        """Return the confirmed orders, oldest first."""
        fates = [fate for fate, count in FATES.items() for _index in range(count)]
        fates += ["plain"] * (ORDER_COUNT - len(fates))
        self._draw_past_days(sum(fate in PAST_FATES for fate in fates))
        orders = [self._order(fate) for fate in fates]
        self._contradict(orders)
        orders.sort(key=lambda order: order.confirmed)
        for number, order in enumerate(orders, 1):
            order.number = number
        return orders

    def _contradict(self, orders):
        """Give a few open orders dates that cannot be right."""
        hasty = next(order for order in orders if order.fate == "fine")
        hasty.requested = self.days.add(hasty.promise, 8)
        tardy = next(order for order in orders if order.fate == "late_forgotten")
        tardy.promise = self._ago(4)
        tardy.confirmed = tardy.received = self._ago(3)

    def draw_quotations(self):
        """Return (open quotations, lost ones), for orders that never were."""
        ages = sorted(self.rng.randint(1, 9) for _index in range(QUOTATIONS))
        still_open = [self._quotation("quotation", self._ago(age)) for age in ages]
        lost = [
            self._quotation("lost", self._ago(self.rng.randint(20, 230)))
            for _index in range(LOST_QUOTATIONS)
        ]
        return still_open, lost

    # -- one order ---------------------------------------------------------------

    def _order(self, fate):
        rng = self.rng
        sizes = [int(row["size"]) for row in self.customers]
        customer = rng.choices(self.customers, sizes)[0]
        draw_dates = getattr(self, f"_dates_{fate.split('_')[0]}", self._dates_past)
        confirmed, promise = draw_dates(fate)
        order = Order(0, customer["ref"], fate, confirmed, promise, [])
        order.lines = self._lines(order, int(customer["size"]))
        if fate == "plain" and rng.random() < 0.35:
            self._promise_by_lead_times(order)
        order.received = self.days.add(confirmed, -rng.choice((0, 0, 0, 1, 1, 2)))
        requested = self.days.add(order.promise, -rng.choice((0, 0, 0, 2, 5)))
        order.requested = max(requested, self._earliest(order))
        order.channel = rng.choices(list(CHANNELS), CHANNELS.values())[0]
        self._ship(order, customer)
        return order

    def _quotation(self, fate, day):
        customer = self.rng.choice(self.customers)
        order = Order(0, customer["ref"], fate, day, self.days.add(day, 15), [])
        order.lines = self._lines(order, int(customer["size"]))
        order.received, order.requested = day, order.promise
        return order

    def _lines(self, order, size):
        rows = self.products
        lines = {}
        if order.fate in SUPPLIER_FATES:
            supplied = [row for row in rows if row["supplier"] == SLIPPING_SUPPLIER]
            self._add_line(lines, self._product(supplied), size)
        if order.fate != "plain" or order.confirmed >= self.dry_from:
            rows = [row for row in rows if row["supplier"] != SLIPPING_SUPPLIER]
        count = self.rng.choices((1, 2, 3, 4, 5), (38, 33, 18, 7, 4))[0]
        while len(lines) < count:
            self._add_line(lines, self._product(rows), size)
        return list(lines.values())

    def _product(self, rows):
        return self.rng.choices(rows, [int(row["popularity"]) for row in rows])[0]

    def _add_line(self, lines, row, size):
        typical = int(row["typical"]) * (0.5 + size / 4)
        quantity = max(1, round(self.rng.triangular(0.4, 1.8, 0.9) * typical))
        lines.setdefault(row["code"], Line(row["code"], quantity))

    def _promise_by_lead_times(self, order):
        order.fixed = False
        order.promise = self._ready(order)

    def _ready(self, order):
        """Return the first day on which all the articles can leave."""
        leads = {row["code"]: int(row["lead"]) for row in self.products}
        longest = max(leads[line.product] for line in order.lines)
        return self.days.next(order.confirmed + timedelta(longest))

    def _earliest(self, order):
        """Return the earliest day that a customer asks for who knows the lead times."""
        return max(order.confirmed, min(order.promise, self._ready(order)))

    # -- when --------------------------------------------------------------------

    def _ago(self, count):
        return self.days.add(self.today, -count)

    def _ahead(self, count):
        return self.days.add(self.today, count)

    def _lead(self):
        _weight, first, last = self.rng.choices(LEADS, [lead[0] for lead in LEADS])[0]
        return self.rng.randint(first, last)

    def _draw_past_days(self, count):
        """Spread the orders that are over as the seasons go, evenly within them."""
        candidates = self.days.between(self.start, self._ago(12))
        recent = self._ago(45)  # most orders of these weeks are the open ones
        weights = [
            SEASON[day.month - 1] * (0.5 if day > recent else 1) for day in candidates
        ]
        bounds = list(accumulate(weights))
        marks = [(index + self.rng.random()) / count for index in range(count)]
        self.past_days = [
            candidates[bisect(bounds, mark * bounds[-1])] for mark in marks
        ]
        self.rng.shuffle(self.past_days)

    def _dates_past(self, _fate):
        """An order that is over: its promise and what follows lie before today."""
        confirmed = self.past_days.pop()
        latest = self._ago(9)
        promise = self.days.add(confirmed, self._lead())
        while promise > latest:
            promise = self.days.add(confirmed, self.rng.randint(3, 8))
            latest = max(latest, self.days.add(confirmed, 5))
        return confirmed, promise

    def _dates_late(self, _fate):
        overdue = self.rng.choice((1, 1, 2, 3, 4, 5, 7, 9, 12))
        return self._ago(overdue + self.rng.randint(6, 14)), self._ago(overdue)

    def _dates_slip(self, _fate):
        return self._ago(self.rng.randint(4, 18)), self._ahead(self.rng.randint(2, 9))

    def _dates_risk(self, fate):
        age = self._ago(self.rng.randint(5, 10))
        if fate == "risk_stock":
            return age, self._ahead(NEXT_ARRIVAL + min(self.rng.randint(0, 2), 1))
        return age, self._ahead(self.rng.randint(2, 4))

    def _dates_fine(self, _fate):
        age = round(self.rng.triangular(0, 55, 6))
        ahead = round(self.rng.triangular(1, 45, 5))
        return self._ago(age), self._ahead(ahead)

    # -- what leaves, and when ---------------------------------------------------

    def _ship(self, order, customer):
        ship = getattr(self, f"_ship_{order.fate}", None)
        if ship:
            ship(order, customer)

    def _ship_plain(self, order, customer):
        rng = self.rng
        risk = LATE_RISK[order.promise.month - 1]
        if rng.random() < risk * LATE_RISK_BY_COUNTRY[customer["country"]]:
            offset = rng.choices((1, 2, 3, 4, 6, 9), (30, 24, 16, 12, 12, 6))[0]
        else:
            offset = rng.choices((0, -1, -2, -3), (55, 25, 14, 6))[0]
        day = self.days.add(order.promise, offset)
        order.shipments.append(Shipment(min(max(day, order.confirmed), self._ago(1))))

    def _ship_split(self, order, _customer):
        first = self._by_promise(order, 3)
        if self.rng.random() < 0.4:
            second = self.days.add(order.promise, self.rng.randint(1, 6))
        else:
            second = self.days.add(first, self.rng.randint(1, 6))
            second = max(min(second, order.promise), first)
        order.shipments.append(Shipment(first, self._partial_shares(order)))
        order.shipments.append(Shipment(min(second, self._ago(1))))

    def _ship_short(self, order, _customer):
        day = self._by_promise(order, 2)
        shares = self._partial_shares(order)
        order.shipments.append(Shipment(day, shares, backorder=False))

    def _by_promise(self, order, most):
        """Return the promised day or one of the ``most`` working days before."""
        day = self.days.add(order.promise, -self.rng.randint(0, most))
        return max(day, order.confirmed)

    def _ship_late_supplier(self, order, _customer):
        """What is there leaves as promised; the slipping supplier's goods do not."""
        if len(order.lines) > 1:  # the first line is the supplier's
            shares = (0, *[1] * (len(order.lines) - 1))
            order.shipments.append(Shipment(order.promise, shares))

    def _ship_late_rest(self, order, _customer):
        order.shipments.append(Shipment(order.promise, self._partial_shares(order)))

    def _partial_shares(self, order):
        """Return the share of each line that leaves; of several lines, one stays."""
        if len(order.lines) > 1:
            shares = [1] * len(order.lines)
            held_back = self.rng.randrange(len(order.lines))
            shares[held_back] = self.rng.choice((0, 0, 0.5, 0.7))
            return tuple(shares)
        order.lines[0].quantity = max(order.lines[0].quantity, 3)
        return (0.6,)
