"""Time travel: the story is lived at its own dates, not at the date of loading."""

from contextlib import ExitStack
from datetime import datetime, time, timedelta
from unittest.mock import patch

import pytz

try:
    from freezegun.api import freeze_time  # Odoo's tests replace freezegun.freeze_time
except ImportError:  # in requirements of Odoo, yet some installations leave it out
    freeze_time = None

TIMEZONE = pytz.timezone("Europe/Paris")


def to_utc(day, hour, minute=0):
    """Return the naive UTC datetime of a local time in Paris.

    >>> from datetime import date
    >>> to_utc(date(2026, 7, 1), 9, 30)
    datetime.datetime(2026, 7, 1, 7, 30)
    """
    local = TIMEZONE.localize(datetime.combine(day, time(hour, minute)))
    return local.astimezone(pytz.utc).replace(tzinfo=None)


class Clock:
    """One freeze for the whole story; ``move_to`` is what makes it cheap.

    ``Cursor.now()`` follows, so that create and write dates tell the same story;
    SQL ``now()`` does not.
    """

    def __init__(self, cr, start):
        self.cr = cr
        self.start = start
        self._stack = ExitStack()
        self._frozen = None

    def __enter__(self):
        with ExitStack() as stack:
            # "odoo.modules" measures the loading time of the module by the real clock
            self._frozen = stack.enter_context(
                freeze_time(self.start, ignore=["odoo.modules"])
            )
            stack.enter_context(patch.object(self.cr, "now", datetime.now))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exc_info):
        return self._stack.__exit__(*exc_info)

    def move_to(self, moment):
        """Go to a UTC moment; never backwards, a day's events keep their order."""
        if moment <= self.now():
            moment = self.now() + timedelta(seconds=30)
        self._frozen.move_to(moment)

    def now(self):
        """Return the moment of the story, naive UTC."""
        return self._frozen.time_to_freeze
