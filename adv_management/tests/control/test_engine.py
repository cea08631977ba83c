from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ControlCase

_JUDGING = "odoo.addons.adv_management.models.control.adv_control_judging"
BIG = "[('amount_untaxed', '>', 50)]"


@tagged("post_install", "-at_install")
class TestGate(ControlCase):
    """What a control that stops does to an order, whoever brings it and however.

    The shipped controls are put away: here it is about the mechanism.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controls.search([]).active = False

    def test_button_stores_evidence_and_shows_what_stops(self):
        control = self.own(BIG)
        order = self.quote(10)
        action = self.press_confirm(order)
        self.assertEqual(action["res_model"], "adv.control.stop")
        self.assertEqual(order.state, "draft")
        result = self.get_results(order)
        self.assertEqual(
            (result.control_id, result.state, result.user_id),
            (control, "failed", self.paule),
        )

    def test_confirmation_is_refused_whoever_writes_the_state(self):
        self.own(BIG)
        order = self.quote(10)
        for way in (
            lambda: order.with_user(self.paule).action_confirm(),
            lambda: order.with_user(self.paule).write({"state": "sale"}),
            lambda: order.action_confirm(),
            lambda: order.with_context(adv_gate="PARKING").action_confirm(),
        ):
            with self.assertRaisesRegex(UserError, "Own rule"), self.env.cr.savepoint():
                way()
        self.assertEqual(order.state, "draft")

    def test_values_written_with_the_state_are_judged_too(self):
        self.own("[('client_order_ref', '=', 'BAD')]")
        order = self.quote(1)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.write({"state": "sale", "client_order_ref": "BAD"})
        order.write({"state": "sale", "client_order_ref": "GOOD"})
        self.assertEqual(order.state, "sale")

    def test_created_as_confirmed_is_judged(self):
        self.own(BIG)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.sell(10, confirm=False, state="sale")

    def test_waiver_lets_it_pass_until_the_content_changes(self):
        self.own(BIG)
        order = self.quote(10)
        self.press_confirm(order)
        self.waive(self.get_results(order))
        self.assertEqual(self.get_results(order).state, "waived")
        order.order_line.product_uom_qty = 20
        self.assertEqual(self.press_confirm(order)["res_model"], "adv.control.stop")
        result = self.get_results(order)
        self.assertEqual((result.state, result.waiver_reason), ("failed", False))
        self.waive(result)
        self.assertIs(self.press_confirm(order), True)
        self.assertEqual(order.state, "sale")

    def test_change_of_a_confirmed_order_is_judged_as_one(self):
        order = self.sell(1)
        self.own(BIG)
        lines = order.with_user(self.paule).order_line
        with self.assertRaises(UserError), self.env.cr.savepoint():
            lines.product_uom_qty = 10
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.with_user(self.paule).write(
                {
                    "order_line": [
                        (0, 0, {"product_id": self.product.id, "product_uom_qty": 9})
                    ]
                }
            )
        # two lines saved together: only the sum counts
        order.with_user(self.paule).write(
            {
                "order_line": [
                    (1, lines.id, {"product_uom_qty": 4}),
                    (0, 0, {"product_id": self.product.id, "product_uom_qty": 1}),
                ]
            }
        )
        self.assertEqual(order.amount_untaxed, 50)

    def test_what_was_wrong_before_does_not_hinder_other_changes(self):
        order = self.sell(10)
        self.own(BIG)
        order.with_user(self.paule).note = "Call before delivery"
        self.deliver(order, at="2026-03-03 08:00:00")
        self.assertEqual(order.order_line.qty_delivered, 10)

    def test_tick_by_hand(self):
        self.own(False, method="manual")
        order = self.quote(1)
        self.assertEqual(self.press_confirm(order)["res_model"], "adv.control.stop")
        result = self.get_results(order).with_user(self.paule)
        result.action_tick()
        self.assertEqual((result.state, result.waived_by_id), ("passed", self.paule))
        self.assertIs(self.press_confirm(order), True)

    def test_bad_conditions_are_refused_when_saved(self):
        for domain in (
            "[('no_such_field', '=', 1)]",
            "[('partner_id.no_such_field', '=', 1)]",
            "[('amount_total', '>'",
            "__import__('os')",
            "[]",
            "[('amount_total', 'resembles', 5)]",
            "7",
        ):
            with (
                self.subTest(domain=domain),
                self.assertRaises(ValidationError),
                self.env.cr.savepoint(),
            ):
                self.own(domain)

    def test_what_python_makes_of_a_typo_is_kept_from_people(self):
        for domain in ("[('amount_total', '>'", "[('user_id', '=', uid)]", "7", "(("):
            with (
                self.subTest(domain=domain),
                self.assertRaisesRegex(ValidationError, "Choose it in the editor"),
                self.env.cr.savepoint(),
            ):
                self.own(domain)

    def test_control_that_raises_becomes_work_and_stops_nobody(self):
        control = self.own(BIG)
        # a field that has gone since the condition was saved
        self.env.cr.execute(
            "UPDATE adv_control SET domain = %s WHERE id = %s",
            ["[('x_gone', '=', 1)]", control.id],
        )
        control.invalidate_recordset()
        other = self.own("[('client_order_ref', '=', 'BAD')]")
        order = self.quote(10)
        with mute_logger(_JUDGING):
            self.assertIs(self.press_confirm(order), True)
            self.env["adv.control"]._run_pending()
        states = {r.control_id: r.state for r in self.get_results(order)}
        self.assertEqual(states, {control: "error", other: "passed"})
        self.assertEqual(len(order.activity_ids), 1)
        self.assertIn("Own rule", order.activity_ids.summary)

    def test_for_information_is_judged_after_the_commit(self):
        self.own(BIG, severity="info")
        order = self.sell(10)
        self.assertEqual(order.state, "sale")
        self.assertEqual(self.get_results(order).state, "failed")

    def test_release_control_parks_the_order_until_it_is_released(self):
        self.own(BIG, checkpoint="release")
        order = self.sell(10, at="2026-03-02 08:00:00")
        self.assertEqual((order.state, order.adv_is_parked), ("sale", True))
        self.assertFalse(order.picking_ids)
        self.assertTrue(order.adv_commitment_ids.is_hold)
        action = order.with_user(self.paule).action_adv_release()
        self.assertEqual(action["res_model"], "adv.control.stop")
        self.waive(self.get_results(order, "failed"))
        order.with_user(self.paule).action_adv_release()
        self.assertFalse(order.adv_is_parked)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 10)
        self.assertFalse(order.adv_commitment_ids.is_hold)

    def test_locked_orders_are_released_and_locked_again(self):
        self.own(BIG, checkpoint="release")
        self.env.ref("sale.group_auto_done_setting")
        order = self.sell(10)
        order.locked = True
        self.waive(self.get_results(order, "failed"))
        order.action_adv_release()
        self.assertTrue(order.locked)
        self.assertTrue(order.picking_ids)

    def test_confirm_each_judges_one_by_one_and_reports(self):
        self.own(BIG)
        orders = self.quote(10) | self.quote(1) | self.quote(2)
        with self.act("2026-03-02 08:00:00"):
            action = orders.with_user(self.paule).action_adv_confirm_each()
        report = self.env["adv.order.confirm"].browse(action["res_id"])
        self.assertEqual(
            report.line_ids.mapped("outcome"), ["stopped", "confirmed", "confirmed"]
        )
        self.assertEqual(orders.mapped("state"), ["draft", "sale", "sale"])
