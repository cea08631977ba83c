from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestAlertHandling(AlertCommon):
    """What a person does about an alert, and whether the customer heard it in time."""

    def setUp(self):
        super().setUp()
        self.order = self.sell_late(10, promise="2026-03-10")
        self.alert = self.get_alert(self.order)
        self.line = self.alert.line_ids
        self.mine = self.alert.with_user(self.paule)

    # Told -----------------------------------------------------------------------------

    def test_told_a_working_day_before_is_in_time(self):
        with self.act("2026-03-09 16:00:00"):
            self.line._mark_told()
        self.assertValues(
            self.line,
            date_told="2026-03-09",
            told_count=1,
            told_in_time_count=1,
            due_count=1,
        )
        self.assertValues(
            self.alert, state="informed", date_told="2026-03-09", is_told_in_time=True
        )
        self.assertFalse(self.alert.activity_ids)

    def test_told_on_the_promised_day_is_not_in_time(self):
        with self.act("2026-03-10 06:00:00"):
            self.order.adv_commitment_ids._mark_told()
        self.assertValues(self.line, told_count=1, told_in_time_count=0, due_count=1)
        self.assertFalse(self.alert.is_told_in_time)

    def test_told_on_friday_of_a_promise_for_monday_is_in_time(self):
        order = self.sell_late(5, promise="2026-03-09")
        lines = self.get_alert(order).line_ids
        with self.act("2026-03-06 16:00:00"):
            lines._mark_told()
        self.assertEqual(lines.told_in_time_count, 1)
        order = self.sell_late(5, promise="2026-03-09")
        lines = self.get_alert(order).line_ids
        # Sunday evening in UTC, Monday in Paris
        with self.act("2026-03-08 23:30:00"):
            lines._mark_told()
        self.assertValues(lines, told_in_time_count=0, date_told="2026-03-09")

    def test_only_the_first_time_counts(self):
        with self.act("2026-03-06 09:00:00"):
            self.line._mark_told()
        with self.act("2026-03-12 09:00:00"):
            self._run_engine()
            self.line._mark_told()
        self.assertValues(self.line, date_told="2026-03-06", told_in_time_count=1)
        self.assertEqual(str(self.alert.date_told), "2026-03-12")

    def test_missed_and_not_told_counts_as_not_told(self):
        self.refresh("2026-03-11")
        self.assertValues(self.line, due_count=1, told_count=0, told_in_time_count=0)

    def test_recovered_in_time_had_not_to_be_told(self):
        with self.act("2026-03-06 09:00:00"):
            self._set_stock(self.missing, 10)
            self.order.picking_ids.action_assign()
            self._run_engine()
        self.deliver(self.order, at="2026-03-10 09:00:00")
        self.assertValues(self.line, is_open=False, due_count=0)

    def test_delivered_late_before_the_engine_saw_it_late_counts(self):
        self._set_stock(self.missing, 10)
        self.deliver(self.order, at="2026-03-11 09:00:00")
        self.assertCommitment(self.order, status="delivered", on_time_count=0)
        self.assertValues(self.line, is_open=False, due_count=1)

    def test_what_was_overdue_before_counts_neither_way(self):
        order = self.sell_late(5, promise="2026-02-20")
        line = self.get_alert(order).line_ids
        self.assertValues(line, is_backlog=True, due_count=0)
        with self.act("2026-03-03 09:00:00"):
            line._mark_told()
        self.assertValues(line, told_count=1, due_count=0)

    def test_informed_comes_back_when_it_moves_by_more_than_was_told(self):
        receipt = self.receive(self.missing, 10, "2026-03-16")
        with self.act("2026-03-04 09:00:00"):
            self.line._mark_told(announced=self._day("2026-03-18"))
        self.assertEqual(self.alert.state, "informed")
        self._postpone(receipt, "2026-03-20")
        self.assertEqual(self.alert.state, "informed")
        self._postpone(receipt, "2026-03-23")
        self.assertEqual(self.alert.state, "open")

    def test_supply_that_vanishes_brings_it_back(self):
        receipt = self.receive(self.missing, 10, "2026-03-16")
        with self.act("2026-03-04 09:00:00"):
            self.line._mark_told(announced=self._day("2026-03-18"))
            receipt._action_cancel()
            self._run_engine()
        self.assertEqual(self.alert.state, "open")

    def test_he_who_accepted_our_date_was_told_it(self):
        self.change_promise(
            self.order.with_user(self.paule),
            "2026-03-20",
            "accepted",
            at="2026-03-04 09:00:00",
        )
        self.assertValues(self.line, told_in_time_count=1, date_told="2026-03-04")

    # Buttons --------------------------------------------------------------------------

    def test_take_over_moves_the_activity(self):
        with self.act("2026-03-03 09:00:00"):
            self.alert.with_user(self.marc).action_take_over()
        self.assertValues(self.alert, user_id=self.marc, is_user_manual=True)
        self.assertEqual(self.alert.activity_ids.user_id, self.marc)
        self.refresh("2026-03-11")
        self.assertEqual(self.alert.user_id, self.marc)

    def test_many_are_taken_over_at_once(self):
        alerts = self.alert | self.get_alert(self.sell_late(5))
        with self.act("2026-03-03 09:00:00"):
            alerts.with_user(self.marc).action_take_over()
        self.assertEqual(alerts.activity_ids.mapped("user_id"), self.marc)

    def test_dismiss_needs_a_reason_and_says_it(self):
        with self.act("2026-03-03 09:00:00"):
            self._wizard("dismiss", reason="Collects it himself").action_apply()
        self.assertValues(
            self.alert, state="dismissed", dismiss_reason="Collects it himself"
        )
        self.assertIn("Collects it himself", self.alert.message_ids[0].body)
        self.assertEqual(self.alert.message_ids[0].author_id, self.paule.partner_id)

    def test_closed_cannot_be_dismissed(self):
        with self.act("2026-03-04 09:00:00"):
            self.order._action_cancel()
            self._run_engine()
            with self.assertRaisesRegex(UserError, "closed already"):
                self.mine.action_dismiss()

    def test_noted_call_is_in_the_history(self):
        with self.act("2026-03-03 09:00:00"):
            self._wizard(
                "note", contact="M. <Martin>", note="Calls back", outcome="again"
            ).action_apply()
        self.assertEqual(self.alert.state, "open")
        body = self.alert.message_ids[0].body
        for text in ("M. &lt;Martin&gt;", "Calls back", "To be called again"):
            self.assertIn(text, body)
        self._wizard("note", outcome="unreached").action_apply()
        self.assertIn("Nobody was reached", self.alert.message_ids[0].body)

    def test_noted_call_in_which_the_customer_was_told(self):
        with self.act("2026-03-03 09:00:00"):
            self._wizard(
                "note", note="Not happy", outcome="told", date_announced="2026-03-20"
            ).action_apply()
            self._run_engine()
        self.assertValues(self.alert, state="informed", is_told_in_time=True)
        self.assertCommitment(
            self.order, date_announced="2026-03-20", date_promise="2026-03-10"
        )

    def test_date_told_is_not_in_the_past(self):
        with self.act("2026-03-03 09:00:00"), self.assertRaises(ValidationError):
            self._wizard("note", note="x", date_announced="2026-03-02")

    def test_nothing_to_deliver_says_why(self):
        with self.assertRaisesRegex(UserError, "nothing to deliver yet.*Armoire|stock"):
            self.mine.action_deliver()

    def test_deliver_what_is_there(self):
        self._set_stock(self.missing, 4)
        self.order.picking_ids.action_assign()
        action = self.mine.action_deliver()
        self.assertEqual(action["res_model"], "stock.picking")
        self.assertEqual(action["res_id"], self.order.picking_ids.id)

    def test_agree_another_date_is_about_what_is_late(self):
        order = self.sell_late(5, (self.product, 5))
        action = self.get_alert(order).with_user(self.paule).action_change_promise()
        late = order.adv_commitment_ids.filtered(
            lambda it: it.product_id == self.missing
        )
        self.assertEqual(action["context"]["default_commitment_ids"], late.ids)

    # Escalation -----------------------------------------------------------------------

    def test_without_action_it_is_escalated_once(self):
        self.company.adv_alert_manager_id = self.marc
        self._escalate("2026-03-03 17:00:00")
        self.assertFalse(self.alert.date_escalated)
        self._escalate("2026-03-04 09:00:00")
        self._escalate("2026-03-04 13:00:00")
        self.assertEqual(str(self.alert.date_escalated), "2026-03-04")
        self.assertEqual(self.alert.activity_ids.user_id, self.paule | self.marc)
        self.assertEqual(len(self.alert.activity_ids), 2)

    def test_weekends_do_not_escalate(self):
        order = self.sell_late(5, at="2026-03-06 09:00:00")
        self._escalate("2026-03-09 09:00:00")
        self.assertFalse(self.get_alert(order).date_escalated)
        self._escalate("2026-03-10 09:00:00")
        self.assertTrue(self.get_alert(order).date_escalated)

    def test_whoever_works_on_it_ends_the_escalation(self):
        self.company.adv_alert_manager_id = self.marc
        self._escalate("2026-03-04 09:00:00")
        with self.act("2026-03-04 11:00:00"):
            self.mine.message_post(body=self.order.name)
        self.assertFalse(self.alert.date_escalated)
        self.assertEqual(self.alert.activity_ids.user_id, self.paule)
        self._escalate("2026-03-05 09:00:00")
        self.assertFalse(self.alert.date_escalated)

    def test_without_a_manager_it_is_only_marked(self):
        self._escalate("2026-03-04 09:00:00")
        self.assertTrue(self.alert.date_escalated)
        self.assertEqual(self.alert.activity_ids.user_id, self.paule)

    # In words -------------------------------------------------------------------------

    def test_delay_in_words(self):
        with self.act("2026-03-03 09:00:00"):
            self.assertEqual(self.alert.delay_text, "No supply known")
        receipt = self.receive(self.missing, 10, "2026-03-11")
        with self.act("2026-03-03 09:00:00"):
            self.assertEqual(self.alert.delay_text, "Will be 1 working day late")
        self._postpone(receipt, "2026-03-16")
        with self.act("2026-03-04 09:00:00"):
            self.assertEqual(self.alert.delay_text, "Will be 4 working days late")
            self.assertIn(receipt.picking_id.name, self.alert.explanation)
        self.refresh("2026-03-12")
        with self.act("2026-03-12 09:00:00"):
            self.assertEqual(self.alert.delay_text, "Late, 4 working days in all")
        self.refresh("2026-03-16")
        self.env.invalidate_all()
        with self.act("2026-03-16 09:00:00"):
            self.assertEqual(self.alert.delay_text, "4 working days late")
            receipt._action_cancel()
            self._run_engine()
            self.env.invalidate_all()
            self.assertEqual(self.alert.delay_text, "Late, no supply known")

    # Rights ---------------------------------------------------------------------------

    def test_figures_cannot_be_typed(self):
        for vals in (
            {"severity": 0},
            {"state": "closed"},
            {"date_told": "2026-03-02"},
            {"line_ids": [(5, 0, 0)]},
            {"user_id": self.marc.id, "is_user_manual": False},
        ):
            with self.assertRaises(UserError):
                self.alert.with_user(self.marc).write(vals)
        with self.assertRaises(AccessError):
            self.line.with_user(self.marc).write({"told_count": 1})

    def test_salespeople_read_and_do_not_work(self):
        luc = self._create_user("luc", "sales_team.group_sale_salesman")
        self.order.user_id = self.marc
        self.assertFalse(self.alerts.with_user(luc).search([]))
        self.order.user_id = luc
        alert = self.alert.with_user(luc)
        with self.act("2026-03-03 09:00:00"):
            self.assertEqual(alert.delay_text, "No supply known")
        self.assertTrue(alert.line_ids.explanation)
        for action in ("action_take_over", "action_note", "action_dismiss"):
            with self.assertRaises(AccessError):
                getattr(alert, action)()
        with self.assertRaises(AccessError):
            alert._dismiss("Mine")

    # Helpers --------------------------------------------------------------------------

    def _wizard(self, name, **vals):
        model = self.env[f"adv.delay.alert.{name}"].with_user(self.paule)
        return model.create({"alert_ids": self.alert.ids, **vals})

    def _escalate(self, at):
        with self.act(at):
            self.alerts._escalate(self.company)

    def _postpone(self, receipt, day):
        with self.act("2026-03-04 10:00:00"):
            receipt.date = f"{day} 10:00:00"
            self._run_engine()

    @staticmethod
    def _day(text):
        return fields.Date.to_date(text)
