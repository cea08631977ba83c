"""The figures of a promise, recomputed slowly from what happened.

Written from the definitions of the ledger, not from its queries: loops over moves and
over the diary (:class:`Book`), one line at a time.
"""

from collections import namedtuple

from .facts import Facts, is_open

Point = namedtuple("Point", "day net gross cut")


class Truth:
    """What must be true of one commitment on one day."""

    def __init__(self, book, days, today, supply, mates=(), buffer_days=2):
        self.book = book
        self.days = days
        self.today = today
        self.supply = supply
        self.buffer_days = buffer_days
        self.facts = Facts(book.line)
        self.together = [self.facts, *mates]  # leaves all at once
        self.due_day = days.next_open(book.date_promise)
        self.first_due_day = days.next_open(book.date_headline)
        self.points = self._points()
        self._judge()

    # What happened --------------------------------------------------------------------

    def _points(self):
        """Return the running totals after each delivery, return and cut.

        What was cut counts from the end of its day, and only as far as it lasted.
        """
        events = [
            (self.days.local(passage.moment), 0, passage.moment, passage.id, passage)
            for passage in self.facts.passages()
        ]
        events += [
            (day, 1, None, index, qty)
            for index, (day, qty) in enumerate(self.book.cuts)
        ]
        net = gross = cut = 0
        points = []
        for day, is_cut, _moment, _id, what in sorted(events, key=lambda e: e[:4]):
            if is_cut:
                cut += what
            else:
                net += what.qty_out - what.qty_back
                gross += what.qty_out
            points.append(Point(day, round(net, 2), round(gross, 2), round(cut, 2)))
        for index, point in enumerate(points):
            lasting = min(later.cut for later in points[index:])
            points[index] = point._replace(cut=lasting)
        return points

    def _first_day(self, what, *, is_first):
        """Return the first day on which nothing was owed any more."""
        for point in self.points:
            had = getattr(point, what)
            if is_first:
                cut = max(point.cut - self.book.raised, 0)
                if round(had + cut, 2) >= self.book.first_qty:
                    return point.day
            elif round(had + point.cut, 2) >= self.book.owed:
                return point.day
        return None

    def _most(self, what, until=None):
        """Return the most that was with the customer by the end of a day."""
        return max(
            [0]
            + [
                getattr(point, what)
                for point in self.points
                if until is None or point.day <= until
            ]
        )

    # What it means --------------------------------------------------------------------

    def _judge(self):
        what = "net"
        is_closed = (
            not self.facts.open_qty
            and not self._first_day("net", is_first=False)
            and self._first_day("gross", is_first=False)
        )
        if is_closed:  # returned, never replaced: what went out counts
            what = "gross"
        book = self.book
        self.delivered = self._most(what)
        self.done_day = self._first_day(what, is_first=False)
        self.first_done_day = self._first_day(what, is_first=True)
        self.is_cancelled = bool(self.done_day) and self.delivered <= 0
        self.qty_on_time = min(self._by(what, self.due_day), book.ordered)
        self.first_qty_on_time = min(
            self._by(what, self.first_due_day), book.first_qty, book.ordered
        )
        net_now = self.points[-1].net if self.points else 0
        lasting = max((point.cut for point in self.points), default=0)
        self.open_qty = 0 if self.done_day else max(book.owed - lasting - net_now, 0)
        self._foresee()

    def _by(self, what, day):
        return self._most(what, until=day) if day else 0

    def _is_due(self, due_day, done_day):
        if not due_day:
            return False
        if self.is_cancelled:
            return self.done_day > due_day
        return bool(done_day) or due_day < self.today

    @property
    def is_first_missed(self):
        return self._is_due(self.first_due_day, self.first_done_day)

    def _delay(self, due_day, done_day):
        """Return calendar and working days after the promise."""
        end = done_day or (self.today if due_day and due_day < self.today else None)
        if not due_day or not end or self.is_cancelled:
            return 0, 0
        return (end - due_day).days, self.days.working(due_day, end)

    # What will happen -----------------------------------------------------------------

    def _foresee(self):
        self.predicted, self.leaves = None, []
        if self.done_day:
            return
        steps = []
        waiting = [move for facts in self.together for move in facts.open_moves]
        while waiting:
            move = waiting.pop()
            if move not in steps:
                steps.append(move)
                waiting += filter(is_open, move.move_orig_ids)
        self.leaves = [
            self.supply.of_move(move)
            for move in steps
            if not any(map(is_open, move.move_orig_ids))
        ]
        if not self.facts.open_moves or not all(leaf.day for leaf in self.leaves):
            return
        if self._is_unplanned():
            return
        plan = max(self.days.local(move.date) for move in steps)
        found = [self.today]
        if self.is_covered:
            found.append(plan)
        else:
            found.append(self.supply_day)
            if self.due_day and plan > self.due_day:
                found.append(plan)
        self.predicted = max(found)

    def _is_unplanned(self):
        """Return whether nobody plans to send a part of what is owed."""
        gone = self.points[-1].gross if self.points else 0
        cut = max((point.cut for point in self.points), default=0)
        return round(self.book.owed - cut - gone - self.facts.open_qty, 2) > 0

    @property
    def is_covered(self):
        return all(leaf.is_here for leaf in self.leaves)

    @property
    def supply_day(self):
        return max(leaf.day for leaf in self.leaves)

    def _status(self):
        if self.is_cancelled:
            return "cancelled"
        if self.done_day:
            return "delivered"
        if not self.due_day:
            return "unpromised"
        if self.due_day < self.today:
            return "late"
        if not self.predicted or self.predicted > self.due_day:
            return "will_be_late"
        return "at_risk" if self._is_at_risk() else "on_time"

    def _is_at_risk(self):
        planned = min(self.days.local(move.date) for move in self.facts.open_moves)
        if self.days.next_open(planned) < self.today:
            return True
        if any(leaf.is_doubtful for leaf in self.leaves):
            return True
        rest = self.days.working
        due = self.due_day
        if not self.is_covered and rest(self.supply_day, due) < self.buffer_days:
            return True
        return (
            not all(facts.is_ready for facts in self.together)
            and rest(self.today, self.due_day) < self.buffer_days
        )

    # The columns ----------------------------------------------------------------------

    def columns(self):
        """Return what the ledger must show of this line."""
        book = self.book
        first_full = self.delivered >= min(book.first_qty, book.ordered)
        return {
            "qty_first_promise": book.first_qty,
            "qty_ordered": book.ordered,
            "qty_delivered": self.delivered,
            "qty_open": self.open_qty,
            "qty_on_time": self.qty_on_time,
            "first_qty_on_time": self.first_qty_on_time,
            "amount_open": round(
                self.open_qty * self._unit_price() * (self.open_qty > 0), 2
            ),
            "date_first_promise": book.date_first,
            "date_headline": book.date_headline,
            "date_promise": book.date_promise,
            "date_announced": book.date_announced,
            "date_delivered": None if self.is_cancelled else self.done_day,
            "date_predicted": self.predicted,
            "date_to_leave": book.date_promise,  # here departures are promised
            "status": self._status(),
            **self._counts(
                "", self.due_day, self.done_day, self.delivered >= book.ordered
            ),
            **self._counts(
                "first_", self.first_due_day, self.first_done_day, first_full
            ),
        }

    def _counts(self, prefix, due_day, done_day, is_full):
        due = self._is_due(due_day, done_day)
        on_time = bool(due and done_day and done_day <= due_day)
        delay, working = self._delay(due_day, done_day)
        return {
            f"{prefix}due_count": int(due),
            f"{prefix}on_time_count": int(on_time),
            f"{prefix}in_full_count": int(due and is_full and not self.is_cancelled),
            f"{prefix}otif_count": int(on_time and is_full),
            f"{prefix}delay_days": delay,
            f"{prefix}delay_working_days": working,
        }

    def _unit_price(self):
        qty = self.facts.line_qty
        return self.book.line.price_subtotal / qty if qty else 0
