"""What the warehouse is not bothered with."""

from odoo.tests import tagged

from ..common import MONDAY
from .common import TUESDAY, ReleasedCommon


@tagged("post_install", "-at_install")
class TestReleaseSilence(ReleasedCommon):
    def test_nothing_changed_says_nothing(self):
        self.order.order_line.product_uom_qty = 10
        self.order.partner_shipping_id = self.dock
        self.dock.write({"street": "3 rue du Port", "adv_labels": False})
        self.dock.phone = False
        self._commit()
        self.assertEqual(self._notes(), [])

    def test_changed_and_changed_back_says_nothing(self):
        self.order.order_line.product_uom_qty = 11
        self.order.order_line.product_uom_qty = 10
        self.dock.street = "4 rue du Port"
        self.dock.street = "3 rue du Port"
        self._commit()
        self.assertEqual(self._notes(), [])

    def test_confirmation_says_nothing(self):
        order = self.sell(5, promise="2026-03-10")
        self.assertEqual(self._notes(order.picking_ids), [])

    def test_quotations_say_nothing(self):
        quotation = self.sell(5, confirm=False)
        quotation.order_line.product_uom_qty = 6
        quotation.partner_shipping_id = self.dock
        quotation._action_cancel()
        self._commit()
        self.assertFalse(quotation.picking_ids)

    def test_what_has_left_is_told_nothing(self):
        self.deliver(self.order, at=TUESDAY)
        self.dock.street = "5 rue du Port"
        self.order.order_line.product_uom_qty = 12
        self._commit()
        self.assertEqual(self._notes(), [])
        rest = self.order.sudo().picking_ids - self.picking
        self.assertEqual(self._notes(rest), [])

    def test_new_confirmation_after_a_cancel_says_nothing_to_the_new_transfer(self):
        with self.act(TUESDAY):
            self.order._action_cancel()
            self._run_engine()
            self.order.action_draft()
            self.order.commitment_date = "2026-03-13 12:00:00"
            self.order.action_confirm()
            self._commit()
        fresh = self.order.sudo().picking_ids - self.picking
        self.assertEqual(self._notes(fresh), [])
        self.assertEqual(len(self._notes()), 1)

    def test_receipt_is_told_nothing(self):
        receipt = self.receive(self.product, 5, "2026-03-05", partner_id=self.dock.id)
        self.dock.street = "5 rue du Port"
        self._commit()
        self.assertEqual(self._notes(receipt.picking_id), [])

    def test_change_undone_with_its_savepoint_says_nothing(self):
        with self.env.cr.savepoint() as savepoint:
            self.order.order_line.product_uom_qty = 12
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        self._commit()
        self.assertEqual(self._notes(), [])

    def test_cost_where_nothing_changes(self):
        quotation = self.sell(5, confirm=False)
        with self.act(MONDAY):
            quotation.action_confirm()
            self.assertNotIn("adv_management.release", self.env.cr.precommit.data)
        picking = quotation.picking_ids
        picking.move_ids.picked = True
        with self.act(TUESDAY):
            self._validate(picking)
            self.assertNotIn("adv_management.release", self.env.cr.precommit.data)
