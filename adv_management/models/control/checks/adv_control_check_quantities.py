from collections import defaultdict

from odoo import models
from odoo.tools import formatLang

from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .queries import habits
from .quoting import get_moment, in_company


class AdvControlCheckQuantities(models.AbstractModel):
    """Finds lines whose quantities are not what the customer can have meant
    or what we pack.
    """

    _name = "adv.control.check.quantities"
    _description = "Controls of Quantities"

    # ----------------------------------------------------------------------------------
    # Quantities
    # ----------------------------------------------------------------------------------

    def _find_usual_quantity(self, orders):
        """Yield the products of which the customer orders far more or less than usual.

        Usual is the median of his last 12 orders of the product, at least 3, confirmed
        in the ``days`` before the order was quoted; far is more than ``threshold``
        times as much or as little. Lines of the same product count together; the
        finding stands on the largest.
        """
        factor = max(self.threshold, 1.0)
        ordered = self._group_quantities(orders)
        for order_id, product_id, usual in self._read_habits(ordered):
            lines = ordered[order_id, product_id]
            qty = sum(_in_product_unit(line) for line in lines)
            unit = lines.product_id.uom_id
            most, least = usual * factor, usual / factor
            if unit.compare(qty, most) > 0 or unit.compare(qty, least) < 0:
                yield self._report_habit(lines, qty, usual)

    def _group_quantities(self, orders):
        """Return ``{(order id, product id): lines}`` of what is ordered."""
        ordered = defaultdict(self.env["sale.order.line"].browse)
        for order in orders:
            for line in self._product_lines(order):
                if line.product_uom_qty > 0 and line.product_id.type != "combo":
                    ordered[order.id, line.product_id.id] |= line
        return ordered

    def _read_habits(self, ordered):
        if not ordered:
            return []
        # one recordset: what is read of one line is read of all
        first = self.env["sale.order.line"].concat(
            *(lines[0] for lines in ordered.values())
        )
        asked = [
            (
                line.order_id.id,
                line.order_id.partner_id.commercial_partner_id.id,
                line.product_id.id,
                line.product_id.uom_id.factor,
                get_moment(line.order_id),
            )
            for line in first
        ]
        self.env["sale.order"].flush_model(["date_order"])
        self.env["sale.order.line"].flush_model(
            ["product_uom_qty", "product_uom_id", "product_id", "state"]
        )
        statement = habits.usual_quantities(
            self.env.company.id, asked, self.days or 365
        )
        return self.env.execute_query(statement)

    def _report_habit(self, lines, qty, usual):
        line = max(lines, key=_in_product_unit)
        order, unit = line.order_id, line.product_id.uom_id
        expected = ""
        if len(lines) == 1:
            in_line = unit._compute_quantity(usual, line.product_uom_id, round=False)
            expected = as_text(round(in_line, 6))
        amount = abs(sum(lines.mapped("price_subtotal")) * (qty - usual) / qty)
        text = self.env._(
            "%(product)s: %(qty)s %(unit)s, usually %(usual)s",
            product=line.product_id.display_name,
            qty=self._word_qty(qty),
            usual=self._word_qty(usual),
            unit=unit.name,
        )
        return Finding(
            order.id,
            text,
            line=line.id,
            field="product_uom_qty",
            seen=as_text(line.product_uom_qty),
            expected=expected,
            amount=in_company(order, amount),
        )

    def _find_packaging(self, orders):
        """Yield the lines whose quantity is no whole number of packagings.

        Counted in the product's own unit, it has to be a multiple of the smallest of
        the packagings the product is sold in. Products without packagings pass.
        """
        for order in orders:
            for line in self._product_lines(order):
                size, packaging = _get_smallest_packaging(line.product_id)
                qty = _in_product_unit(line)
                if not packaging or qty <= 0:
                    continue
                number = round(qty / size)
                if line.product_id.uom_id.is_zero(qty - number * size):
                    continue
                yield self._report_packaging(line, packaging, size, int(qty // size))

    def _report_packaging(self, line, packaging, size, number):
        unit = line.product_id.uom_id
        above = size * (number + 1)
        in_line = unit._compute_quantity(above, line.product_uom_id, round=False)
        text = self.env._(
            "%(product)s: %(qty)s %(unit)s is no multiple of %(packaging)s "
            "(%(size)s): %(below)s or %(above)s",
            product=line.product_id.display_name,
            qty=self._word_qty(_in_product_unit(line)),
            unit=unit.name,
            packaging=packaging.name,
            size=self._word_qty(size),
            below=self._word_qty(size * number),
            above=self._word_qty(above),
        )
        return Finding(
            line.order_id.id,
            text,
            line=line.id,
            field="product_uom_qty",
            seen=as_text(line.product_uom_qty),
            expected=as_text(round(in_line, 6)),
        )

    def _word_qty(self, qty):
        """Return a quantity without the zeros that say nothing."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        qty = round(qty, digits)
        return formatLang(self.env, qty, digits=0 if qty == int(qty) else digits)


def _in_product_unit(line):
    return line.product_uom_id._compute_quantity(
        line.product_uom_qty, line.product_id.uom_id, round=False
    )


def _get_smallest_packaging(product):
    """Return ``(number of the product's units, packaging)``, or ``(0, none)``."""
    unit = product.uom_id
    sizes = [
        (packaging._compute_quantity(1.0, unit, round=False), packaging)
        for packaging in product.uom_ids
        if packaging != unit and packaging._has_common_reference(unit)
    ]
    return min(sizes, key=lambda each: each[0], default=(0.0, product.uom_id.browse()))
