"""Working days as numbers: what a promise on a closed day means, how late is late.

A *day book* numbers the open days of a calendar, so that counting working days is a
subtraction and finding the next open day a look-up, in Python and in SQL alike.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def day_book(
    open_days: Collection[date], first: date, last: date
) -> Iterator[tuple[date, date, int]]:
    """Yield ``(day, next open day, rank)`` for every day from ``first`` to ``last``.

    The next open day is the day itself when it is open, and again the day itself when
    nothing opens any more before ``last``. The rank is the number of open days from
    ``first`` up to and including the day: the working days in the half-open interval
    ``(a, b]`` are ``rank(b) - rank(a)``.

    >>> week = [date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)]  # Fri, Mon, Tue
    >>> for day, opens, rank in day_book(week, date(2026, 3, 6), date(2026, 3, 11)):
    ...     print(day.strftime("%a"), opens.strftime("%a"), rank)
    Fri Fri 1
    Sat Mon 1
    Sun Mon 1
    Mon Mon 2
    Tue Tue 3
    Wed Wed 3
    """
    open_days = set(open_days)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    opens: dict[date, date] = {}
    coming = None
    for day in reversed(days):
        coming = day if day in open_days else coming
        opens[day] = coming or day
    rank = 0
    for day in days:
        rank += day in open_days
        yield day, opens[day], rank


def shift_days(open_days: Sequence[date], day: date, count: int) -> date:
    """Return the day that is so many open days later, earlier if negative.

    :param open_days: in order; where they do not reach, every day counts as open

    >>> week = [date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)]  # Fri, Mon, Tue
    >>> [str(shift_days(week, date(2026, 3, 9), count)) for count in (-1, 0, 1, 2)]
    ['2026-03-06', '2026-03-09', '2026-03-10', '2026-03-11']
    """
    if count > 0:
        found = bisect_right(open_days, day) + count - 1
    else:
        found = bisect_left(open_days, day) + count
    if not count or not 0 <= found < len(open_days):
        return day + count * ONE_DAY
    return open_days[found]
