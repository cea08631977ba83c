"""Ten users and two engines at once, one of which is killed: nothing lost, nothing
doubled, nobody kept waiting.
"""

import json
import time
from collections import Counter

from . import aftermath, storm
from .case import TIMEOUT, ProcessCase

_USERS = 10
_SECONDS = 10
_DECISIONS = {
    "change_promise": "wizard",
    "choose_cause": "cause",
    "reclassify": "reclassified",
}
# Who waits for whom: processes by the name that Odoo gives their connections.
_WAITING = """
    SELECT waiter.application_name, blocker.application_name,
           EXTRACT(epoch FROM clock_timestamp() - held.waitstart)::float,
           LEFT(waiter.query, 300)
      FROM pg_locks held
      JOIN pg_stat_activity waiter USING (pid)
CROSS JOIN LATERAL unnest(pg_blocking_pids(pid)) blocking(pid)
      JOIN pg_stat_activity blocker ON blocker.pid = blocking.pid
     WHERE NOT held.granted AND waiter.datname = %s
"""


class TestManyAtOnce(ProcessCase):
    """Users sell, deliver, change, cancel; all of them sell the same goods."""

    def _result(self, process):
        self.assertEqual(process.wait(), 0, process.output[-30000:])
        return json.loads(process.output.rpartition("\nresult ")[2].splitlines()[0])

    def _engine(self, database):
        return self.start(database, function=storm.run_engine)

    def _watch(self, database, users, engines):
        """Kill one engine on the way and start another; return how long and with what
        users were seen waiting for an engine.
        """
        waits, started = [], time.monotonic()
        name = f"odoo-{users.popen.pid}"
        while not users.is_gone:
            self.assertLess(time.monotonic() - started, TIMEOUT, users.output[-30000:])
            for waiter, blocker, seconds, query in self.query(
                "postgres", _WAITING, database
            ):
                if waiter == name != blocker:
                    waits.append((seconds, " ".join(query.split())))
            if len(engines) == 2 and time.monotonic() - started > _SECONDS / 2:
                engines[0].kill()
                engines.append(self._engine(database))
            time.sleep(0.02)
        return waits

    def test_ten_users_and_two_engines(self):
        database = self.copy_database()
        self.run_to_end(database, function=storm.prepare_storm, users=_USERS)
        before = self._count_decided(database)
        engines = [self._engine(database), self._engine(database)]
        users = self.start(
            database, function=storm.storm, users=_USERS, seconds=_SECONDS
        )
        waits = self._watch(database, users, engines)
        done = self._result(users)
        for engine in engines[1:]:
            self.assertFalse(engine.is_gone, engine.output[-30000:])
            engine.kill()
            self.assertNotIn("ERROR", engine.output)
        self._check_users(done, waits)
        decided = Counter(done["decided"])
        # a cut that is put in the customer's name is taken back from ours
        decided["reclassify"] *= 2
        found = self._result(self.start(database, function=aftermath.check_storm))
        self.assertGreater(found.pop("count"), 4 * _USERS)
        self.assertEqual(self._count_decided(database) - before, +decided)
        self.assertEqual(found, dict.fromkeys(found, []) | {"waiting": 0})

    def _check_users(self, done, waits):
        """Everybody got everything done, and nobody did it again because of us."""
        self.assertEqual(done["failed"], [])
        self.assertEqual(len(done["done"]), 11, done)
        self.assertGreaterEqual(min(done["done"].values()), _USERS, done)
        self.assertEqual(done["ours"], [])
        self.assertLess(max(waits, default=(0,))[0], 1, waits)

    def _count_decided(self, database):
        """Count what was decided, by the action that decides so."""
        counts = dict(
            self.query(
                database,
                "SELECT source, COUNT(*) FROM adv_commitment_revision GROUP BY source",
            )
        )
        return Counter(
            {action: counts.get(source, 0) for action, source in _DECISIONS.items()}
        )
