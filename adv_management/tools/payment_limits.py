"""How late an invoice may fall due by law.

A ceiling is a number of days and the period whose end they are counted from.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

NET = "net"
DECADE = "decade"
MONTH = "month"
MONTH_END = "month_end"


class Ceiling(NamedTuple):
    """So many days from a date, or from the end of the period that holds it."""

    days: int
    period: str = NET


def end_of_month(day: date) -> date:
    """Return the last day of the month.

    >>> str(end_of_month(date(2028, 2, 3)))
    '2028-02-29'
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


def end_of_decade(day: date) -> date:
    """Return the last day of the ten-day period: the 10th, the 20th, the month's last.

    >>> [end_of_decade(date(2026, 2, day)).day for day in (1, 10, 11, 20, 21, 28)]
    [10, 10, 20, 20, 28, 28]
    """
    if day.day > 20:
        return end_of_month(day)
    return day.replace(day=10 if day.day <= 10 else 20)


def latest_day(ceiling: Ceiling, start: date) -> date:
    """Return the last day on which an invoice may fall due.

    *N days end of month* may be counted either way, to the month's end and N days on,
    or N days and on to the month's end (DGCCRF, "Délais de paiement : les règles à
    connaître"): the later one is the limit.

    :param start: the date of the invoice, or of the delivery where the law says so

    >>> invoiced = date(2026, 1, 15)
    >>> str(latest_day(Ceiling(60), invoiced))
    '2026-03-16'
    >>> str(latest_day(Ceiling(45, MONTH_END), invoiced))  # 17 March, or 31 March
    '2026-03-31'
    >>> str(latest_day(Ceiling(45, MONTH_END), date(2026, 1, 10)))  # 17 March, 28 Feb
    '2026-03-17'
    >>> str(latest_day(Ceiling(30, DECADE), date(2026, 1, 12)))  # from the 20th
    '2026-02-19'
    >>> str(latest_day(Ceiling(30, MONTH), invoiced))  # from the 31st
    '2026-03-02'
    """
    span = timedelta(days=ceiling.days)
    if ceiling.period == DECADE:
        return end_of_decade(start) + span
    if ceiling.period == MONTH:
        return end_of_month(start) + span
    if ceiling.period == MONTH_END:
        return max(end_of_month(start) + span, end_of_month(start + span))
    return start + span


def latest_of(ceilings: Iterable[Ceiling], start: date) -> date:
    """Return the last day that at least one of the ceilings allows.

    >>> wine = [Ceiling(60), Ceiling(45, MONTH_END)]
    >>> str(latest_of(wine, date(2026, 1, 31))), str(latest_of(wine, date(2026, 1, 2)))
    ('2026-04-01', '2026-03-17')
    """
    return max(latest_day(ceiling, start) for ceiling in ceilings)
