"""Installed on a company that is late with many orders, the addon says nothing to
anybody, rewrites and blocks nothing; nor does it say anything when it is switched on
later.
"""

from . import desk, jobs
from .case import ProcessCase

_CUSTOMERS, _ORDERS = 5, 12
# What would reach somebody, or wait to.
_SAID = """
    SELECT (SELECT count(*) FROM adv_customer_message) AS messages,
           (SELECT count(*) FROM mail_mail) AS mails,
           (SELECT count(*) FROM mail_activity) AS activities,
           (SELECT count(*) FROM mail_notification) AS notifications,
           (SELECT count(*) FROM adv_order_confirmation WHERE is_ack_awaited) AS awaited
"""
_BEFORE = """
    SELECT 0, (SELECT count(*) FROM mail_mail), (SELECT count(*) FROM mail_activity),
           (SELECT count(*) FROM mail_notification), 0
"""
# Every write of a row gives it another xmin; Odoo writes who of its users may what.
_WRITTEN = " UNION ALL ".join(
    f"SELECT md5(string_agg(id || '-' || xmin, ',' ORDER BY id)) FROM {table}"
    for table in (
        *("sale_order", "sale_order_line", "stock_move"),
        "res_partner WHERE id NOT IN (SELECT partner_id FROM res_users)",
    )
)
# How the orders that were confirmed after the installation stand.
_CONFIRMED = """
    SELECT count(*), count(*) FILTER (WHERE adv_is_parked),
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM stock_picking WHERE sale_id = sale.id))
      FROM sale_order sale
     WHERE state = 'sale' AND id > %s
"""
_CHECKED = """
    SELECT count(DISTINCT order_id), min(order_id) > %s, array_agg(DISTINCT severity),
           bool_or(state = 'failed'), bool_or(state = 'error')
      FROM adv_control_result
"""


class TestSilentInstall(ProcessCase):
    def test_nothing_is_said_of_what_was_late_before(self):
        database, box = self.copy_database(), self.sink()
        self.run_to_end(database, function=jobs.uninstall)
        self.run_to_end(
            database, function=desk.sell, customers=_CUSTOMERS, orders=_ORDERS
        )
        before = self.query(database, _BEFORE)
        written = self.query(database, _WRITTEN)
        self.run_to_end(database, function=desk.install)
        self.assertEqual(self.query(database, _WRITTEN), written)
        self.run_to_end(database, function=desk.run_all, sink=box)
        [(alerts,)] = self.query(database, "SELECT count(*) FROM adv_delay_alert")
        self.assertEqual(alerts, _CUSTOMERS * _ORDERS)
        self.assertEqual(self.query(database, _SAID), before)
        self._assert_confirming_works_as_without(database, box)
        self.assertEqual(self.query(database, _SAID), before)
        self.run_to_end(database, function=desk.switch_on)
        self.run_to_end(database, function=desk.run_all, sink=box)
        self.assertEqual(self.query(database, _SAID), before)
        self.assertEqual(box.messages, [])

    def _assert_confirming_works_as_without(self, database, box):
        """All shipped controls look, for information: nothing is stopped or parked,
        and of what was confirmed before nothing is looked at.
        """
        [(last,)] = self.query(database, "SELECT max(id) FROM sale_order")
        self.run_to_end(database, function=desk.sell, customers=3, orders=1)
        self.assertEqual(self.query(database, _CONFIRMED, last), [(3, 0, 3)])
        self.run_to_end(database, function=desk.run_all, sink=box)
        [found] = self.query(database, _CHECKED, last)
        self.assertEqual(found, (3, True, ["info"], True, False))
