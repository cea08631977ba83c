"""Invoices, returns and credit notes, as accountants make them."""

from odoo import Command, fields


class Billing:
    """A mixin of ``ControlCase`` that invoices what was delivered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_books()
        cls.product.invoice_policy = "delivery"

    def bill(self, order, quantities=None, *, final=False, post=False):
        """Return the draft invoice of an order.

        :param quantities: ``{order line: quantity}`` where others are typed
        """
        invoice = order._create_invoices(final=final)
        self.set_lines(invoice, quantities, "quantity")
        if post:
            invoice.action_post()
        return invoice

    def credit(self, invoice, quantities=None, *, prices=None, post=False):
        """Return the draft credit note of an invoice; lines with 0 are taken out."""
        wizard = self.env["account.move.reversal"].create(
            {
                "move_ids": [Command.set(invoice.ids)],
                "journal_id": invoice.journal_id.id,
                "date": fields.Date.today(),
            }
        )
        note = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        self.set_lines(note, quantities, "quantity")
        self.set_lines(note, prices, "price_unit")
        note.invoice_line_ids.filtered(lambda line: not line.quantity).unlink()
        if post:
            note.action_post()
        return note

    def set_lines(self, move, values, field):
        for line in move.invoice_line_ids:
            if values and line.sale_line_ids in values:
                line[field] = values[line.sale_line_ids]

    def ship(self, order, quantities=None, at="2026-03-03 08:00:00", **kwargs):
        """Deliver, and return the order."""
        self.deliver(order, quantities, at=at, **kwargs)
        return order
