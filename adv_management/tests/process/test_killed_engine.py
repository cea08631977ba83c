"""A run of the ledger's engine that dies loses nothing and doubles nothing."""

import json

from . import jobs, killing
from .case import ProcessCase

_CRON = "adv_management.ir_cron_adv_refresh_commitments"
_BATCH = 16


class TestKilledEngine(ProcessCase):
    """Orders wait for the engine; it is killed, then runs again."""

    def setUp(self):
        super().setUp()
        self.waiting = self.copy_database()
        self.run_to_end(self.waiting, function=jobs.trade, orders=3, lines=2)

    def _count_todo(self, database):
        [(count,)] = self.query(database, "SELECT count(*) FROM adv_commitment_todo")
        return count

    def test_killed_before_each_statement_and_each_commit(self):
        output = self.run_to_end(
            self.waiting, function=killing.kill_everywhere, batch_size=_BATCH
        )
        result = json.loads(output.rpartition("result ")[2].splitlines()[0])
        self.assertEqual(result["wrong"], [], result)
        # some batches of notes, each in a commit of its own
        self.assertGreater(result["steps"], 30)
        self.assertGreater(result["deaths"], 10)

    def test_killed_as_scheduled_action_of_a_server(self):
        database, waiting = self.waiting, self._count_todo(self.waiting)
        point = "adv.commitment._measure:1:after"
        self.assertKilled(self.serve_one_cron(database, _CRON, kill_at=point))
        self.assertEqual(self._count_todo(database), waiting)
        self.serve_one_cron(database, _CRON)
        self.wait_until(lambda: not self._count_todo(database))
