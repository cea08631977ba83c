"""When a message may leave: outside the quiet hours, on an open day.

Moments are naive UTC, as Odoo keeps them; hours are those of the company's
own clock, summer and winter.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Nobody is closed for longer: a calendar without any open day closes nothing.
MAX_DAYS = 60


def next_allowed(
    now: datetime,
    zone: str,
    quiet_from: float,
    quiet_to: float,
    is_open: Callable[[date], bool],
) -> datetime:
    """Return the first moment from ``now`` on at which a message may leave.

    It is ``now`` itself when it may leave at once. Quiet hours may go over midnight;
    from and to being equal, there are none.

    >>> def next_in_paris(text, quiet_from=20.0, quiet_to=7.0):
    ...     now = datetime.fromisoformat(text)
    ...     weekday = lambda day: day.weekday() < 5
    ...     found = next_allowed(now, "Europe/Paris", quiet_from, quiet_to, weekday)
    ...     return found.strftime("%a %d %H:%M")

    >>> next_in_paris("2026-03-02 09:10")  # Monday, 10:10 in Paris
    'Mon 02 09:10'
    >>> next_in_paris("2026-03-06 19:00")  # Friday at 20:00: Monday at 7:00
    'Mon 09 06:00'
    >>> next_in_paris("2026-03-27 19:00")  # the clocks change on Sunday
    'Mon 30 05:00'
    >>> next_in_paris("2026-03-06 23:30", 8.0, 8.0)  # Saturday, no quiet hours
    'Sun 08 23:00'
    """
    clock = ZoneInfo(zone)
    local = now.replace(tzinfo=UTC).astimezone(clock)
    today, hour = local.date(), local.hour + local.minute / 60 + local.second / 3600
    days = [today + timedelta(days=count) for count in range(MAX_DAYS)]
    open_days = [day for day in days if is_open(day)] or days
    for day in open_days:
        start = hour if day == today else 0.0
        opens = _end_of_quiet(start, quiet_from, quiet_to)
        if day == today and opens == hour:
            return now
        if opens < 24:
            return max(now, _to_utc(day, opens, clock))
    return now


def _end_of_quiet(hour: float, quiet_from: float, quiet_to: float) -> float:
    """Return the hour from which it is not quiet that day, 24 if it stays quiet.

    >>> [_end_of_quiet(hour, 20, 7) for hour in (0, 6.5, 7, 19.9, 20, 23)]
    [7, 7, 7, 19.9, 24, 24]
    >>> [_end_of_quiet(hour, 12, 14) for hour in (11, 12, 13.9, 14)]
    [11, 14, 14, 14]
    """
    is_over_midnight = quiet_from > quiet_to
    if is_over_midnight and hour >= quiet_from:
        return 24
    begins = 0 if is_over_midnight else quiet_from
    return quiet_to if begins <= hour < quiet_to else hour


def _to_utc(day: date, hour: float, clock: ZoneInfo) -> datetime:
    """Return a wall clock's hour as naive UTC; one that the clock skips is the next.

    >>> _to_utc(date(2026, 3, 29), 2.5, ZoneInfo("Europe/Paris"))  # 02:30 is 03:30
    datetime.datetime(2026, 3, 29, 1, 30)
    """
    wall = datetime.combine(day, time()) + timedelta(hours=hour)
    return wall.replace(tzinfo=clock).astimezone(UTC).replace(tzinfo=None)
