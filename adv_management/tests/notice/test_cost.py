from odoo.tests import tagged

from .common import TUESDAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestCost(NoticeCommon):
    """Many customers cost as many queries as few, but for what Odoo asks per record."""

    def _sell_to(self, number, lines=1):
        customers = self.env["res.partner"].create(
            [
                {"name": f"C{each}", "email": f"c{each}@customer.example"}
                for each in range(number)
            ]
        )
        orders = self.env["sale.order"].union(
            *(self.sell_late(*[1] * lines, partner_id=each.id) for each in customers)
        )
        self.receive(self.missing, number * lines, "2026-03-17")
        return self.get_alerts(orders)

    def _count(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def _write_to(self, number, lines=1):
        """Return the queries that open the wizard, and that write the drafts."""
        alerts = self._sell_to(number, lines)
        with self.act(TUESDAY):
            opening, action = self._count(alerts.action_inform_customer)
            wizard = self.env["adv.delay.notice"].browse(action["res_id"])
            writing, _action = self._count(wizard.action_preview)
        self.assertEqual(wizard.customer_count, number)
        return opening, writing

    def test_drafts(self):
        self._write_to(1)
        few, many, long = (
            self._write_to(2),
            self._write_to(22),
            self._write_to(2, lines=11),
        )
        self.assertEqual(many[0], few[0])
        self.assertEqual(long, few)
        # language and recipients of each message
        self.assertEqual(many[1] - few[1], 20 * 2)

    def test_automatic_notices(self):
        with self.act("2026-03-01 10:00:00"):
            self.company.adv_notice_mode = "auto"
        costs = []
        for number in (1, 2, 22):
            self._sell_to(number)
            with self.run_job("2026-03-09 20:00:00"):  # they wait for the morning
                costs.append(self._count(self.alerts._cron_send_notices)[0])
        self.assertEqual(costs[2] - costs[1], 20 * 2)
