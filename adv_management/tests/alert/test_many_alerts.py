from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestManyAlerts(AlertCommon):
    """Many open alerts are brought up to date with as many queries as few."""

    def _measure(self, number):
        """Return the queries of a run that changes so many alerts, and of one that
        changes nothing.
        """
        orders = self.env["sale.order"].union(
            *(self.sell_late(1) for _ in range(number))
        )
        self.receive(self.missing, 1000, "2026-03-17")
        alerts = self.alerts.search([("order_id", "in", orders.ids)])
        self.assertEqual(len(alerts), number)
        with self.act("2026-03-03 09:00:00"):
            alerts._dismiss("Known")
        costs = []
        for day in ("2026-03-27", "2026-03-27"):
            with self.act("2026-03-03 10:00:00"):
                self.env["stock.move"].search(
                    [
                        ("product_id", "=", self.missing.id),
                        ("picking_code", "=", "incoming"),
                    ]
                ).date = f"{day} 10:00:00"
                self.env["adv.commitment"]._touch(orders.order_line.ids)
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._run_engine()
                self.env.flush_all()
                costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(set(alerts.mapped("state")), {"open"})
        orders._action_cancel()
        self._run_engine()
        return costs

    def test_refresh(self):
        self._measure(2)
        few, many = self._measure(5), self._measure(65)
        self.assertEqual(many, few)
