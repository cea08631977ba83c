from odoo import models
from odoo.tools import float_compare, float_is_zero, formatLang

from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .quoting import (
    get_global_discounts,
    get_net,
    gross_up,
    in_company,
    is_shared_out,
    quote_lines,
)


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
        of the line. A discount on the whole order is judged with those of its lines, by
        what they give together. He may give the ceiling of his user, else
        ``threshold``. The impact is what lies beyond.
        """
        lines = self._paid_lines(orders)
        quotes = dict(quote_lines(self, lines))
        for line, quote in quotes.items():
            ceiling = self._get_ceiling(line.order_id)
            given = line.discount
            if quote.net > 0:
                given = (quote.net - quote.seen) / quote.net * 100
            if float_compare(given, ceiling, precision_digits=2) > 0:
                yield self._report_discount(line, quote, given, ceiling)
        by_order = lines.grouped("order_id")
        for order, (taking, taken) in get_global_discounts(orders.order_line).items():
            given_on = by_order.get(order, lines.browse())
            amounts = [_get_amounts(line, quotes.get(line)) for line in given_on]
            listed = sum(listed for listed, _asked in amounts)
            asked = sum(asked for _listed, asked in amounts)
            yield from self._judge_global_discount(taking, taken, listed, asked)

    def _judge_global_discount(self, lines, taken, listed, asked):
        """Yield the discount on a whole order if what its lines and it give together,
        off what the price list asks for, is too much.
        """
        order = lines.order_id
        ceiling = self._get_ceiling(order)
        paid = asked - taken
        given = (listed - paid) / listed * 100 if listed > 0 else 100.0
        if taken <= 0 or float_compare(given, ceiling, precision_digits=2) <= 0:
            return
        user = order.user_id
        text = self.env._(
            "%(given)s %% given on the whole order, %(user)s may give %(ceiling)s %%",
            given=formatLang(self.env, given),
            ceiling=formatLang(self.env, ceiling),
            user=user.name or self.env._("an order without salesperson"),
        )
        beyond = min(taken, listed * (1 - ceiling / 100) - paid)
        yield Finding(
            order.id,
            text,
            line=lines[:1].id,
            field="discount",
            seen=as_text(round(given, 2)),
            expected=as_text(ceiling),
            amount=in_company(order, beyond),
        )

    def _get_ceiling(self, order):
        return order.user_id.adv_discount_ceiling or self.threshold

    def _report_discount(self, line, quote, given, ceiling):
        lowest = quote.net * (1 - ceiling / 100)
        lost = max(lowest - quote.seen, 0.0) * abs(line.product_uom_qty)
        name = "discount" if line.discount else "price_unit"
        expected = (
            _get_discount(line, quote, lowest, ceiling)
            if line.discount
            else gross_up(line, lowest, quote.seen)
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
    # Free of charge
    # ----------------------------------------------------------------------------------

    def _find_free_price(self, orders):
        """Yield the lines that cost nothing and do not say why.

        The impact is what they would cost by the product's sales price. Where that is
        zero as well, it is the product that has to be completed.
        """
        for line in self._paid_lines(orders):
            if not (line.product_uom_qty and _is_free(line)) or is_shared_out(line):
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


def _get_amounts(line, quote):
    """Return what a line costs by the price list, and what is asked for it. What no
    list prices costs what stands on it, less its discount.
    """
    net = get_net(line)
    if quote and quote.net > 0:
        listed = quote.net
    else:
        listed = net / (1 - line.discount / 100) if line.discount < 100 else 0.0
    return listed * line.product_uom_qty, net * line.product_uom_qty


def _get_discount(line, quote, lowest, ceiling):
    """Return the highest discount that keeps to the lowest net price."""
    rest = 1 - line.discount / 100
    if quote.net <= 0 or quote.seen <= 0 or rest <= 0:
        return ceiling
    return (1 - lowest * rest / quote.seen) * 100


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
