from odoo import Command
from odoo.tests import tagged

from .billing import Billing
from .common import ControlCase


@tagged("post_install", "-at_install")
class TestShipments(ControlCase):
    """Customers who refuse backorders."""

    CODE = "backorder_refused"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.adv_refuses_backorders = True
        cls.table = cls._create_product("Table", list_price=30)

    def test_what_is_missing_is_found_move_by_move(self):
        picking = self.sell(10, (self.table, 2)).picking_ids
        self.assertPasses(self.CODE, picking)
        chairs, tables = picking.move_ids
        chairs.quantity = 4
        self.assertFails(
            self.CODE,
            picking,
            line=chairs.id,
            field="quantity",
            seen="4",
            expected="10",
            amount=60.0,
            text="Chaise: 4 of 10",
        )
        # what is not picked stays here once anything is
        chairs.write({"quantity": 10, "picked": True})
        self.assertFails(self.CODE, picking, line=tables.id, seen="0", amount=60.0)

    def test_other_customers_take_backorders(self):
        picking = self.sell(10).picking_ids
        picking.move_ids.quantity = 4
        self.partner.adv_refuses_backorders = False
        self.assertPasses(self.CODE, picking)

    def test_the_flag_is_the_company_s_whoever_of_it_ordered(self):
        contact = self.env["res.partner"].create(
            {"name": "Atelier", "parent_id": self.partner.id}
        )
        picking = self.sell(10, partner_id=contact.id).picking_ids
        picking.move_ids.quantity = 4
        self.assertFails(self.CODE, picking)

    def test_rest_of_the_order_elsewhere_is_named(self):
        order = self.sell(10)
        self.deliver(order, 4, at="2026-03-03 08:00:00")
        done, rest = order.picking_ids.sorted("id")
        found = self.assertFails(
            self.CODE, done, line=None, fix=("stock.picking", rest.id)
        )
        self.assertIn(f"{rest.name} of the same order is open", found.text)
        self.assertPasses(self.CODE, rest)
        self.assertPasses(self.CODE, done + rest)

    def test_button_asks_about_the_backorder_first(self):
        self.set_blocking(self.CODE)
        picking = self.sell(10).picking_ids.with_user(self.paule)
        picking.move_ids.quantity = 4
        action = picking.button_validate()
        self.assertEqual(action["res_model"], "stock.backorder.confirmation")
        wizard = (
            self.env["stock.backorder.confirmation"]
            .with_user(self.paule)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.process()["res_model"], "adv.control.stop")
        self.assertNotEqual(picking.state, "done")
        # without a backorder the customer gets what he wants
        wizard.process_cancel_backorder()
        self.assertEqual(picking.state, "done")
        self.assertFalse(picking.backorder_ids)
        self.assertEqual(picking.sale_id.order_line.qty_delivered, 4)


