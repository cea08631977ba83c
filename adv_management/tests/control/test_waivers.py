"""What a waiver covers where a control finds several things."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import MONDAY
from ..upgrades import upgrade
from .common import ControlCase


@tagged("post_install", "-at_install")
class TestWaivers(ControlCase):
    """Lines under the price list: some are agreed, some are not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_blocking("price")

    def _quote(self, count):
        line = {"product_id": self.product.id, "product_uom_qty": 1, "price_unit": 7}
        return self.quote(order_line=[Command.create(line) for _each in range(count)])

    def test_waiver_holds_for_what_is_left_of_what_it_covered(self):
        order = self._quote(2)
        self.press_confirm(order)
        self.waive(self.get_results(order, "failed"))
        first, second = order.order_line
        first.price_unit = self.product.list_price
        order.action_adv_check()
        result = self.get_results(order, "waived")
        self.assertEqual(result.finding_ids.sale_line_id, second)
        self.assertEqual(result.waived_by_id, self.marc)
        first.price_unit = 7  # that was not waived as things stood last
        self.assertEqual(self.press_confirm(order)["res_model"], "adv.control.stop")

    def test_many_findings_are_counted_and_some_are_read(self):
        order = self._quote(30)
        with self.assertRaisesRegex(UserError, r"\n… \(\+20\)\n") as refused:
            order.action_confirm()
        self.assertEqual(str(refused.exception).count("instead of"), 10)
        self.press_confirm(order)
        result = self.get_results(order, "failed")
        self.assertEqual(len(result.finding_ids), 30)
        self.assertEqual(len(result.text.splitlines()), 11)

    def test_documents_of_several_kinds_are_decided_together(self):
        picking = self.sell(1).picking_ids
        self.own("[('sale_id', '!=', False)]", checkpoint="shipment")
        picking.with_user(self.paule).button_validate()
        order = self._quote(1)
        self.press_confirm(order)
        results = self.results.search([("is_stopping", "=", True)])
        self.assertEqual((results.order_id, results.picking_id), (order, picking))
        self.env["adv.control.request"].with_user(self.paule).create(
            {"result_ids": results.ids, "reason": "Both", "approver_id": self.marc.id}
        ).action_apply()
        self.assertEqual(len(order.activity_ids | picking.activity_ids), 2)
        self.waive(results)
        self.assertEqual(set(results.mapped("state")), {"waived"})
        self.assertFalse(order.activity_ids | picking.activity_ids)

    def test_waivers_of_before_hold(self):
        self.set_blocking("duplicate_order")
        earlier = self._quote(3)
        order = self._quote(3)
        self.press_confirm(order)
        results = self.get_results(order, "failed").filtered("finding_ids")
        self.assertGreaterEqual(
            set(results.control_id.mapped("code")), {"price", "duplicate_order"}
        )
        with self.act(MONDAY):
            self.waive(results)
        covered = {result: result.fingerprint for result in results}
        results.fingerprint = "0" * 64
        twin = results.finding_ids.filtered(lambda each: each.fix_model == "sale.order")
        twin.value_seen = str(earlier.id)  # as it was stored then
        upgrade(self.env, "19.0.1.4.0", "19.0.1.5.0")
        self.assertEqual({r: r.fingerprint for r in results}, covered)
        self.assertIs(self.press_confirm(order), True)
