"""Plays the agenda of the story, day by day, through Odoo's own flows."""

import gc
import logging
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter  # bound before the freeze: the real clock

from .accounts import Accounts
from .clock import Clock, to_utc
from .company import Stage
from .controls import Controls
from .desk import Desk
from .masters import Masters
from .post import Post
from .service import Service
from .story import Story
from .warehouse import Warehouse

_logger = logging.getLogger(__name__)

# Real flows, without what they would send or note for people who do not exist.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_notify_force_send": False,
    "mail_activity_automation_skip": True,
    "skip_sms": True,
    "lang": "en_US",
    "tz": "Europe/Paris",
}


@contextmanager
def _garbage_by_hand():
    """Collect garbage when the player says so, without what was there before."""
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


class Player:
    """Sets the stage, then hands each event to the one who acts."""

    def __init__(self, env, today):
        self.env = env(context=dict(env.context, **QUIET))
        self.story = Story(today)

    def play(self):
        """Play the whole story and return its company."""
        started = perf_counter()
        first = to_utc(self.story.opening_day - timedelta(1), 8)
        with _garbage_by_hand(), Clock(self.env.cr, first) as clock:
            stage = Stage(self.env, self.story.today)
            self._play(stage, Masters(stage), clock)
            clock.move_to(to_utc(self.story.today, 0, 5))
            self._end_day(stage.env, self.story.today)
        _logger.info(
            "Demo story of %s told in %.0f s.",
            stage.company.name,
            perf_counter() - started,
        )
        return stage.company.with_env(self.env)

    def _play(self, stage, masters, clock):
        doings = {}
        for actor in (Desk, Warehouse, Accounts, Service, Controls, Post):
            doings.update(actor(stage, masters, self.story, clock).doings())
        for day, events in self.story.agenda.days(until=self.story.yesterday):
            for event in events:
                doing, hour = doings[event.kind]
                minutes = self.story.rng.randint(0, 50)
                clock.move_to(to_utc(day, *hour) + timedelta(minutes=minutes))
                doing(event)
            self._end_day(stage.env, day)

    def _end_day(self, env, day):
        """Do what the end of a transaction does; once a week let the ledger measure,
        and what is judged after the commit be judged, invoices on their day.

        The changes of a day are noted with their date by the flush.
        """
        env.cr.flush()
        is_last = day in (self.story.yesterday, self.story.today)
        if day.weekday() == 4 or day in self.story.bill_days or is_last:
            env["adv.control"]._run_pending()
            env["adv.entry.error"]._run_pending()
        if day.weekday() == 4 or day == self.story.today:
            env["adv.commitment"]._run_pending()
            # each wizard leaves environments in reference cycles, and with_context()
            # walks through all living ones
            gc.collect()
