"""The jobs of the controls and of the entry errors: two at once, killed, disturbed."""

from . import checking
from .case import ProcessCase

_COUNT = 6
_CHECK = "adv.control._cron_check"
_PROPOSE = "adv.entry.error._cron_propose"
_RESULTS = """
    SELECT result.state, count(*), count(finding.id) FROM adv_control_result result
 LEFT JOIN adv_control_finding finding ON finding.result_id = result.id
     WHERE result.name::text LIKE '%%Wrong reference%%'
  GROUP BY result.state ORDER BY result.state
"""
_ERRORS = """
    SELECT count(*), count(DISTINCT error.order_id) FROM adv_entry_error error
      JOIN adv_entry_error_type kind ON kind.id = error.type_id
     WHERE error.source = 'correction' AND kind.code = 'PRX'
"""


class TestChecking(ProcessCase):
    """Confirmed orders wait to be judged, corrected ones to be looked through."""

    def setUp(self):
        super().setUp()
        self.database = self.copy_database()
        self.run_to_end(self.database, function=checking.sell_wrong, orders=_COUNT)

    def count(self, table):
        return self.query(self.database, f"SELECT count(*) FROM {table}")[0][0]

    def run_two(self, call):
        workers = [
            self.start(self.database, call=call, batch_size=1) for _worker in "AB"
        ]
        for worker in workers:
            self.assertEqual(worker.wait(), 0, worker.output)
            self.assertNotIn("Traceback", worker.output)
            self.assertNotIn("ERROR", worker.output)

    def assertJudged(self, *rows):
        self.assertEqual(self.count("adv_control_todo"), 0)
        self.assertEqual(self.query(self.database, _RESULTS), list(rows))

    def test_controls_killed_then_two_at_once(self):
        waiting = self.count("adv_control_todo")
        self.assertGreaterEqual(waiting, _COUNT)
        for point, left in (
            ("adv.control._record:2:after", waiting - 1),
            ("commit:2:before", waiting - 1),
        ):
            process = self.start(
                self.database, call=_CHECK, batch_size=1, kill_at=point
            )
            self.assertKilled(process)
            self.assertEqual(self.count("adv_control_todo"), left)
        self.run_two(_CHECK)
        self.assertJudged(("failed", _COUNT, _COUNT))

    def test_errors_killed_then_two_at_once(self):
        self.run_to_end(self.database, function=checking.correct_prices)
        self.assertEqual(self.count("adv_entry_error_todo"), _COUNT)
        process = self.start(
            self.database,
            call=_PROPOSE,
            batch_size=1,
            kill_at="adv.entry.error._look_through:2:after",
        )
        self.assertKilled(process)
        self.assertEqual(self.count("adv_entry_error_todo"), _COUNT - 1)
        self.run_two(_PROPOSE)
        self.run_to_end(self.database, call=_PROPOSE)
        self.assertProposed()

    def test_two_workers_judge_at_the_same_time(self):
        output = self.run_to_end(
            self.database, function=checking.check_while_others_check
        )
        self.assertNotIn("ERROR", output)
        self.assertJudged(("failed", _COUNT, _COUNT))

    def test_two_workers_look_for_errors_at_the_same_time(self):
        self.run_to_end(self.database, function=checking.correct_prices)
        output = self.run_to_end(
            self.database, function=checking.propose_while_others_propose
        )
        self.assertNotIn("ERROR", output)
        self.assertProposed()

    def test_a_user_corrects_what_is_being_looked_through(self):
        self.run_to_end(self.database, function=checking.correct_prices)
        self.run_to_end(self.database, function=checking.propose_while_corrected)
        self.run_to_end(self.database, call=_PROPOSE)
        self.assertProposed()
        rights = (
            "SELECT value_right, count(*) FROM adv_entry_error GROUP BY 1 ORDER BY 1"
        )
        self.assertEqual(
            self.query(self.database, rights), [("7", 1), ("8", _COUNT - 1)]
        )

    def test_an_order_that_cannot_be_looked_through_holds_up_no_other(self):
        self.run_to_end(self.database, function=checking.correct_prices)
        self.run_to_end(self.database, function=checking.propose_all_but_one)
        self.assertEqual(self.query(self.database, _ERRORS), [(_COUNT - 1,) * 2])
        self.assertEqual(self.count("adv_entry_error_todo"), 1)
        self.query(self.database, "UPDATE adv_entry_error_todo SET date_due = NULL")
        self.run_to_end(self.database, call=_PROPOSE)
        self.assertProposed()

    def assertProposed(self):
        self.assertEqual(self.count("adv_entry_error_todo"), 0)
        self.assertEqual(self.query(self.database, _ERRORS), [(_COUNT, _COUNT)])

    def test_a_user_corrects_what_is_being_judged(self):
        self.run_to_end(self.database, function=checking.check_while_corrected)
        self.run_to_end(self.database, call=_CHECK)
        self.assertJudged(("failed", _COUNT - 1, _COUNT - 1), ("passed", 1, 0))

    def test_a_user_waives_what_is_being_judged(self):
        output = self.run_to_end(self.database, function=checking.check_while_waived)
        self.assertIn("left to the next run", output)
        self.assertGreaterEqual(self.count("adv_control_todo"), _COUNT)
        self.run_to_end(self.database, call=_CHECK)
        self.assertJudged(("failed", _COUNT - 1, _COUNT - 1), ("waived", 1, 1))

    def test_a_control_that_cannot_be_checked_stops_no_other(self):
        self.query(
            self.database,
            """
            INSERT INTO adv_control (name, checkpoint, severity, method, domain, active)
            VALUES ('{"en_US": "Broken"}', 'confirmation', 'info', 'domain',
                    '[(', TRUE)
            """,
        )
        self.run_to_end(self.database, call=_CHECK)
        self.assertJudged(("failed", _COUNT, _COUNT))
        broken = "SELECT count(*) FROM adv_control_result WHERE state = 'error'"
        self.assertEqual(self.query(self.database, broken), [(_COUNT,)])
