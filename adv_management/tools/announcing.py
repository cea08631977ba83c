"""Which date a customer is told of, and when another date is worth telling.

``opens`` are the open days of the calendar that counts, in order; ``None`` where every
day is open. Days beyond them are counted as if all were open.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta


def day_to_tell(
    opens: Sequence[date] | None, predicted: date | None, margin: int, today: date
) -> date | None:
    """Return the date to tell: so many open days after the predicted one, an open day
    itself, not in the past. None where nothing is predicted.

    >>> week = [date(2026, 3, day) for day in (5, 6, 9, 10, 11, 12, 13)]  # Thu to Fri
    >>> def tell(day, margin, today=5):
    ...     found = day_to_tell(week, date(2026, 3, day), margin, date(2026, 3, today))
    ...     return found.strftime("%a %d")
    >>> tell(5, 0), tell(5, 1), tell(5, 2)
    ('Thu 05', 'Fri 06', 'Mon 09')
    >>> tell(7, 0), tell(7, 2)  # planned for a Saturday
    ('Mon 09', 'Wed 11')
    >>> tell(5, 1, today=10)
    'Wed 11'
    >>> day_to_tell(None, date(2026, 3, 7), 2, date(2026, 3, 5))
    datetime.date(2026, 3, 9)
    >>> day_to_tell(week, None, 2, date(2026, 3, 5)) is None
    True
    """
    if not predicted:
        return None
    day = max(predicted, today)
    place = bisect_left(opens or (), day) + margin
    if opens is None or place >= len(opens):
        return day + timedelta(days=margin)
    return opens[place]


def days_moved(opens: Sequence[date] | None, known: date, new: date) -> int:
    """Return by how many open days a date is later than the known one (earlier: less
    than 0). A date on a closed day counts from the next open one.

    >>> week = [date(2026, 3, day) for day in (5, 6, 9, 10, 11, 12, 13)]  # Thu to Fri
    >>> def moved(known, new):
    ...     return days_moved(week, date(2026, 3, known), date(2026, 3, new))
    >>> moved(6, 9), moved(5, 10), moved(10, 5), moved(6, 6)
    (1, 3, -3, 0)
    >>> moved(7, 9), moved(7, 10), moved(6, 8)  # Saturday the 7th
    (0, 1, 1)
    >>> days_moved(None, date(2026, 3, 6), date(2026, 3, 9))
    3
    >>> days_moved([], date(2026, 3, 6), date(2026, 3, 9))  # never open
    3
    """
    if not opens or max(known, new) > opens[-1]:
        return (new - known).days
    return bisect_left(opens, new) - bisect_left(opens, known)
