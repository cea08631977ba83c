"""Kits on invoices and credit notes: what is due is counted in kits."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.adv_management.tests.control.billing import Billing
from odoo.addons.adv_management.tests.control.common import ControlCase


@tagged("post_install", "-at_install")
class TestKitInvoices(Billing, ControlCase):
    """Five tables of one top and four legs, at 40."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.top = cls._create_product("Plateau", stock=100)
        cls.leg = cls._create_product("Pied", stock=100)
        cls.kit = cls._create_product(
            "Table en kit", stock=0, list_price=40, invoice_policy="delivery"
        )
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": cls.top.id, "product_qty": 1}),
                    Command.create({"product_id": cls.leg.id, "product_qty": 4}),
                ],
            }
        )

    def send_back(self, order, kits):
        """Take whole kits back."""
        with self.act("2026-03-04 08:00:00"):
            wizard = self.env["stock.return.picking"].create(
                {"picking_id": order.picking_ids.id}
            )
            for line in wizard.product_return_moves:
                line.quantity = kits * (4 if line.product_id == self.leg else 1)
            back = wizard._create_return()
            for move in back.move_ids:
                move.write({"quantity": move.product_uom_qty, "picked": True})
            back.button_validate()

    def send(self):
        order = self.sell((self.kit, 5))
        with self.act("2026-03-03 08:00:00"):
            order.picking_ids.move_ids.picked = True
            order.picking_ids.button_validate()
        return order

    def test_returned_kits_are_credited_in_kits(self):
        for policy in ("delivery", "order"):
            self.kit.invoice_policy = policy
            order = self.send()
            line = order.order_line
            invoice = self.bill(order)
            self.assertPasses("invoice_quantity", invoice)
            invoice.action_post()
            self.send_back(order, 2)
            self.assertEqual(line.qty_delivered, 3)
            note = self.credit(invoice, {line: 2})
            for code in ("returned_not_credited", "credited_not_returned"):
                self.assertPasses(code, note)
            self.set_lines(note, {line: 1}, "quantity")
            self.assertFails(
                "returned_not_credited", note, seen="1", expected="2", amount=40.0
            )
            self.set_lines(note, {line: 3}, "quantity")
            self.assertFails(
                "credited_not_returned", note, seen="3", expected="2", amount=40.0
            )

    def test_kits_that_came_back_before_are_not_invoiced(self):
        self.kit.invoice_policy = "order"
        order = self.send()
        self.send_back(order, 2)
        invoice = self.bill(order)
        self.assertFails(
            "invoice_quantity", invoice, seen="5", expected="3", amount=80.0
        )
