"""Installed on a company that is late with many orders, the addon says nothing to
anybody; nor does it when it is switched on later.
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


class TestSilentInstall(ProcessCase):
    def test_nothing_is_said_of_what_was_late_before(self):
        database, box = self.copy_database(), self.sink()
        self.run_to_end(database, function=jobs.uninstall)
        self.run_to_end(
            database, function=desk.sell, customers=_CUSTOMERS, orders=_ORDERS
        )
        before = self.query(database, _BEFORE)
        self.run_to_end(database, function=desk.install)
        self.run_to_end(database, function=desk.run_all, sink=box)
        [(alerts,)] = self.query(database, "SELECT count(*) FROM adv_delay_alert")
        self.assertEqual(alerts, _CUSTOMERS * _ORDERS)
        self.assertEqual(self.query(database, _SAID), before)
        self.run_to_end(database, function=desk.switch_on)
        self.run_to_end(database, function=desk.run_all, sink=box)
        self.assertEqual(self.query(database, _SAID), before)
        self.assertEqual(box.messages, [])
