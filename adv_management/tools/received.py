"""When an e-mail was written, as far as its sender can be believed."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# An older date is that of a clock that stands still.
_MAX_AGE = timedelta(days=366)


def received_on(date: str | None, now: datetime) -> datetime:
    """Return the moment that the Date header of an e-mail gives, in naive UTC.

    It is ``now`` when there is none, when it cannot be read (RFC 5322), lies in the
    future or more than a year back.

    >>> now = datetime(2026, 3, 2, 12)
    >>> def read(date): return str(received_on(date, now))
    >>> read("Mon, 2 Mar 2026 09:15:00 +0100"), read("27 Feb 2026 23:30 -0500")
    ('2026-03-02 08:15:00', '2026-02-28 04:30:00')
    >>> read("Mon, 2 Mar 2026 09:15:00 -0000")  # without a zone, it is UTC
    '2026-03-02 09:15:00'
    >>> coming, old = "Mon, 2 Mar 2026 14:00 +0100", "1 Jan 1970 00:00 +0000"
    >>> {read(date) for date in (None, "", "lundi", coming, old)}
    {'2026-03-02 12:00:00'}
    """
    try:
        written = parsedate_to_datetime(date or "")
        if written.tzinfo:
            written = written.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, TypeError):
        return now
    return written if now - _MAX_AGE <= written <= now else now
