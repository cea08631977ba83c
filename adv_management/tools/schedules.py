"""The rhythm of reports: on which day the next one is due."""

from datetime import date, timedelta

DAILY, WEEKLY, MONTHLY = SCHEDULES = ("daily", "weekly", "monthly")


def next_day(schedule: str, weekday: int, after: date) -> date:
    """Return the first day of a rhythm after a day: each day, a weekday, the first of
    a month.

    :param weekday: 0 is Monday; for the weekly rhythm

    >>> wednesday = date(2026, 3, 4)
    >>> print(next_day(DAILY, 0, wednesday), next_day(WEEKLY, 2, wednesday))
    2026-03-05 2026-03-11
    >>> print(next_day(WEEKLY, 3, wednesday), next_day(MONTHLY, 0, date(2026, 12, 1)))
    2026-03-05 2027-01-01
    """
    if schedule == DAILY:
        return after + timedelta(days=1)
    if schedule == WEEKLY:
        return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)
    return (after.replace(day=1) + timedelta(days=32)).replace(day=1)
