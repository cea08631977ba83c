"""Whoever works on an order never waits for the ledger's engine."""

from odoo.sql_db import db_connect

from . import jobs
from .case import ProcessCase


class TestWaitingUsers(ProcessCase):
    def test_line_is_changed_while_the_engine_holds_its_promise(self):
        database = self.copy_database()
        self.run_to_end(database, function=jobs.trade, orders=2, lines=2)
        noted = "SELECT count(*) FROM adv_commitment_todo"
        [(before,)] = self.query(database, noted)
        with db_connect(database).cursor() as engine:
            engine.execute("UPDATE adv_commitment SET delay_days = delay_days + 1")
            self.run_to_end(database, function=jobs.sell_more)
            engine.rollback()
        [(after,)] = self.query(database, noted)
        self.assertEqual(after, before + 1)
