"""A user who works on an alert keeps the engine from nothing but this alert."""

from odoo.sql_db import db_connect

from . import jobs
from .case import ProcessCase

_RANK = 25 - 10  # what rank A counts more than none
_LINES = """
    SELECT commitment.sale_line_id FROM adv_delay_alert_line line
      JOIN adv_commitment commitment ON commitment.id = line.commitment_id
     WHERE line.alert_id = %s
"""


class TestHeldAlert(ProcessCase):
    def _severities(self, database):
        return [
            severity
            for (severity,) in self.query(
                database, "SELECT severity FROM adv_delay_alert ORDER BY id"
            )
        ]

    def test_what_a_user_holds_is_left_and_done_later(self):
        database = self.copy_database()
        self.run_to_end(database, function=jobs.sell_late, orders=3)
        before = self._severities(database)
        [(held,), *_others] = self.query(
            database, "SELECT id FROM adv_delay_alert ORDER BY id"
        )
        with db_connect(database).cursor() as cr:
            cr.execute("SELECT FROM adv_delay_alert WHERE id = %s FOR UPDATE", [held])
            self.run_to_end(database, function=jobs.rank_customers)
        ranked = [severity + _RANK for severity in before]
        self.assertEqual(self._severities(database), [before[0], *ranked[1:]])
        self.assertEqual(
            self.query(database, "SELECT sale_line_id FROM adv_commitment_todo"),
            self.query(database, _LINES, held),
        )
        self.query(
            database,
            "UPDATE adv_commitment_todo SET date_due = date_due - INTERVAL '1 h'",
        )
        self.run_to_end(database, call="adv.commitment._cron_refresh")
        self.assertEqual(self._severities(database), ranked)
        self.assertEqual(
            self.query(database, "SELECT count(*) FROM adv_delay_alert"), [(3,)]
        )
