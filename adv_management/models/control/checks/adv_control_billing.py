from collections import defaultdict
from typing import NamedTuple

from odoo import models

_SIGNS = {"out_invoice": 1, "out_refund": -1}


class Entry(NamedTuple):
    """What one invoice or credit note says of an order line."""

    line: models.BaseModel  # the first of its lines that does
    quantity: float  # in the order line's unit, negative when credited
    is_rebate: bool  # credits a part of the price only


class Billed(NamedTuple):
    """What one document bills, beside what had been billed before."""

    orders: models.BaseModel
    entries: dict  # Entry by order line
    before: dict  # net quantity by order line, of what is posted or judged before
    judged: models.BaseModel  # order lines on any of the documents


class AdvControlBilling(models.AbstractModel):
    """What customers owe of an order line, and what has been billed of it.

    Odoo's own quantity to invoice counts drafts; here only what is posted counts, and
    documents that are judged together, one after the other.
    """

    _name = "adv.control.billing"
    _description = "What is Due of Orders"

    def _get_sold_lines(self, moves):
        """Return the lines of invoices that bill exactly one order line each."""
        return moves.invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and len(line.sale_line_ids) == 1
                and not line.is_downpayment
                and not line.sale_line_ids.is_downpayment
            )
        )

    def _walk(self, moves):
        """Yield ``(move, Billed)`` of these documents, the oldest first."""
        moves = moves.sorted("id")
        judged = moves.invoice_line_ids.sale_line_ids
        # of all orders at once: what follows finds it in the cache
        every = judged.order_id.order_line
        every.product_id.mapped("invoice_policy")
        every.order_id.mapped("currency_rate")
        every.move_ids.mapped("location_dest_id.usage")
        before = self._read_billed(every, moves)
        for move, sold in self._get_sold_lines(moves).grouped("move_id").items():
            entries = self._read_entries(sold)
            orders = sold.sale_line_ids.order_id
            yield move, Billed(orders, entries, before, judged)
            for sale_line, entry in entries.items():
                before[sale_line] += entry.quantity

    def _read_entries(self, lines):
        """Return ``{order line: Entry}`` of one document."""
        entries = {}
        for line in lines:
            sale_line = line.sale_line_ids
            known = entries.get(sale_line)
            is_rebate = self._is_rebate(line, sale_line)
            if known:
                quantity = known.quantity + self._get_billed(line, sale_line)
                is_rebate = is_rebate and known.is_rebate
                entries[sale_line] = Entry(known.line, quantity, is_rebate)
            else:
                quantity = self._get_billed(line, sale_line)
                entries[sale_line] = Entry(line, quantity, is_rebate)
        return entries

    def _read_billed(self, sale_lines, moves):
        """Return ``{order line: net quantity}`` that other posted documents bill."""
        billed = defaultdict(float)
        for sale_line in sale_lines:
            for line in sale_line.invoice_lines:
                if line.parent_state == "posted" and line.move_id not in moves:
                    billed[sale_line] += self._get_billed(line, sale_line)
        return billed

    def _get_billed(self, line, sale_line):
        """Return the signed quantity of an invoice line, in the order line's unit."""
        unit = line.product_uom_id or sale_line.product_uom_id
        quantity = unit._compute_quantity(
            line.quantity, sale_line.product_uom_id, raise_if_failure=False
        )
        return quantity * _SIGNS.get(line.move_id.move_type, 0)

    def _is_rebate(self, line, sale_line):
        """Return whether a line credits less than the order's price."""
        unit = line.product_uom_id or sale_line.product_uom_id
        net = line.price_unit * (1 - line.discount / 100)
        price = sale_line.product_uom_id._compute_price(sale_line.price_unit, unit)
        price *= 1 - sale_line.discount / 100
        return (
            line.currency_id == sale_line.currency_id
            and line.currency_id.compare_amounts(net, price) < 0
        )

    # ----------------------------------------------------------------------------------
    # What is due
    # ----------------------------------------------------------------------------------

    def _get_due(self, sale_line):
        """Return the quantity that the customer owes in all, in the line's unit.

        What was delivered and kept; by the policy of ordered quantities, what was
        ordered less what came back and is not replaced.
        """
        kept = sale_line.qty_delivered
        is_ordered = sale_line.product_id.invoice_policy == "order"
        if not is_ordered or sale_line.state == "cancel":
            return kept
        returned = self._get_returned(sale_line)
        if returned:
            kept += self._get_underway(sale_line)
        ordered = sale_line.product_uom_qty
        return min(ordered, max(ordered - returned, kept))

    def _get_returned(self, sale_line):
        """Return what came back and is to be refunded, in the line's unit.

        The moves that Odoo takes off the delivered quantity; asking Odoo for them is a
        query a move.
        """
        return sum(
            _in_unit_of(sale_line, move, move.quantity)
            for move in _get_own_moves(sale_line)
            if move.state == "done"
            and move.to_refund
            and move._is_incoming()
            and move.location_dest_id.usage not in ("customer", "inventory")
        )

    def _get_underway(self, sale_line):
        """Return what is still to be sent, in the line's unit.

        Of a chain of moves the last one counts, be it on its way to the customer or on
        the first step of it.
        """
        return sum(
            _in_unit_of(sale_line, move, move.product_uom_qty)
            for move in _get_own_moves(sale_line)
            if move.state not in ("done", "cancel")
            and not move.move_dest_ids
            and move.location_id.usage != "customer"
            and (move.location_final_id or move.location_dest_id).usage == "customer"
        )

    def _get_sale_price(self, sale_line):
        """Return the net unit price of an order line, in company currency."""
        quantity = sale_line.product_uom_qty
        price = sale_line.price_subtotal / quantity if quantity else 0.0
        if not quantity:
            price = sale_line.price_unit * (1 - sale_line.discount / 100)
        return price / (sale_line.order_id.currency_rate or 1.0)


def _get_own_moves(sale_line):
    """Return the moves of the article that was sold, not those of its components."""
    if sale_line.qty_delivered_method != "stock_move":
        return sale_line.move_ids.browse()
    return sale_line.move_ids.filtered(
        lambda move: move.product_id == sale_line.product_id
    )


def _in_unit_of(sale_line, move, quantity):
    return move.product_uom._compute_quantity(
        quantity, sale_line.product_uom_id, rounding_method="HALF-UP"
    )
