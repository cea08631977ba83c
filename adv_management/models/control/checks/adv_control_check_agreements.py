from odoo import fields, models
from odoo.tools.misc import format_date

from ...field_log.adv_field_log import as_text
from ..finding import Finding

# A discount is kept with two decimals: a price net of it misses the rule by a little.
_ROUNDING = 0.001


class AdvControlCheckAgreements(models.AbstractModel):
    """Whether the agreement that gave a price is still in force.

    Odoo does not keep which rule gave a price: it is found again, as of the day of the
    quotation.
    """

    _name = "adv.control.check.agreements"
    _description = "Controls of Price Agreements"

    def _find_price_agreement(self, orders):
        """Yield the orders on an archived price list or whose customer's own one is
        archived, and the lines priced by a rule that ended before they were ordered.

        An agreement that was renewed at the same price is in force. The amount is what
        the price of the day would bring more.
        """
        for order in orders:
            if finding := self._find_archived_list(order):
                yield finding
        lines = self._product_lines(orders.filtered("pricelist_id")).filtered(
            lambda line: line.product_id.type != "combo" and not line.combo_item_id
        )
        rules = self._read_rules(lines)
        if any(rule.date_end for rule in rules):
            for line in lines:
                if finding := self._find_ended_rule(line, rules):
                    yield finding

    # ----------------------------------------------------------------------------------
    # Price lists
    # ----------------------------------------------------------------------------------

    def _find_archived_list(self, order):
        if self._is_archived(order, order.pricelist_id):
            text = self.env._(
                "The price list %(list)s is archived", list=order.pricelist_id.name
            )
            return Finding(
                order.id,
                text,
                field="pricelist_id",
                seen=as_text(order.pricelist_id),
            )
        customer = order.partner_id.commercial_partner_id
        own = customer.specific_property_product_pricelist
        if not order.pricelist_id or not self._is_archived(order, own):
            return None
        text = self.env._(
            "%(list)s, the price list of %(customer)s, is archived: the order follows "
            "%(other)s",
            list=own.name,
            customer=customer.display_name,
            other=order.pricelist_id.name,
        )
        return Finding(
            order.id,
            text,
            field="pricelist_id",
            seen=as_text(order.pricelist_id),
            fix=("res.partner", customer.id),
        )

    def _is_archived(self, order, pricelist):
        """Return whether a price list had been archived when the order was confirmed.

        A list that was archived later was in force then; Odoo keeps the date of the
        last change only.
        """
        if not pricelist or pricelist.active:
            return False
        return order.state != "sale" or pricelist.write_date <= order.date_order

    # ----------------------------------------------------------------------------------
    # Rules
    # ----------------------------------------------------------------------------------

    def _read_rules(self, lines):
        """Return the rules that may have priced these lines, at any date, in the order
        in which Odoo tries them.
        """
        rules = self.env["product.pricelist.item"]
        if not lines:
            return rules
        products = lines.product_id
        return rules.search(
            [
                ("pricelist_id", "in", lines.order_id.pricelist_id.ids),
                *("|", ("categ_id", "=", False)),
                ("categ_id", "parent_of", products.categ_id.ids),
                *("|", ("product_tmpl_id", "=", False)),
                ("product_tmpl_id", "in", products.product_tmpl_id.ids),
                *("|", ("product_id", "=", False)),
                ("product_id", "in", products.ids),
            ]
        )

    def _find_ended_rule(self, line, rules):
        """Return the finding of a line whose price comes from a rule that has ended."""
        order = line.order_id
        quoted = order._adv_get_price_date()
        ordered = fields.Datetime.now() if order.state != "sale" else order.date_order
        rule = self._get_rule(line, rules, quoted)
        if not rule.date_end or rule.date_end >= ordered:
            return None
        given = self._get_rule_price(line, rule, quoted)
        net = line.price_unit * (1 - line.discount / 100)
        today = self._get_rule_price(
            line, self._get_rule(line, rules, ordered), ordered
        )
        if not self._is_same(line, net, given) or self._is_same(line, net, today):
            return None
        text = self.env._(
            "%(product)s: the price agreement “%(rule)s” ended on %(day)s",
            product=line.product_id.display_name,
            rule=rule.display_name,
            day=self._format_end(rule),
        )
        rate = order.currency_rate or 1.0
        return Finding(
            order.id,
            text,
            line=line.id,
            field="price_unit",
            seen=as_text(line.price_unit),
            expected=as_text(line.currency_id.round(today)),
            amount=(today - net) * line.product_uom_qty / rate,
        )

    def _format_end(self, rule):
        company = self.env.company
        zone = company.resource_calendar_id.tz or company.partner_id.tz or "UTC"
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=zone), rule.date_end
        )
        return format_date(self.env, local.date())

    def _get_rule(self, line, rules, moment):
        """Return the rule that priced a line at a naive UTC moment, as Odoo chooses."""
        product = line.product_id
        quantity = line.product_uom_id._compute_quantity(
            line.product_uom_qty or 1.0, product.uom_id, raise_if_failure=False
        )
        for rule in rules:
            if (
                rule.pricelist_id == line.order_id.pricelist_id
                and not (rule.date_start and rule.date_start > moment)
                and not (rule.date_end and rule.date_end < moment)
                and rule._is_applicable_for(product, quantity)
            ):
                return rule
        return rules.browse()

    def _get_rule_price(self, line, rule, moment):
        """Return the unit price that a rule gives a line, in the order's currency."""
        product = line.product_id.with_context(**line._get_product_price_context())
        price = rule._compute_price(
            product=product, **line._get_pricelist_kwargs() | {"date": moment}
        )
        return product._get_tax_included_unit_price_from_price(
            price,
            product_taxes=product.taxes_id._filter_taxes_by_company(line.company_id),
            fiscal_position=line.order_id.fiscal_position_id,
        )

    def _is_same(self, line, price, other):
        digits = max(line.currency_id.rounding, abs(other) * _ROUNDING)
        return abs(price - other) < digits
