from odoo import models

from ...field_log.adv_field_log import as_text
from ..adv_controlled import REPLACING
from ..finding import Finding
from .wording import word_quantity


class AdvControlCheckReturns(models.AbstractModel):
    """Whether goods that came back are credited, and credited goods came back."""

    _name = "adv.control.check.returns"
    _inherit = ["adv.control.billing"]
    _description = "Controls of Returns and Credit Notes"

    def _find_returned_not_credited(self, moves):
        """Yield the lines of the orders on an invoice or a credit note whose goods came
        back, to be refunded, and of which that much is invoiced still.

        What this and other posted credit notes give back is taken off; what an invoice
        adds is judged by its own control. In the unit of the order line.
        """
        for move, billed in self._walk(moves):
            goods = billed.orders.order_line.filtered(
                lambda line: line.product_id.type == "consu" and not line.is_downpayment
            )
            for sale_line in goods:
                returned = self._get_returned(sale_line)
                if sale_line.product_uom_id.compare(returned, 0) <= 0:
                    continue
                entry = billed.entries.get(sale_line)
                credited = -min(entry.quantity, 0.0) if entry else 0.0
                charged = billed.before[sale_line] - credited
                open_ = min(returned, charged - self._get_due(sale_line))
                if sale_line.product_uom_id.compare(open_, 0) > 0:
                    yield self._find_uncredited(move, sale_line, entry, credited, open_)

    def _find_uncredited(self, move, sale_line, entry, credited, open_):
        text = self.env._(
            "%(product)s: %(count)s came back and are not credited (%(order)s)",
            product=sale_line.product_id.display_name,
            count=word_quantity(self.env, open_),
            order=sale_line.order_id.name,
        )
        return Finding(
            move.id,
            text,
            line=entry.line.id if entry else None,
            field="quantity" if entry else None,
            seen=as_text(credited),
            expected=as_text(credited + open_),
            amount=open_ * self._get_sale_price(sale_line),
            fix=("sale.order", sale_line.order_id.id),
        )

    def _find_credited_not_returned(self, moves):
        """Yield the lines of credit notes that give back goods which the customer keeps
        and owes, and which no draft charges again.

        A line below the order's price gives back a part of the price, no goods. In the
        unit of the order line.
        """
        # the new draft of the whole invoice comes right after the credit note
        is_replacing = self.env.context.get("adv_replacing") is REPLACING
        for move, billed in self._walk(moves):
            if move.move_type != "out_refund" or is_replacing:
                continue
            for sale_line, entry in billed.entries.items():
                if sale_line.product_id.type != "consu" or entry.is_rebate:
                    continue
                charged = billed.before[sale_line] + entry.quantity
                charged += self._get_drafted(sale_line, move, moves)
                excess = min(self._get_due(sale_line) - charged, -entry.quantity)
                if sale_line.product_uom_id.compare(excess, 0) > 0:
                    yield self._find_overcredited(move, sale_line, entry, excess)

    def _get_drafted(self, sale_line, move, moves):
        """Return the quantity on draft invoices, in the order line's unit; of the
        documents that are judged with this one, on those that come after it.
        """
        return sum(
            self._get_billed(line, sale_line)
            for line in sale_line.invoice_lines
            if line.parent_state == "draft"
            and line.move_id.move_type == "out_invoice"
            and (line.move_id not in moves or line.move_id.id > move.id)
        )

    def _find_overcredited(self, move, sale_line, entry, excess):
        credited = -entry.quantity
        text = self.env._(
            "%(product)s: %(seen)s credited, %(expected)s to credit",
            product=sale_line.product_id.display_name,
            seen=word_quantity(self.env, credited),
            expected=word_quantity(self.env, credited - excess),
        )
        return Finding(
            move.id,
            text,
            line=entry.line.id,
            field="quantity",
            seen=as_text(credited),
            expected=as_text(credited - excess),
            amount=excess * self._get_sale_price(sale_line),
        )
