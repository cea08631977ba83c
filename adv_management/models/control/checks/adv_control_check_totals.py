from odoo import models

from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .quoting import in_company


class AdvControlCheckTotals(models.AbstractModel):
    """Finds orders that are too small, or are not the order that the customer sent."""

    _name = "adv.control.check.totals"
    _description = "Controls of Totals"

    # ----------------------------------------------------------------------------------
    # What the customer was told
    # ----------------------------------------------------------------------------------

    def _find_minimum_order(self, orders):
        """Yield the orders that are worth less than the customer's minimum.

        The goods' untaxed amount in company currency, without carriage and rewards,
        against the customer's own minimum, else ``threshold``; none: nothing is
        controlled. Left out: orders without goods, and those free for a reason.
        """
        for order in orders:
            customer = order.partner_id.commercial_partner_id
            minimum = customer.adv_minimum_order or self.threshold
            lines = self._product_lines(order)
            if not minimum or all(line.adv_free_reason for line in lines):
                continue
            total = in_company(order, sum(lines.mapped("price_subtotal")))
            if self._compare_amounts(total, minimum) < 0:
                text = self.env._(
                    "%(total)s of goods, the minimum is %(minimum)s",
                    total=self._word_amount(total),
                    minimum=self._word_amount(minimum),
                )
                yield Finding(
                    order.id,
                    text,
                    seen=as_text(total),
                    expected=as_text(minimum),
                    amount=minimum - total,
                )

    # ----------------------------------------------------------------------------------
    # What the customer sent
    # ----------------------------------------------------------------------------------

    def _find_control_totals(self, orders):
        """Yield the orders that differ from the totals typed at their receipt.

        Only what was typed is compared: the number of product lines, exactly, and the
        untaxed amount in the order's currency, that of the goods or of the whole order
        with carriage and discounts. It may differ by ``tolerance_percent`` or by
        ``tolerance_amount`` in company currency, whichever allows more.
        """
        for order in orders:
            lines = self._product_lines(order)
            if order.adv_control_line_count:
                yield from self._check_line_count(order, lines)
            if order.adv_control_amount_untaxed:
                yield from self._check_amount(order, lines)

    def _check_line_count(self, order, lines):
        count = len(lines.filtered(lambda line: not line.combo_item_id))
        if count == order.adv_control_line_count:
            return
        text = self.env._(
            "Lines entered: %(seen)s, on the customer's order: %(expected)s",
            seen=count,
            expected=order.adv_control_line_count,
        )
        yield Finding(
            order.id,
            text,
            seen=str(count),
            expected=str(order.adv_control_line_count),
        )

    def _check_amount(self, order, lines):
        typed = order.adv_control_amount_untaxed
        goods = sum(lines.mapped("price_subtotal"))
        gaps = [abs(goods - typed), abs(order.amount_untaxed - typed)]
        gap = min(gaps)
        impact = in_company(order, gap)
        allowed = abs(typed) * self.tolerance_percent / 100
        if order.currency_id.compare_amounts(gap, allowed) <= 0:
            return
        if self._compare_amounts(impact, self.tolerance_amount) <= 0:
            return
        seen = goods if gaps[0] <= gaps[1] else order.amount_untaxed
        word = order.currency_id.format
        text = self.env._(
            "%(seen)s untaxed entered, %(expected)s on the customer's order",
            seen=word(seen),
            expected=word(typed),
        )
        yield Finding(
            order.id,
            text,
            field="amount_untaxed",
            seen=as_text(order.amount_untaxed),
            expected=as_text(typed),
            amount=impact,
        )

    # ----------------------------------------------------------------------------------
    # Common
    # ----------------------------------------------------------------------------------

    def _compare_amounts(self, amount, other):
        """Compare two amounts in company currency."""
        return self.env.company.currency_id.compare_amounts(amount, other)

    def _word_amount(self, amount):
        return self.env.company.currency_id.format(amount)
