"""The desk's scheduled actions: two workers at once, one that dies, users who work."""

from odoo.sql_db import db_connect

from . import desk, post_office
from .case import ProcessCase

_CUSTOMERS, _ORDERS = 4, 2
_EVERYBODY = [f"c{number}@garage.example" for number in range(_CUSTOMERS)]
# How many messages of each kind every customer gets.
_WRITTEN = {"delay": 1, "acknowledgement": _ORDERS, "open_orders": 1}
# How a user holds what is a customer's: one of his alerts, his orders, himself.
_HOLD = (
    "SELECT FROM adv_delay_alert WHERE partner_id = %s LIMIT 1 FOR NO KEY UPDATE",
    """
    SELECT FROM adv_order_confirmation
     WHERE order_id IN (SELECT id FROM sale_order WHERE partner_id = %s)
       FOR NO KEY UPDATE
    """,
    "SELECT FROM res_partner WHERE id = %s FOR NO KEY UPDATE",
)
_REFRESH = "adv.commitment._cron_refresh"
_ESCALATE = "adv.delay.alert._cron_escalate"
# The promises are to be measured again because of their goods; another run does so.
_NOTE_GOODS = """
    INSERT INTO adv_commitment_todo (product_id)
    SELECT DISTINCT product_id FROM adv_commitment
"""
_TAKE_GOODS = (_REFRESH, "WITH goods AS", "DELETE FROM adv_commitment_todo")
_ACKNOWLEDGE, _REPORT = desk.WRITING[1:]
# What users change between what a scheduled action reads and what it writes.
_CHANGES = (
    (
        _ESCALATE,
        "SET date_escalated",
        "UPDATE adv_delay_alert SET date_deadline = date_deadline",
    ),
    (
        _ACKNOWLEDGE,
        'UPDATE "adv_order_confirmation"',
        "UPDATE adv_order_confirmation SET line_count = line_count",
    ),
    (_REPORT, 'UPDATE "res_partner"', "UPDATE res_partner SET phone = phone"),
)
# A customer who has just been given a rhythm has no day yet; whose day had come.
_FORGET_DAY = """
    UPDATE res_partner SET ref = adv_report_date, adv_report_date = NULL
     WHERE email = %s
"""
_REMEMBER_DAY = "UPDATE res_partner SET adv_report_date = ref::jsonb WHERE email = %s"


class TestScheduledActions(ProcessCase):
    """Each customer waits for a notice, two acknowledgements and a report."""

    def setUp(self):
        super().setUp()
        self.database, self.box = self.copy_database(), self.sink()
        self.run_calmly(desk.open_desk, customers=_CUSTOMERS, orders=_ORDERS)

    def run_calmly(self, function=None, **kw):
        """Start a process that must end well and has nothing to complain about."""
        self.assertCalm(self.start(self.database, function=function, **kw))

    def assertCalm(self, process):
        self.assertEqual(process.wait(), 0, process.output)
        self.assertNotIn("Traceback", process.output)

    def count_written(self):
        """Return ``{kind: {address of the customer: number of messages}}``."""
        counts = {kind: {} for kind in _WRITTEN}
        for kind, email, count in self.query(
            self.database,
            """
            SELECT message.kind, customer.email, count(*)
              FROM adv_customer_message message
              JOIN res_partner customer ON customer.id = message.partner_id
          GROUP BY message.kind, customer.email
            """,
        ):
            counts[kind][email] = count
        return counts

    def assertAllSent(self):
        """Run them once more and let the e-mails leave: everybody got his, once."""
        self.run_calmly(desk.work)
        self.run_calmly(post_office.send_by_queue, sink=self.box)
        for kind, counts in self.count_written().items():
            self.assertEqual(counts, dict.fromkeys(_EVERYBODY, _WRITTEN[kind]), kind)
        sent = [len(self.box.sent_to(address)) for address in _EVERYBODY]
        self.assertEqual(sent, [sum(_WRITTEN.values())] * _CUSTOMERS)
        self.assertEqual(len(self.box.messages), sum(sent))

    def test_two_workers_at_once(self):
        workers = [
            self.start(self.database, function=desk.work, batch_size=1) for _w in "AB"
        ]
        for worker in workers:
            self.assertCalm(worker)
        self.assertAllSent()

    def test_killed_between_two_customers_and_run_again(self):
        for call in desk.WRITING:
            for point in (
                "adv.customer.message._post:2:before",
                "adv.customer.message._post:3:after",
            ):
                process = self.start(
                    self.database, call=call, batch_size=2, kill_at=point
                )
                self.assertKilled(process)
        # one batch of two customers or two orders, by the second of the two
        for counts in self.count_written().values():
            self.assertEqual(sum(counts.values()), 2)
        self.assertAllSent()

    def test_what_a_user_holds_is_left_and_done_later(self):
        email = _EVERYBODY[1]
        [(customer,)] = self.query(
            self.database, "SELECT id FROM res_partner WHERE email = %s", email
        )
        with db_connect(self.database).cursor() as user:
            for statement in _HOLD:
                user.execute(statement, [customer])
            self.run_calmly(desk.work)
        for kind, counts in self.count_written().items():
            self.assertNotIn(email, counts, kind)
            self.assertEqual(len(counts), _CUSTOMERS - 1, kind)
        self.assertAllSent()

    def test_what_users_change_meanwhile_fails_no_run(self):
        first = _EVERYBODY[0]
        self.query(self.database, _FORGET_DAY, first)
        self.run_calmly(desk.run_disturbed, calls=_CHANGES)
        self.query(self.database, _REMEMBER_DAY, first)
        self.assertEscalated()
        self.assertAllSent()

    def test_goods_that_another_run_has_just_done_are_no_error(self):
        self.query(self.database, _NOTE_GOODS)
        process = self.start(
            self.database, function=desk.run_disturbed, calls=[_TAKE_GOODS]
        )
        self.assertCalm(process)
        self.assertIn("left to the next run", process.output)
        self.assertNotIn("ERROR", process.output)

    def assertEscalated(self):
        """Escalate what is left: one activity for each alert, whoever was there."""
        self.run_calmly(call=_ESCALATE)
        [escalated] = self.query(
            self.database,
            """
            SELECT count(*) FILTER (WHERE activities = 1), count(*)
              FROM (SELECT count(activity.id) AS activities
                      FROM adv_delay_alert alert
                 LEFT JOIN mail_activity activity ON activity.res_id = alert.id
                       AND activity.activity_type_id = (
                           SELECT res_id FROM ir_model_data
                            WHERE name = 'mail_activity_type_adv_delay_escalation')
                  GROUP BY alert.id) counted
            """,
        )
        self.assertEqual(escalated, (_CUSTOMERS * _ORDERS,) * 2)

    def test_two_who_escalate_one_of_whom_dies(self):
        point = "commit:2:before"
        self.assertKilled(self.start(self.database, call=_ESCALATE, kill_at=point))
        workers = [self.start(self.database, call=_ESCALATE) for _worker in "AB"]
        for worker in workers:
            self.assertCalm(worker)
        self.assertEscalated()
