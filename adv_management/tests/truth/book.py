"""The diary of one promise, kept by whoever drives the history."""


class Book:
    """What was promised on one order line, and every change in the order it was made.

    Nothing here is read from the ledger: the driver knows who asked for what and when,
    and looks at the goods after each step.
    """

    def __init__(self, line, qty, promise):
        self.line = line
        self.first_qty = qty
        self.raised = self.asked = self.cut = self.waived = 0
        self.date_first = self.date_headline = self.date_promise = promise
        self.date_announced = None
        self.cuts = []  # (day, quantity), negative when taken back

    @property
    def ordered(self):
        """Return what the customer wants: first promise, increases, his own cuts."""
        return self.first_qty + self.raised - self.asked

    @property
    def owed(self):
        return self.first_qty + self.raised

    # Dates ----------------------------------------------------------------------------

    def change_date(self, day, *, is_asked, is_agreed, is_missed):
        """Note another date; one asked for after the first was missed repairs
        nothing.
        """
        if not self.date_promise:
            self.date_first = self.date_headline = self.date_promise = day
        if is_asked and not is_missed:
            self.date_headline = day
        if is_agreed:
            self.date_promise = self.date_announced = day

    # Quantities -----------------------------------------------------------------------

    def look(self, day, facts):
        """Note increases and cuts that show since the last look.

        A cut is what will never be delivered any more: taken off the line, cancelled
        or not kept in a backorder. Goods that came back are no cut, and once all was
        delivered nothing is.
        """
        peak, line_qty = facts.peak(), facts.line_qty
        if self.line.state == "sale":
            missing = max(line_qty - peak - facts.open_qty, 0)
            expected = line_qty - min(missing, facts.given_up)
            # what the customer waived may still stand on the line; what is missing is
            # ours first
            self.waived = min(self.waived, max(line_qty - expected - self.cut, 0))
            wanted = line_qty - self.waived
            increase = round(max(wanted - self.ordered, 0), 2)
        else:
            expected, wanted, increase = min(peak, self.ordered), self.ordered, 0
        if peak < max(self.ordered, wanted):
            self._cut(day, max(self.ordered, wanted) - expected - self.cut)
        self.raised += increase

    def put_in_customers_name(self, day, qty, facts):
        """Note that the customer had asked for an internal cut of that day."""
        self._cut(day, -qty)
        self.cuts.append((day, qty))
        self.asked += qty
        missing = max(facts.line_qty - facts.peak() - facts.open_qty, 0)
        self.waived = min(self.asked, missing, facts.given_up)

    def _cut(self, day, qty):
        qty = round(qty, 2)
        if qty:
            self.cut += qty
            self.cuts.append((day, qty))
