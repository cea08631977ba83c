from odoo import models

from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .wording import word_quantity


class AdvControlCheckInvoices(models.AbstractModel):
    """Whether an invoice says what was ordered and delivered, at the order's price.

    Lines without an order line, deposits, sections and lines that several order lines
    share are left aside. See ``adv.control.billing`` for what is due.
    """

    _name = "adv.control.check.invoices"
    _inherit = ["adv.control.billing"]
    _description = "Controls of Invoices"

    def _find_invoice_quantity(self, moves):
        """Yield the invoice lines, and the lines of their orders that are missing, of
        another quantity than what is due.

        Due is what was ordered or delivered, by the article's invoicing policy, net of
        returns and of what other posted invoices and credit notes say. In the unit of
        the order line; the amount is net, in company currency.
        """
        for move, billed in self._walk(moves):
            if move.move_type != "out_invoice":
                continue
            for sale_line, entry in billed.entries.items():
                due = self._get_due(sale_line) - billed.before[sale_line]
                if sale_line.product_uom_id.compare(entry.quantity, due):
                    yield self._find_wrong_quantity(move, sale_line, entry, due)
            yield from self._find_missing_lines(move, billed)

    def _find_wrong_quantity(self, move, sale_line, entry, due):
        due = max(due, 0.0) if entry.quantity >= 0 else due
        text = self.env._(
            "%(product)s: %(seen)s invoiced, %(due)s to invoice",
            product=sale_line.product_id.display_name,
            seen=word_quantity(self.env, entry.quantity),
            due=word_quantity(self.env, due),
        )
        return Finding(
            move.id,
            text,
            line=entry.line.id,
            field="quantity",
            seen=as_text(entry.quantity),
            expected=as_text(due),
            amount=abs(entry.quantity - due) * self._get_sale_price(sale_line),
        )

    def _find_missing_lines(self, move, billed):
        """Yield the lines of its orders that an invoice should have and has not."""
        for order in billed.orders:
            for line in self._product_lines(order):
                if line in billed.judged or line.product_id.type == "combo":
                    continue
                due = self._get_due(line) - billed.before[line]
                if line.product_uom_id.compare(due, 0) <= 0:
                    continue
                text = self.env._(
                    "%(product)s: not on the invoice, %(due)s to invoice (%(order)s)",
                    product=line.product_id.display_name,
                    due=word_quantity(self.env, due),
                    order=order.name,
                )
                yield Finding(
                    move.id,
                    text,
                    expected=f"{line.id}: {as_text(due)}",
                    amount=due * self._get_sale_price(line),
                    fix=("sale.order", order.id),
                )

    def _find_invoice_price(self, moves):
        """Yield the invoice lines at another price than the order's, both net of the
        discount and per unit of the invoice line.

        ``tolerance_percent`` of the order's price, or ``tolerance_amount`` on the line
        in company currency: within either it passes. A credit note may give back less
        than what was charged, never more; the invoice that it reverses counts, too.
        Invoices in another currency than the order's are left aside.
        """
        for line in self._get_sold_lines(moves):
            sale_line = line.sale_line_ids
            if line.currency_id != sale_line.currency_id:
                continue
            expected = self._get_charged_price(line, sale_line)
            net = line.price_unit * (1 - line.discount / 100)
            gap = net - expected
            if line.move_id.move_type == "out_refund" and gap < 0:
                continue
            if not self._is_tolerated(line, gap, expected):
                yield self._find_wrong_price(line, sale_line, net, expected)

    def _find_wrong_price(self, line, sale_line, net, expected):
        text = self.env._(
            "%(product)s: %(seen)s instead of %(expected)s",
            product=line.product_id.display_name or line.name,
            seen=line.currency_id.format(net),
            expected=line.currency_id.format(expected),
        )
        rate = line.move_id.invoice_currency_rate or 1.0
        is_discount = line.currency_id.is_zero(
            line.price_unit - self._get_list_price(line, sale_line)
        )
        return Finding(
            line.move_id.id,
            text,
            line=line.id,
            field="discount" if is_discount else "price_unit",
            seen=as_text(line.discount if is_discount else line.price_unit),
            expected=as_text(
                sale_line.discount
                if is_discount
                else self._get_list_price(line, sale_line)
            ),
            amount=abs((net - expected) * line.quantity / rate),
        )

    def _is_tolerated(self, line, gap, expected):
        """Return whether a difference of price is too small to matter."""
        digits = self.env["decimal.precision"].precision_get("Product Price")
        if abs(gap) < 0.5 * 10**-digits:
            return True
        percent = abs(expected) * self.tolerance_percent / 100
        rate = line.move_id.invoice_currency_rate or 1.0
        on_line = abs(gap * line.quantity) / rate
        # a cent of a cent is how floats are wrong, not prices
        return abs(gap) <= percent + 1e-6 or on_line <= self.tolerance_amount + 1e-6

    def _get_list_price(self, line, sale_line):
        """Return the order's unit price before discount, in the invoice line's unit."""
        return sale_line.product_uom_id._compute_price(
            sale_line.price_unit, line.product_uom_id or sale_line.product_uom_id
        )

    def _get_charged_price(self, line, sale_line):
        """Return the net unit price that a line has to show, in its unit.

        What a wrong invoice charged may be given back as it was charged.
        """
        price = self._get_list_price(line, sale_line) * (1 - sale_line.discount / 100)
        wrong = line.move_id.reversed_entry_id.invoice_line_ids.filtered(
            lambda charged: (
                charged.sale_line_ids == sale_line
                and charged.product_uom_id == line.product_uom_id
            )
        )
        charged = [each.price_unit * (1 - each.discount / 100) for each in wrong]
        return max([price, *charged]) if charged else price
