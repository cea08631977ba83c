"""Hours of work as a clock: what is due after so many, how many are left."""

from collections.abc import Iterable
from datetime import datetime, timedelta

# When people work: the intervals of a calendar, in order, not overlapping.
Intervals = Iterable[tuple[datetime, datetime]]


def after_hours(intervals: Intervals, start: datetime, hours: float) -> datetime | None:
    """Return the moment at which ``hours`` of work have passed since ``start``.

    None when the intervals end before.

    >>> monday = datetime(2026, 3, 2)
    >>> def at(day, hour): return monday + timedelta(days=day, hours=hour)
    >>> week = [(at(day, 8), at(day, 17)) for day in range(5)]
    >>> after_hours(week, at(0, 10), 8).strftime("%a %H:%M")
    'Tue 09:00'
    >>> after_hours(week, at(0, 20), 8).strftime("%a %H:%M")
    'Tue 16:00'
    >>> after_hours(week, at(5, 10), 8)
    """
    left = timedelta(hours=hours)
    for opens, closes in intervals:
        opens = max(opens, start)
        if opens >= closes:
            continue
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return None


def hours_between(intervals: Intervals, start: datetime, end: datetime) -> float:
    """Return the hours of work from ``start`` to ``end``, negative if it is before.

    >>> day = [(datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 17))]
    >>> hours_between(day, datetime(2026, 3, 2, 6), datetime(2026, 3, 2, 9, 30))
    1.5
    >>> hours_between(day, datetime(2026, 3, 2, 20), datetime(2026, 3, 2, 16))
    -1.0
    """
    if end < start:
        return -hours_between(intervals, end, start)
    spans = (min(closes, end) - max(opens, start) for opens, closes in intervals)
    return sum((max(span, timedelta()) for span in spans), timedelta()) / timedelta(
        hours=1
    )
