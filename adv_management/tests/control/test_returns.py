from odoo import Command
from odoo.tests import tagged

from .billing import Billing
from .common import ControlCase


@tagged("post_install", "-at_install")
class TestReturns(Billing, ControlCase):
    """Ten chairs at 10 were delivered and invoiced; some of them come back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = cls._create_product("Table", list_price=30, invoice_policy="order")

    def deal(self, *goods, returned=3):
        """Return an order, and its posted invoice; each article came back."""
        order = self.ship(self.sell(*(goods or (10,))))
        invoice = self.bill(order, post=True)
        if returned:
            self.take_back(order.picking_ids, returned, at="2026-03-04 08:00:00")
        return order, invoice

    def test_credit_note_gives_back_what_came_back(self):
        for goods, price in (((10,), 10), (((self.table, 10),), 30)):
            order, invoice = self.deal(*goods)
            line = order.order_line
            note = self.credit(invoice, {line: 3})
            self.assertPasses("returned_not_credited", note)
            self.assertPasses("credited_not_returned", note)
            self.set_lines(note, {line: 2}, "quantity")
            self.assertFails(
                "returned_not_credited",
                note,
                seen="2",
                expected="3",
                amount=1.0 * price,
                line=note.invoice_line_ids.id,
                fix=("sale.order", order.id),
            )
            self.assertPasses("credited_not_returned", note)
            self.set_lines(note, {line: 5}, "quantity")
            self.assertPasses("returned_not_credited", note)
            self.assertFails(
                "credited_not_returned",
                note,
                seen="5",
                expected="3",
                amount=2.0 * price,
                line=note.invoice_line_ids.id,
            )

    def test_next_invoice_of_the_order_tells_what_is_not_credited(self):
        order, _invoice = self.deal()
        order.order_line = [
            Command.create({"product_id": self.table.id, "product_uom_qty": 1})
        ]
        table = order.order_line[1]
        invoice = order._create_invoices(final=True)
        self.assertEqual(invoice.invoice_line_ids.mapped("quantity"), [-3, 1])
        for code in ("returned_not_credited", "invoice_quantity", "invoice_price"):
            self.assertPasses(code, invoice)
        invoice.invoice_line_ids.filtered(
            lambda line: line.sale_line_ids != table
        ).unlink()
        found = self.assertFails("returned_not_credited", invoice, line=None, amount=30)
        self.assertIn("Chaise: 3 came back and are not credited", found.text)

    def test_goods_sent_back_without_refund_are_not_to_credit(self):
        order, invoice = self.deal(returned=0)
        with self.act("2026-03-04 08:00:00"):
            wizard = self.env["stock.return.picking"].create(
                {"picking_id": order.picking_ids.id}
            )
            wizard.product_return_moves.write({"quantity": 3, "to_refund": False})
            back = wizard._create_return()
            back.move_ids.write({"quantity": 3, "picked": True})
            back.button_validate()
        note = self.credit(invoice, {order.order_line: 3})
        self.assertPasses("returned_not_credited", note)
        self.assertFails("credited_not_returned", note, seen="3", expected="0")

    def test_credit_in_two_steps(self):
        order, invoice = self.deal()
        line = order.order_line
        first = self.credit(invoice, {line: 2}, post=True)
        second = self.credit(invoice, {line: 1})
        self.assertPasses("returned_not_credited", second)
        self.assertPasses("credited_not_returned", second)
        # both are looked at together after the fact
        self.assertPasses("credited_not_returned", first + second)
        self.set_lines(second, {line: 2}, "quantity")
        self.assertFails("credited_not_returned", second, expected="1", amount=10)

    def test_part_of_the_price_given_back_is_no_return(self):
        order, invoice = self.deal(returned=0)
        line = order.order_line
        note = self.credit(invoice, prices={line: 1})
        for code in ("credited_not_returned", "invoice_price"):
            self.assertPasses(code, note)
        self.set_lines(note, {line: 11}, "price_unit")
        self.assertFails("invoice_price", note, expected="10", amount=10)
        self.assertFails("credited_not_returned", note, expected="0", amount=100)

    def test_wrong_price_is_given_back_as_it_was_charged(self):
        order = self.ship(self.sell(10))
        invoice = self.bill(order)
        self.set_lines(invoice, {order.order_line: 12}, "price_unit")
        invoice.action_post()
        note = self.credit(invoice)
        self.assertEqual(note.invoice_line_ids.price_unit, 12)
        self.assertPasses("invoice_price", note)

    def test_invoice_that_is_reversed_and_made_anew(self):
        self.set_blocking("credited_not_returned")
        order, invoice = self.deal(returned=0)
        wizard = self.env["account.move.reversal"].create(
            {
                "move_ids": [Command.set(invoice.ids)],
                "journal_id": invoice.journal_id.id,
            }
        )
        again = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        note = invoice.reversal_move_ids
        self.assertEqual((note.state, again.state), ("posted", "draft"))
        self.assertPasses("credited_not_returned", note)
        # until the new draft charges less, or is gone
        self.set_lines(again, {order.order_line: 6}, "quantity")
        self.assertFails("credited_not_returned", note, seen="10", expected="6")
        again.unlink()
        self.assertFails("credited_not_returned", note, seen="10", expected="0")

    def test_draft_invoice_that_is_posted_with_its_credit_note_counts_once(self):
        order, invoice = self.deal(returned=0)
        order.order_line.product_uom_qty = 15
        self.ship(order, [5], at="2026-03-04 08:00:00")
        rest = self.bill(order)
        note = self.credit(invoice, {order.order_line: 5})
        self.assertLess(rest.id, note.id)
        found = self.judge("credited_not_returned", rest + note)
        self.assertEqual([(each.seen, each.expected) for each in found], [("5", "0")])

    def test_too_much_invoiced_or_never_delivered_is_credited(self):
        order = self.ship(self.sell(10), [6])
        invoice = self.bill(order, {order.order_line: 10}, post=True)
        self.assertPasses(
            "credited_not_returned", self.credit(invoice, {order.order_line: 4})
        )
        tables = self.sell((self.table, 5))
        invoice = self.bill(tables, post=True)
        tables._action_cancel()
        self.assertPasses("credited_not_returned", self.credit(invoice))

    def test_quantity_that_was_cut_after_a_return_is_not_taken_off_twice(self):
        order, invoice = self.deal((self.table, 10))
        order.order_line.product_uom_qty = 7
        note = self.credit(invoice, {order.order_line: 3})
        self.assertPasses("returned_not_credited", note)
        self.assertPasses("credited_not_returned", note)

    def test_eight_invoices_cost_as_many_queries_as_two(self):
        notes = self.env["account.move"]
        for _each in range(8):
            order, invoice = self.deal()
            notes |= self.credit(invoice, {order.order_line: 2})
        for code in (
            *("invoice_quantity", "invoice_price"),
            *("returned_not_credited", "credited_not_returned"),
        ):
            self.judge(code, notes)
            counts = []
            for documents in (notes[:2], notes):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.judge(code, documents)
                counts.append(self.env.cr.sql_log_count - before)
            self.assertLessEqual(counts[1], counts[0], code)
