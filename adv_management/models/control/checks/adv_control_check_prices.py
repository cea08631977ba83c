from odoo import models
from odoo.tools import float_compare, float_is_zero, formatLang

from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .quoting import get_net, in_company, in_order, quote_lines


class AdvControlCheckPrices(models.AbstractModel):
    """Finds lines that are sold at another price than the customer should get."""

    _name = "adv.control.check.prices"
    _description = "Controls of Prices"

    # ----------------------------------------------------------------------------------
    # The price list
    # ----------------------------------------------------------------------------------

    def _find_price(self, orders):
        """Yield the lines whose net price is not the one of the order's price list.

        Compared is what a unit costs net of discount and of included taxes, with what
        the price list of the order says at the day of its prices for that product,
        quantity, unit and currency. A difference passes up to ``tolerance_percent`` of
        the list's price a unit, or up to ``tolerance_amount`` on the whole line in
        company currency, whichever allows more. Left out: a product without a price on
        the list, and lines that are free for a stated reason.
        """
        for line, quote in quote_lines(self, self._paid_lines(orders)):
            if quote.net <= 0:
                continue
            gap = abs(quote.seen - quote.net)
            allowed = max(quote.net * self.tolerance_percent / 100, quote.slack)
            if float_compare(gap, allowed, precision_digits=6) <= 0:
                continue
            amount = in_company(line.order_id, gap * abs(line.product_uom_qty))
            if float_compare(amount, self.tolerance_amount, precision_digits=6) > 0:
                yield self._report_price(line, quote, amount)

    def _report_price(self, line, quote, amount):
        currency = line.order_id.currency_id
        name, seen, expected = _locate(line, quote)
        text = self.env._(
            "%(product)s: %(seen)s net instead of %(expected)s by the price list",
            product=line.product_id.display_name,
            seen=self._word_price(quote.seen, currency),
            expected=self._word_price(quote.net, currency),
        )
        return Finding(
            line.order_id.id,
            text,
            line=line.id,
            field=name,
            seen=as_text(seen),
            expected=as_text(expected),
            amount=amount,
        )

    # ----------------------------------------------------------------------------------
    # What salespeople give away
    # ----------------------------------------------------------------------------------

    def _find_discount(self, orders):
        """Yield the lines on which the salesperson gives more than he may.

        What he gives is how far the net price lies under the customer's price list, in
        per cent of it, whether typed as a discount or as a lower price; the discounts
        of the list itself are not his. Without a price on the list it is the discount
        of the line. He may give the ceiling of his user, else ``threshold``. The
        impact is what lies beyond.
        """
        for line, quote in quote_lines(self, self._paid_lines(orders)):
            user = line.order_id.user_id
            ceiling = user.adv_discount_ceiling or self.threshold
            given = line.discount
            if quote.net > 0:
                given = (quote.net - quote.seen) / quote.net * 100
            if float_compare(given, ceiling, precision_digits=2) > 0:
                yield self._report_discount(line, quote, given, ceiling)

    def _report_discount(self, line, quote, given, ceiling):
        lowest = quote.net * (1 - ceiling / 100)
        lost = max(lowest - quote.seen, 0.0) * abs(line.product_uom_qty)
        name = "discount" if line.discount else "price_unit"
        expected = (
            _get_discount(line, quote, lowest, ceiling)
            if line.discount
            else _gross_up(line, lowest, quote.seen)
        )
        user = line.order_id.user_id
        text = self.env._(
            "%(product)s: %(given)s %% given, %(user)s may give %(ceiling)s %%",
            product=line.product_id.display_name,
            given=formatLang(self.env, given),
            ceiling=formatLang(self.env, ceiling),
            user=user.name or self.env._("an order without salesperson"),
        )
        return Finding(
            line.order_id.id,
            text,
            line=line.id,
            field=name,
            seen=as_text(line[name]),
            expected=as_text(round(expected, 6)),
            amount=in_company(line.order_id, lost),
        )

    # ----------------------------------------------------------------------------------
    # The margin
    # ----------------------------------------------------------------------------------

    def _find_margin(self, orders):
        """Yield the lines that earn less than ``threshold`` per cent of their price.

        The cost is the one on the line where Odoo's margins are installed, else the
        cost of the product, in the unit and currency of the line. Left out: products
        without a cost, and lines that are free for a stated reason. The impact is what
        is missing to the floor.
        """
        rate = 1 - min(self.threshold, 99.99) / 100
        for line in self._paid_lines(orders):
            cost = _get_cost(line)
            net = get_net(line)
            if line.product_uom_qty <= 0 or cost <= 0 or _is_shared_out(line):
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
                expected=as_text(round(_gross_up(line, cost / rate, net), 6)),
                amount=in_company(line.order_id, missing),
            )

    def _word_margin(self, net, cost):
        if net <= 0:
            return self.env._("no margin at all")
        margin = formatLang(self.env, (net - cost) / net * 100, digits=1)
        return self.env._("margin %s %%", margin)

    # ----------------------------------------------------------------------------------
    # Free of charge
    # ----------------------------------------------------------------------------------

    def _find_free_price(self, orders):
        """Yield the lines that cost nothing and do not say why.

        The impact is what they would cost by the product's sales price. Where that is
        zero as well, it is the product that has to be completed.
        """
        for line in self._paid_lines(orders):
            if not (line.product_uom_qty and _is_free(line)) or _is_shared_out(line):
                continue
            product = line.product_id
            price = product.uom_id._compute_price(
                product.lst_price, line.product_uom_id
            )
            is_typed = not line.price_unit
            yield Finding(
                line.order_id.id,
                self.env._("%s: free of charge without a reason", product.display_name),
                line=line.id,
                field="price_unit" if is_typed else "discount",
                seen=as_text(line.price_unit if is_typed else line.discount),
                amount=product.currency_id.round(price * abs(line.product_uom_qty)),
                fix=None if price else ("product.product", product.id),
            )

    # ----------------------------------------------------------------------------------
    # Common
    # ----------------------------------------------------------------------------------

    def _paid_lines(self, orders):
        """Return the product lines that are not free for a stated reason."""
        lines = self.env["sale.order.line"].concat(
            *(self._product_lines(order) for order in orders)
        )
        return lines.filtered(
            lambda line: not (line.adv_free_reason and _is_free(line))
        )

    def _word_price(self, price, currency):
        """Return a price with the digits that prices have, which may be more than
        those of amounts.
        """
        digits = self.env["decimal.precision"].precision_get("Product Price")
        number = formatLang(
            self.env, price, digits=max(digits, currency.decimal_places)
        )
        pieces = [number, currency.symbol or currency.name]
        if currency.position == "before":
            pieces.reverse()
        return "\N{NO-BREAK SPACE}".join(pieces)


