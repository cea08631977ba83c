from odoo import Command
from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestAlertData(AlertCommon):
    """Data as companies have it: nobody in charge, people gone, customers merged."""

    def test_line_without_supply_is_the_worst_of_its_order(self):
        late = self._create_product("Buffet", stock=0)
        receipt = self.receive(late, 5, "2026-03-20")
        order = self.sell_late((late, 5), 1)
        alert = self.assertAlert(
            order,
            date_predicted=False,
            cause_id=self.env.ref("adv_management.adv_delay_cause_shortage"),
        )
        without, with_receipt = alert.explanation.split("\n")
        self.assertIn("Nothing is on order.", without)
        self.assertIn(receipt.picking_id.name, with_receipt)

    def test_in_nobodys_portfolio_there_is_no_activity(self):
        self.partner.adv_user_id = False
        order = self.sell_late(10)
        alert = self.assertAlert(order, state="open", user_id=self.env["res.users"])
        self.assertFalse(alert.activity_ids)

    def test_in_nobodys_portfolio_the_company_s_fallback_has_it(self):
        self.partner.adv_user_id = False
        before = self.sell_late(5)
        self.company.adv_alert_user_id = self.marc
        order = self.sell_late(10)
        alert = self.assertAlert(order, user_id=self.marc)
        self.assertEqual(alert.activity_ids.user_id, self.marc)
        # what was there before is not poured over him
        self.refresh("2026-03-11")
        self.assertAlert(before, user_id=self.env["res.users"], delay_working_days=1)
        self.assertFalse(self.get_alert(before).activity_ids)

    def test_an_owner_who_has_left_is_replaced_and_named(self):
        self.company.adv_alert_user_id = self.marc
        order = self.sell_late(10)
        self.paule.active = False
        self.refresh("2026-03-11")
        alert = self.assertAlert(order, user_id=self.marc)
        self.assertEqual(alert.activity_ids.user_id, self.marc)
        self.assertIn("paule", alert.owner_note)

    def test_alert_follows_the_order_to_its_new_owner(self):
        order = self.sell_late(10)
        with self.act("2026-03-03 09:00:00"):
            order.adv_user_id = self.marc
            self._run_engine()
        alert = self.assertAlert(order, user_id=self.marc)
        self.assertEqual(alert.activity_ids.user_id, self.marc)

    def test_nothing_is_sent_when_alerts_open(self):
        mails = self.env["mail.mail"].search_count([])
        messages = self.env["adv.customer.message"].search_count([])
        order = self.sell_late(10)
        alert = self.get_alert(order)
        self.assertFalse(alert.message_ids)
        self.assertFalse(alert.message_partner_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["adv.customer.message"].search_count([]), messages)

    def test_merged_customers_keep_their_alerts(self):
        order = self.sell_late(10)
        other = self.env["res.partner"].create({"name": "Martin bis"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((other | self.partner).ids, other)
        self.env.invalidate_all()
        alert = self.assertAlert(order, partner_id=other)
        self.assertEqual(alert.line_ids.partner_id, other)

    def test_deleted_order_takes_its_alert_and_activity_along(self):
        order = self.sell_late(10)
        alert = self.get_alert(order)
        activity = alert.activity_ids
        with self.act("2026-03-03 09:00:00"):
            order._action_cancel()
            order.unlink()
            self._run_engine()
        self.assertFalse(alert.exists())
        self.assertFalse(activity.exists())

    def test_deleted_line_closes_an_alert_that_is_about_nothing(self):
        order = self.sell_late(10)
        self.env.cr.execute(
            "DELETE FROM adv_commitment WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        with self.act("2026-03-03 09:00:00"):
            self.alerts._escalate(self.company)
        alert = self.assertAlert(order, state="closed", date_closed="2026-03-03")
        self.assertFalse(alert.activity_ids)

    def test_deleted_delivery_does_not_stop_the_engine(self):
        order = self.sell_late(10)
        with self.act("2026-03-03 09:00:00"):
            order.picking_ids.action_cancel()
            order.picking_ids.unlink()
            self._run_engine()
        self.assertAlert(order)

    def test_cause_corrected_later_is_corrected_in_the_figures(self):
        order = self.sell_late(10)
        with self.act("2026-03-04 09:00:00"):
            self._set_stock(self.missing, 10)
            self._run_engine()
        self.deliver(order, at="2026-03-12 09:00:00")
        line = self.get_alert(order).line_ids
        carrier = self.env.ref("adv_management.adv_delay_cause_carrier")
        with self.act("2026-03-13 09:00:00"):
            order.adv_commitment_ids.with_user(self.paule).cause_id = carrier
            self._run_engine()
        self.assertValues(line, cause_id=carrier, responsibility="carrier")

    def test_supplier_waited_for_is_named(self):
        vendor = self.env["res.partner"].create({"name": "Bois du Jura"})
        self.receive(self.missing, 10, "2026-03-20", partner_id=vendor.id)
        line = self.get_alert(self.sell_late(10)).line_ids
        self.assertValues(line, supplier_id=vendor, responsibility="supplier")

    def test_manager_of_another_company_sees_none(self):
        order = self.sell_late(10)
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user("anna", "adv_management.group_adv_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        alerts = self.alerts.with_user(stranger).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(alerts.search([("order_id", "=", order.id)]))

    def test_days_are_those_of_the_company(self):
        self.calendar.tz = "Pacific/Auckland"
        # Monday evening in UTC is Tuesday in Auckland
        order = self.sell_late(10, at="2026-03-02 20:00:00")
        self.assertAlert(order, date_opened="2026-03-03")

    def test_company_without_calendar(self):
        self.company.resource_calendar_id = False
        order = self.sell_late(10, at="2026-03-06 09:00:00")
        self.assertAlert(order, date_deadline="2026-03-09")
