from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MONDAY
from .common import ControlCase

BIG = "[('amount_untaxed', '>', 50)]"
_CONTROL = "odoo.addons.adv_management.models.control"


@tagged("post_install", "-at_install")
class TestForging(ControlCase):
    """Ways around the controls that a program or a clever colleague may try."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controls.search([]).active = False

    def _assert_refused(self, *ways, error=UserError):
        for number, way in enumerate(ways):
            with (
                self.subTest(way=number),
                self.assertRaises(error),
                self.env.cr.savepoint(),
            ):
                way()

    def test_an_order_that_is_named_twice_is_judged_once(self):
        self.own(BIG)
        order = self.quote(10).with_user(self.paule)
        order.browse(order.ids * 2).action_adv_check()
        self.assertEqual(len(self.get_results(order)), 1)

    def test_a_request_that_is_named_twice_is_made_once(self):
        self.own(BIG)
        order = self.quote(10)
        self.press_confirm(order)
        requests = self.env["adv.control.request"].with_user(self.paule)
        request = requests.create(
            {
                "result_ids": self.get_results(order).ids,
                "approver_id": self.marc.id,
                "reason": "Old customer",
            }
        )
        request.browse(request.ids * 2).action_apply()
        self.assertEqual(len(order.activity_ids), 1)

    def test_orders_that_are_named_twice_are_confirmed_once(self):
        orders = (self.quote(1) | self.quote(2)).with_user(self.paule)
        action = orders.browse(orders.ids * 2).action_adv_confirm_each()
        report = self.env["adv.order.confirm"].browse(action["res_id"])
        self.assertEqual((report.confirmed_count, report.left_count), (2, 0))

    def test_only_the_release_takes_an_order_out_of_the_queue(self):
        self.own(BIG, checkpoint="release")
        order = self.sell(10).with_user(self.paule)
        self.assertTrue(order.adv_is_parked)
        draft = {"partner_id": self.partner.id}
        orders = order.browse()
        self._assert_refused(
            lambda: order.write({"adv_is_parked": False}),
            lambda: order.write({"adv_is_mail_due": True}),
            lambda: order.copy({"adv_is_parked": True}),
            lambda: orders.create({**draft, "adv_is_parked": True}),
            lambda: orders.with_context(default_adv_is_mail_due=True).create(draft),
            error=AccessError,
        )
        self.assertTrue(order.adv_is_parked)
        self.waive(self.get_results(order))
        order.action_adv_release()
        self.assertFalse(order.adv_is_parked)

    def test_lines_reach_a_confirmed_order_by_no_other_door(self):
        order = self.sell(1)
        other = self.quote(10)
        self.own(BIG)
        line = other.with_user(self.paule).order_line
        hidden = self.env["sale.order.line"].with_user(self.paule)
        vals = {
            "order_id": order.id,
            "product_id": self.product.id,
            "product_uom_qty": 10,
        }
        deposit = hidden.create({**vals, "is_downpayment": True})
        expense = hidden.create({**vals, "is_expense": True})
        self._assert_refused(
            lambda: line.write({"order_id": order.id}),
            lambda: deposit.write({"is_downpayment": False}),
            lambda: expense.write({"is_expense": False}),
        )

    def test_taking_everything_off_a_line_is_a_change_too(self):
        self.own("[('amount_untaxed', '<', 50)]")
        order = self.sell(10)
        line = order.with_user(self.paule).order_line
        self._assert_refused(lambda: line.write({"product_uom_qty": 0}))

    def test_orders_written_within_another_write_are_judged(self):
        one, other = self.sell(1), self.sell(1)
        self.own("[('client_order_ref', '=', 'BAD')]")
        writing = self.env.cr.precommit.data.setdefault(
            "adv_management.orders_being_written", {}
        )
        writing[one.id] = set()
        self.addCleanup(writing.clear)
        both = (one + other).with_user(self.paule)
        self._assert_refused(lambda: both.write({"client_order_ref": "BAD"}))
        both.write({"client_order_ref": "GOOD"})
        self.assertEqual(list(writing), [one.id])

    def test_archived_controls_are_not_woken_by_a_context(self):
        self.own(BIG).active = False
        order = self.quote(10).with_user(self.paule)
        order.with_context(active_test=False).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_changed_quotation_is_judged_when_it_is_sent_again(self):
        self.own(BIG, checkpoint="quotation")
        order = self.quote(1).with_user(self.paule)
        order.action_quotation_sent()
        order.order_line.product_uom_qty = 10
        action = order.action_quotation_send()
        self.assertEqual(action["res_model"], "adv.control.stop")

    # What people decided --------------------------------------------------------------

    def test_waiver_for_one_customer_does_not_serve_another(self):
        self.own(BIG)
        order = self.quote(10)
        self.press_confirm(order)
        self.waive(self.get_results(order))
        order.with_user(self.paule).partner_id = self.partner.copy({"name": "Other"})
        self.assertEqual(order.amount_untaxed, 100)
        self._assert_refused(order.with_user(self.paule).action_confirm)

    def test_waiver_for_one_article_does_not_serve_another(self):
        self.set_blocking("discount", threshold=20, active=True)
        order = self.quote(1)
        order.order_line.discount = 50
        self.press_confirm(order)
        self.waive(self.get_results(order, "failed"))
        other = self.env["product.product"].create(
            {"name": "Same price", "list_price": self.product.list_price}
        )
        order.order_line.product_id = other
        order.order_line.discount = 50
        action = self.press_confirm(order)
        self.assertEqual(action["res_model"], "adv.control.stop")

    def test_tick_falls_with_the_customer(self):
        self.own(False, method="manual")
        order = self.quote(1)
        self.press_confirm(order)
        self.get_results(order).with_user(self.paule).action_tick()
        order.partner_id = self.partner.copy({"name": "Other"})
        self._assert_refused(order.with_user(self.paule).action_confirm)
        self.press_confirm(order)
        self.get_results(order).with_user(self.paule).action_tick()
        self.assertIs(self.press_confirm(order), True)

    def test_colleague_who_asks_does_not_make_the_owner_a_stranger(self):
        self.own(BIG, severity="approval")
        order = self.quote(10, user_id=self.marc.id)
        self.press_confirm(order)
        result = self.get_results(order)
        self.env["adv.control.request"].with_user(self.paule).create(
            {
                "result_ids": result.ids,
                "reason": "For Marc",
                "approver_id": self.marc.id,
            }
        ).action_apply()
        with self.assertRaisesRegex(UserError, "own request"):
            self.waive(result, user=self.marc)

    def test_what_people_write_is_shown_as_text(self):
        self.own(BIG, name="<b>Big</b>")
        order = self.quote(10, partner_id=self.partner.copy({"name": "<i>x</i>"}).id)
        self.press_confirm(order)
        result = self.get_results(order)
        self.env["adv.control.request"].with_user(self.paule).create(
            {
                "result_ids": result.ids,
                "reason": "<script>1</script>",
                "approver_id": self.marc.id,
            }
        ).action_apply()
        self.assertIn("&lt;script&gt;", order.activity_ids.note)
        self.waive(result, reason="<img src=x>")
        bodies = "".join(order.message_ids.mapped("body"))
        self.assertNotIn("<img", bodies)
        self.assertNotIn("<b>Big", bodies)

    def test_own_condition_looks_at_nothing_its_author_may_not_read(self):
        self.own("[('order_line.price_unit', '<', 5)]").with_user(
            self.marc
        ).domain = "[('user_id.login', '=', 'x')]"
        for domain in (
            "[('user_id.totp_secret', '!=', False)]",
            "[('adv_error_ids.author_user_id', '!=', False)]",
            "[('partner_id', 'any', [('user_ids.totp_secret', '=', 'y')])]",
        ):
            with (
                self.subTest(domain=domain),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self.controls.with_user(self.marc).create(
                    {"name": "Curious", "domain": domain}
                )

    # The job --------------------------------------------------------------------------

    @mute_logger(f"{_CONTROL}.adv_control_draining", f"{_CONTROL}.adv_control_judging")
    def test_document_that_cannot_be_followed_holds_up_no_other(self):
        self.own(BIG, severity="info")
        bad, good = self.quote(10), self.quote(10)
        with self.act(MONDAY):
            (bad + good).action_confirm()
        self.env.cr.flush()
        # a note that leads to what has no results
        todo = self.env["adv.control.todo"]
        todo.create(
            {
                "model": "adv.control",
                "res_id": self.get_control("price").id,
                "checkpoint": "confirmation",
                "user_id": self.paule.id,
            }
        )
        self.env["adv.control"]._run_pending()
        self.assertFalse(todo.search_count([]))
        self.assertEqual(
            self.results.search([("order_id", "in", (bad + good).ids)]).mapped("state"),
            ["failed", "failed"],
        )
