from odoo import api, models
from odoo.tools import float_compare

from ..field_log.adv_field_log import as_text
from .proposal import Proposal


class AdvEntryErrorCrediting(models.AbstractModel):
    """Sources: what had to be credited to a customer, and what came back from him.

    A credit note says by what it changes which error made it necessary; goods that came
    back explain their credit themselves.
    """

    _name = "adv.entry.error.crediting"
    _description = "Credit Notes and Returns as Entry Errors"

    # ----------------------------------------------------------------------------------
    # What to look at
    # ----------------------------------------------------------------------------------

    @api.model
    def _watch_credit_notes(self, moves):
        """Note credit notes of customers' orders to be looked through by the job."""
        notes = moves.filtered(lambda move: move.move_type == "out_refund")
        # sudo: whoever posts invoices may not read orders; only ids are noted.
        linked = notes.sudo().filtered("invoice_line_ids.sale_line_ids")
        self._note([{"move_id": move.id} for move in linked])

    @api.model
    def _watch_returns(self, pickings):
        """Note done returns of goods that were sold."""
        done = pickings.filtered(
            lambda picking: picking.state == "done" and picking.return_id
        )
        # sudo: whoever moves goods may not read orders; only ids are noted.
        linked = done.sudo().filtered("move_ids.sale_line_id")
        self._note([{"picking_id": picking.id} for picking in linked])

    @api.model
    def _note(self, vals_list):
        if vals_list:
            # sudo: nobody but the job reads what is noted.
            self.env["adv.entry.error.todo"].sudo().create(vals_list)

    # ----------------------------------------------------------------------------------
    # Credit notes
    # ----------------------------------------------------------------------------------

    @api.model
    def _propose_credits(self, moves):
        """Propose what these posted credit notes repair."""
        posted = moves.filtered(lambda move: move.state == "posted")
        lines = posted.invoice_line_ids.filtered(
            lambda line: line.sale_line_ids and line.display_type == "product"
        )
        returned = self._get_returned(lines.sale_line_ids)
        proposals = [
            self._prepare_credit(line, sale_line)
            for line in lines
            for sale_line in line.sale_line_ids[:1]
            if not sale_line.is_downpayment
            if float_compare(line.quantity, returned.get(sale_line, 0), 2) > 0
        ]
        self._propose(proposals)

    @api.model
    def _get_returned(self, sale_lines):
        """Return ``{order line: quantity}`` that customers sent back."""
        returned = {}
        for move in sale_lines.move_ids:
            if move.state == "done" and self._is_return(move):
                line = move.sale_line_id
                quantity = move.product_uom._compute_quantity(
                    move.quantity, line.product_uom_id
                )
                returned[line] = returned.get(line, 0) + quantity
        return returned

    @api.model
    def _is_return(self, move):
        return move.location_id.usage == "customer" and move.origin_returned_move_id

    @api.model
    def _prepare_credit(self, line, sale_line):
        bill = self._get_invoiced(line, sale_line)
        code, name = self._get_difference(line, bill)
        wrong = right = None
        if name:
            wrong = as_text(bill[name])
            right = as_text(self._get_right_value(line, bill, name))
        order_name = "product_uom_qty" if name == "quantity" else name
        return Proposal(
            order_id=sale_line.order_id.id,
            code=code,
            source="credit_note",
            evidence=f"credit:{line.id if name else line.move_id.id}",
            at=self.env.cr.now().replace(microsecond=0),
            line_id=sale_line.id,
            product_id=sale_line.product_id.id,
            field_name=order_name,
            value_wrong=wrong,
            value_right=right,
            amount=line.balance if name else line.move_id.amount_untaxed_signed,
            extra={"credit_note_id": line.move_id.id},
        )

    @api.model
    def _get_invoiced(self, line, sale_line):
        """Return the invoice line that a credit note line repairs, if it shows."""
        bills = sale_line.invoice_lines.filtered(
            lambda each: (
                each.parent_state == "posted"
                and each.move_id.move_type == "out_invoice"
            )
        )
        reversed_move = line.move_id.reversed_entry_id
        same = bills.filtered(lambda each: each.move_id == reversed_move)
        return (same or bills).sorted("id")[-1:]

    @api.model
    def _get_difference(self, line, bill):
        """Return ``(type, field)`` of what a credit changes of its invoice line.

        A part of the price: the price; a part of the quantity: the quantity; all of it
        says nothing but that it was credited.
        """
        if not bill:
            return "CRD", None
        currency = line.currency_id
        if currency.compare_amounts(line.price_unit, bill.price_unit):
            return "PRX", "price_unit"
        if float_compare(line.discount, bill.discount, 2):
            return "REM", "discount"
        if float_compare(line.quantity, bill.quantity, 2):
            return "QTE", "quantity"
        return "CRD", None

    @api.model
    def _get_right_value(self, line, bill, name):
        """Return what the invoice should have said, where the credit lets it show."""
        if name == "discount":
            return None
        return line.currency_id.round(bill[name] - line[name])

    # ----------------------------------------------------------------------------------
    # Returns
    # ----------------------------------------------------------------------------------

    @api.model
    def _propose_returns(self, pickings):
        """Propose that what came back had been entered wrongly."""
        moves = pickings.move_ids.filtered(
            lambda move: (
                move.state == "done" and move.sale_line_id and self._is_return(move)
            )
        )
        self._propose([self._prepare_return(move) for move in moves])

    @api.model
    def _prepare_return(self, move):
        line = move.sale_line_id
        quantity = move.product_uom._compute_quantity(
            move.quantity, line.product_uom_id
        )
        is_all = float_compare(quantity, line.product_uom_qty, 2) >= 0
        wrong = line.product_id if is_all else line.product_uom_qty
        return Proposal(
            order_id=line.order_id.id,
            code="REF" if is_all else "QTE",
            source="return",
            evidence=f"return:{move.id}",
            at=move.date,
            line_id=line.id,
            product_id=line.product_id.id,
            field_name="product_id" if is_all else "product_uom_qty",
            value_wrong=as_text(wrong),
            value_right=None if is_all else as_text(line.product_uom_qty - quantity),
            extra={"picking_id": move.picking_id.id},
        )
