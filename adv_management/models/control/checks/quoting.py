"""What the price list says of order lines, beside what stands on them."""

from typing import NamedTuple

from odoo import fields

from .price_book import PRICE_BOOK, PriceBook


class Quote(NamedTuple):
    """The price of a line by its price list, a unit, in the order's currency."""

    price_unit: float  # as Odoo would fill it in, taxes mapped
    discount: float  # in per cent, as Odoo would fill it in
    net: float  # net of discount and of included taxes
    seen: float  # the same of what stands on the line
    slack: float  # what the rounding of price and discount may change


def quote_lines(control, lines):
    """Yield ``(line, Quote)`` of order lines of one company.

    Left out is what no price list prices: combos, whose price is shared out, event
    tickets and booths, discounts on the whole order, and lines of no quantity.

    :param control: whose environment is used
    """
    lines = lines.filtered(_is_priced)
    if not lines:
        return
    moments = {order: get_moment(order) for order in lines.order_id}
    book = PriceBook(lines.product_id, moments.values())
    pricelists = control.env["product.pricelist"].with_context(**{PRICE_BOOK: book})
    for line in lines:
        book.moment = moments[line.order_id]
        pricelist = pricelists.browse(line.order_id.pricelist_id.id)
        yield line, _quote(line, pricelist, book.moment)


def get_net(line):
    """Return what a unit costs the customer, net of discount and of included taxes."""
    price = line.price_unit * (1 - (line.discount or 0.0) / 100)
    return _get_untaxed(price, line.tax_ids, line.product_id)


def gross_up(line, wanted, net):
    """Return the price to type for a net price, the line's discount being as it is."""
    if net > 0:
        return line.price_unit * wanted / net
    return wanted


def is_shared_out(line):
    """Whether a combo's price is spread over several lines: none has its own."""
    return bool(line.combo_item_id) or line.product_id.type == "combo"


def get_global_discounts(lines):
    """Return ``{order: (lines, amount)}``: what takes something off these whole orders,
    and how much, untaxed and in the order's currency.
    """
    found = lines.filtered(lambda line: line._adv_is_global_discount())
    return {
        order: (taking, -sum(get_net(line) * line.product_uom_qty for line in taking))
        for order, taking in found.grouped("order_id").items()
    }


def get_day(order):
    """Return the day whose rates and prices an order has."""
    return get_moment(order).date()


def in_company(order, amount):
    """Return an amount of an order in its company's currency, at the day of its prices:
    the rate of the confirmation would change it.
    """
    company = order.company_id
    source = order.currency_id or company.currency_id
    if source == company.currency_id:
        return source.round(amount)
    return source._convert(amount, company.currency_id, company, get_day(order))


def in_order(order, amount):
    """Return an amount in company currency in the order's, at the day of its prices."""
    company = order.company_id
    target = order.currency_id or company.currency_id
    if target == company.currency_id:
        return amount
    day = get_day(order)
    return company.currency_id._convert(amount, target, company, day, round=False)


def get_moment(order):
    """Return the naive UTC time whose price list an order has."""
    return fields.Datetime.to_datetime(order._adv_get_price_date())


def _is_priced(line):
    return (
        line.product_uom_qty
        and not line.combo_item_id
        and line.product_id.type != "combo"
        and line.product_id.service_tracking not in ("event", "event_booth")
        and not line._adv_is_global_discount()
    )


def _quote(line, pricelist, moment):
    """Return what Odoo would fill in at ``moment``, see ``_reset_price_unit``."""
    order = line.order_id
    product = line.product_id
    if extras := line._get_product_price_context():
        product = product.with_context(**extras)
    wanted = {
        "quantity": line.product_uom_qty,
        "uom": line.product_uom_id,
        "date": moment.date(),
        "currency": order.currency_id,
    }
    price, rule_id = pricelist._get_product_price_rule(product, **wanted)
    rule = pricelist.env["product.pricelist.item"].browse(rule_id)
    shown, discount = price, 0.0
    if rule._show_discount():
        base = rule._compute_price_before_discount(product, **wanted)
        shown = max(base, price)
        discount = (base - price) / base * 100 if base > 0 and price < base else 0.0
    taxes = product.taxes_id._filter_taxes_by_company(order.company_id)
    mapped = order.fiscal_position_id.map_tax(taxes)
    shown = product._get_tax_included_unit_price_from_price(
        shown, product_taxes=taxes, product_taxes_after_fp=mapped
    )
    net = _get_untaxed(shown * (1 - discount / 100), mapped, product)
    return Quote(shown, discount, net, get_net(line), _get_slack(line, shown))


def _get_untaxed(price, taxes, product):
    if not any(tax.price_include or tax.amount_type == "group" for tax in taxes):
        return price
    details = taxes._get_tax_details(
        price, 1.0, rounding_method="round_globally", product=product
    )
    return details["total_excluded"]


def _get_slack(line, price):
    """Return by how much a net price may differ for being rounded as people type it."""
    precision = line.env["decimal.precision"].precision_get
    of_discount = abs(price) * 0.5 * 10 ** -precision("Discount") / 100
    return 0.5 * 10 ** -precision("Product Price") + of_discount
