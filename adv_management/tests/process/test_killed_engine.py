"""A run of the ledger's engine that dies loses nothing and doubles nothing."""

from . import jobs
from .case import ProcessCase

_ENGINE = "adv.commitment._cron_refresh"
_CRON = "adv_management.ir_cron_adv_refresh_commitments"
_BATCH = 20
# What differs between two runs without meaning anything.
_TIMES = {"id", "create_date", "create_uid", "write_date", "write_uid"}


class TestKilledEngine(ProcessCase):
    """Thirty orders wait for the engine; it is killed at one point, then runs again."""

    def setUp(self):
        super().setUp()
        self.waiting = self.copy_database()
        self.run_to_end(self.waiting, function=jobs.trade, orders=30, lines=3)
        self.todo_count = self._count_todo(self.waiting)
        self.assertGreater(self.todo_count, 3 * _BATCH)

    def _count_todo(self, database):
        [(count,)] = self.query(database, "SELECT count(*) FROM adv_commitment_todo")
        return count

    def _ledger(self, database):
        """All that the engine wrote: commitments by line, and every revision."""
        commitments = self.rows(database, "adv_commitment", without=_TIMES - {"id"})
        revisions = self.rows(database, "adv_commitment_revision", without=_TIMES)
        return commitments, sorted(map(repr, revisions.values()))

    def _reference(self):
        """The ledger after a run that nobody disturbed."""
        database = self.copy_database(self.waiting)
        before = self._ledger(database)
        self.run_to_end(database, call=_ENGINE, batch_size=_BATCH)
        self.assertEqual(self._count_todo(database), 0)
        after = self._ledger(database)
        self.assertNotEqual(after[0], before[0])
        self.assertGreater(len(after[1]), len(before[1]))
        return after

    def test_killed_between_and_within_batches(self):
        reference = self._reference()
        for point, done in (
            ("adv.commitment._measure:1:after", 0),
            ("commit:3:before", 1),
            ("commit:3:after", 2),
            ("adv.commitment._drain:3:before", 2),
        ):
            with self.subTest(point):
                database = self.copy_database(self.waiting)
                job = self.start(
                    database, call=_ENGINE, batch_size=_BATCH, kill_at=point
                )
                self.assertKilled(job)
                left = self.todo_count - done * _BATCH
                self.assertEqual(self._count_todo(database), left)
                self.run_to_end(database, call=_ENGINE, batch_size=_BATCH)
                self.assertEqual(self._count_todo(database), 0)
                self.assertEqual(self._ledger(database), reference)

    def test_killed_as_scheduled_action_of_a_server(self):
        reference = self._reference()
        database = self.copy_database(self.waiting)
        point = "adv.commitment._measure:1:after"
        self.assertKilled(self.serve_one_cron(database, _CRON, kill_at=point))
        self.assertEqual(self._count_todo(database), self.todo_count)
        self.serve_one_cron(database, _CRON)
        self.wait_until(lambda: not self._count_todo(database))
        self.assertEqual(self._ledger(database), reference)
