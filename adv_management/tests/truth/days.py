"""Days as people count them: local dates, closed days, working days."""

from datetime import timedelta

import pytz

ZONE = pytz.timezone("Europe/Paris")
ONE_DAY = timedelta(days=1)


class Days:
    """Monday to Friday in Paris, without the days the company is closed."""

    def __init__(self, closed=()):
        self.closed = set(closed)

    @staticmethod
    def local(moment):
        """Return the local date of a naive UTC moment."""
        return pytz.utc.localize(moment).astimezone(ZONE).date()

    def is_open(self, day):
        return day.weekday() < 5 and day not in self.closed

    def next_open(self, day):
        """Return the day itself or the next open one (None stays None)."""
        while day and not self.is_open(day):
            day += ONE_DAY
        return day

    def working(self, start, end):
        """Return the number of open days in ``(start, end]``, negative backwards."""
        if end < start:
            return -self.working(end, start)
        count = 0
        while start < end:
            start += ONE_DAY
            count += self.is_open(start)
        return count
