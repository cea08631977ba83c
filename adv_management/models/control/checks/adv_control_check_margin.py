from odoo import models
from odoo.tools import float_compare, formatLang

from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .quoting import (
    get_global_discounts,
    get_net,
    gross_up,
    in_company,
    in_order,
    is_shared_out,
)


class AdvControlCheckMargin(models.AbstractModel):
    """Finds lines that earn too little."""

    _name = "adv.control.check.margin"
    _description = "Control of the Margin"

    def _find_margin(self, orders):
        """Yield the lines that earn less than ``threshold`` per cent of their price.

        The cost is the one on the line where Odoo's margins are installed, else the
        cost of the product, in the unit and currency of the line. A discount on the
        whole order takes its share off every line. Left out: products without a cost,
        and lines that are free for a stated reason. The impact is what is missing to
        the floor.
        """
        rate = 1 - min(self.threshold, 99.99) / 100
        left = self._get_left(orders)
        for line in self._paid_lines(orders):
            cost = _get_cost(line)
            net = get_net(line) * left[line.order_id]
            if line.product_uom_qty <= 0 or cost <= 0 or is_shared_out(line):
                continue
            if float_compare(net * rate, cost, precision_digits=6) >= 0:
                continue
            currency = line.order_id.currency_id
            missing = (cost / rate - net) * line.product_uom_qty
            yield Finding(
                line.order_id.id,
                self.env._(
                    "%(product)s: %(price)s net against a cost of %(cost)s, %(margin)s",
                    product=line.product_id.display_name,
                    price=self._word_price(net, currency),
                    cost=self._word_price(cost, currency),
                    margin=self._word_margin(net, cost),
                ),
                line=line.id,
                field="price_unit",
                seen=as_text(line.price_unit),
                expected=as_text(round(gross_up(line, cost / rate, net), 6)),
                amount=in_company(line.order_id, missing),
            )

    def _get_left(self, orders):
        """Return ``{order: share}``: what discounts on the whole leave of the lines."""
        left = dict.fromkeys(orders, 1.0)
        for order, (_lines, taken) in get_global_discounts(orders.order_line).items():
            lines = self._product_lines(order)
            total = sum(get_net(line) * line.product_uom_qty for line in lines)
            left[order] = max(1 - taken / total, 0.0) if total > 0 else 1.0
        return left

    def _word_margin(self, net, cost):
        if net <= 0:
            return self.env._("no margin at all")
        margin = formatLang(self.env, (net - cost) / net * 100, digits=1)
        return self.env._("margin %s %%", margin)


def _get_cost(line):
    """Return the cost of a unit as sold, in the order's currency."""
    if "purchase_price" in line._fields:
        return line.purchase_price
    product, order = line.product_id, line.order_id
    cost = product.uom_id._compute_price(product.standard_price, line.product_uom_id)
    return in_order(order, cost)
