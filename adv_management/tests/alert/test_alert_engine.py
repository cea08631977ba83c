from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestAlertEngine(AlertCommon):
    """Alerts open, change and close by themselves, and never flicker."""

    def test_what_will_be_late_opens_an_alert(self):
        order = self.sell_late(10, promise="2026-03-10", at="2026-03-02 08:00:00")
        alert = self.assertAlert(
            order,
            state="open",
            date_opened="2026-03-02",
            date_promise="2026-03-10",
            date_predicted=False,
            amount_open=100.0,
            delay_working_days=0,
            # 1 % of a large order, no supply, a customer without rank
            severity=20,
            severity_level="low",
            date_deadline="2026-03-05",
            user_id=self.paule,
            partner_id=self.partner,
            currency_id=self.company.currency_id,
        )
        self.assertValues(
            alert.line_ids,
            commitment_id=order.adv_commitment_ids,
            is_open=True,
            amount_open=100.0,
            due_count=0,
            told_count=0,
        )

    def test_alert_closes_when_the_goods_arrive(self):
        order = self.sell_late(10, promise="2026-03-10")
        with self.act("2026-03-04 09:00:00"):
            self._set_stock(self.missing, 10)
            order.picking_ids.action_assign()
            self._run_engine()
        alert = self.assertAlert(order, state="closed", date_closed="2026-03-04")
        self.assertFalse(alert.activity_ids)
        self.assertValues(alert.line_ids, is_open=False, date_closed="2026-03-04")

    def test_activity_of_the_owner(self):
        order = self.sell_late(10, promise="2026-03-10")
        activity = self.get_alert(order).activity_ids
        self.assertValues(
            activity,
            user_id=self.paule,
            date_deadline="2026-03-05",
            automated=True,
        )
        self.assertFalse(self.get_alert(order).message_ids)