def _is_free(line):
    price = line.price_unit * (1 - (line.discount or 0.0) / 100)
    return float_is_zero(price, precision_digits=6)


def _is_shared_out(line):
    """Whether a combo's price is spread over several lines: none has its own."""
    return bool(line.combo_item_id) or line.product_id.type == "combo"


def _get_cost(line):
    """Return the cost of a unit as sold, in the order's currency."""
    if "purchase_price" in line._fields:
        return line.purchase_price
    product, order = line.product_id, line.order_id
    cost = product.uom_id._compute_price(product.standard_price, line.product_uom_id)
    return in_order(order, cost)


def _get_discount(line, quote, lowest, ceiling):
    """Return the highest discount that keeps to the lowest net price."""
    rest = 1 - line.discount / 100
    if quote.net <= 0 or quote.seen <= 0 or rest <= 0:
        return ceiling
    return (1 - lowest * rest / quote.seen) * 100


def _gross_up(line, wanted, net):
    """Return the price to type for a net price, the line's discount being as it is."""
    if net > 0:
        return line.price_unit * wanted / net
    return wanted


def _locate(line, quote):
    """Return the field that makes the price wrong, its value, and the value it should
    have, the other one being as it is.

    Where the price is the list's, it is the discount.
    """
    rest = 1 - (line.discount or 0.0) / 100
    digits = line.env["decimal.precision"].precision_get("Product Price")
    is_list_price = not float_compare(
        line.price_unit, quote.price_unit, precision_digits=digits
    )
    if is_list_price or not rest:
        return "discount", line.discount, round(quote.discount, 6)
    wanted = quote.price_unit * (1 - quote.discount / 100) / rest
    return "price_unit", line.price_unit, round(wanted, 6)