@tagged("post_install", "-at_install")
class TestInvoices(Billing, ControlCase):
    """Chairs at 10, invoiced as delivered; tables at 30, as ordered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = cls._create_product("Table", list_price=30, invoice_policy="order")
        cls.fitting = cls._create_product(
            "Montage", stock=0, type="service", invoice_policy="order"
        )

    def test_delivered_and_ordered_quantities_pass(self):
        order = self.ship(self.sell(10, (self.table, 2), (self.fitting, 1)), [6, 0])
        invoice = self.bill(order)
        self.assertEqual(invoice.invoice_line_ids.mapped("quantity"), [6, 2, 1])
        self.assertPasses("invoice_quantity", invoice)

    def test_too_much_and_too_little(self):
        order = self.ship(self.sell(10, (self.table, 2)), [6, 0])
        chairs, tables = order.order_line
        invoice = self.bill(order, {chairs: 7, tables: 1})
        more, less = self.judge("invoice_quantity", invoice)
        self.assertEqual(more.text, "Chaise: 7 invoiced, 6 to invoice")
        self.assertEqual((more.seen, more.expected, more.amount), ("7", "6", 10))
        self.assertEqual(less.line, invoice.invoice_line_ids[1].id)
        self.assertEqual((less.seen, less.expected, less.amount), ("1", "2", 30))

    def test_what_is_posted_counts_and_drafts_do_not(self):
        order = self.ship(self.sell(10), [6])
        self.bill(order, post=True)
        self.ship(order, at="2026-03-04 08:00:00")
        second = self.bill(order)
        self.assertEqual(second.invoice_line_ids.quantity, 4)
        twin = second.copy()
        twin.invoice_line_ids.sale_line_ids = order.order_line
        self.assertPasses("invoice_quantity", second)
        self.assertPasses("invoice_quantity", twin)
        # posted together the second one is too much
        self.assertFails(
            "invoice_quantity", second + twin, document=twin.id, expected="0"
        )
        second.action_post()
        self.assertPasses("invoice_quantity", second)
        self.assertFails("invoice_quantity", twin, seen="4", expected="0", amount=40)

    def test_line_that_was_taken_off_is_missed(self):
        order = self.ship(self.sell(10, (self.table, 2)))
        invoice = self.bill(order)
        invoice.invoice_line_ids[1].unlink()
        found = self.assertFails(
            "invoice_quantity",
            invoice,
            line=None,
            amount=60.0,
            fix=("sale.order", order.id),
        )
        self.assertIn("Table: not on the invoice, 2 to invoice", found.text)

    def test_dozens_and_split_lines_are_added_up(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.quote(2)
        order.order_line.product_uom_id = dozen
        order.action_confirm()
        invoice = self.bill(self.ship(order))
        first = invoice.invoice_line_ids
        first.write({"quantity": 12, "product_uom_id": self.product.uom_id.id})
        self.assertFails(
            "invoice_quantity", invoice, seen="1", expected="2", amount=120
        )
        first.copy({"move_id": invoice.id, "sale_line_ids": order.order_line.ids})
        self.assertPasses("invoice_quantity", invoice)

    def test_returned_before_it_is_invoiced_is_not_due(self):
        order = self.ship(self.sell(10, (self.table, 2)))
        chairs, tables = order.order_line
        self.take_back(order.picking_ids, 1, at="2026-03-04 08:00:00")
        invoice = self.bill(order)
        # Odoo would bill both tables: they were ordered
        self.assertEqual(invoice.invoice_line_ids.mapped("quantity"), [9, 2])
        self.assertFails("invoice_quantity", invoice, expected="1", amount=30)
        self.set_lines(invoice, {tables: 1}, "quantity")
        self.assertPasses("invoice_quantity", invoice)
        self.assertPasses("returned_not_credited", invoice)

    def test_replaced_goods_are_due(self):
        order = self.ship(self.sell((self.table, 2)))
        self.take_back(order.picking_ids, 1, at="2026-03-04 08:00:00", exchange=True)
        invoice = self.bill(order)
        self.assertPasses("invoice_quantity", invoice)
        self.ship(order, at="2026-03-05 08:00:00")
        self.assertPasses("invoice_quantity", invoice)

    def test_deposits_and_invoices_without_orders_pass(self):
        order = self.ship(self.sell(10))
        self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": 30,
            }
        ).create_invoices()
        deposit = order.invoice_ids
        free = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "invoice_line_ids": [Command.create({"name": "A", "price_unit": 5})],
            }
        )
        codes = ("invoice_quantity", "invoice_price", "returned_not_credited")
        for code in codes:
            self.assertPasses(code, deposit + free)
        deposit.action_post()
        rest = self.bill(order, final=True)
        self.assertEqual(rest.amount_untaxed, 70)
        for code in codes:
            self.assertPasses(code, rest)

    def test_price_of_the_order_within_either_tolerance(self):
        control = self.get_control("invoice_price")
        order = self.sell((self.table, 10))
        order.order_line.discount = 10
        invoice = self.bill(order)
        line = invoice.invoice_line_ids
        self.assertPasses("invoice_price", invoice)
        # the same net price, however it is spelled
        line.write({"price_unit": 27, "discount": 0})
        self.assertPasses("invoice_price", invoice)
        line.price_unit = 27.27
        found = self.assertFails(
            "invoice_price",
            invoice,
            line=line.id,
            field="price_unit",
            seen="27.27",
            expected="30",
        )
        self.assertAlmostEqual(found.amount, 2.7)
        self.assertIn("27.27", found.text)
        control.tolerance_percent = 1
        self.assertPasses("invoice_price", invoice)
        control.write({"tolerance_percent": 0, "tolerance_amount": 2.7})
        self.assertPasses("invoice_price", invoice)
        line.price_unit = 27.28
        self.assertFails("invoice_price", invoice)

    def test_forgotten_discount_is_named_as_one(self):
        order = self.sell((self.table, 10))
        order.order_line.discount = 10
        invoice = self.bill(order)
        invoice.invoice_line_ids.discount = 0
        self.assertFails(
            "invoice_price",
            invoice,
            field="discount",
            seen="0",
            expected="10",
            amount=30.0,
        )

    def test_price_of_another_unit_is_converted(self):
        order = self.quote((self.table, 1))
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        order.order_line.price_unit = 360
        order.action_confirm()
        invoice = self.bill(order)
        line = invoice.invoice_line_ids
        line.write({"quantity": 12, "product_uom_id": self.table.uom_id.id})
        line.price_unit = 30
        self.assertPasses("invoice_price", invoice)
        line.price_unit = 31
        self.assertFails("invoice_price", invoice, amount=12.0, expected="30")
