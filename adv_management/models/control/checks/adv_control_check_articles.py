from collections import defaultdict
from datetime import datetime, timedelta

from odoo import fields, models

from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .queries import articles as queries

# A quotation comes after every order that is confirmed today.
_LAST = datetime(9999, 12, 31)
_FIRST = datetime(1970, 1, 1)


class AdvControlCheckArticles(models.AbstractModel):
    """Whether the articles are those the customer means: sold still, ordered before, in
    a unit that fits.
    """

    _name = "adv.control.check.articles"
    _description = "Controls of Articles"

    def _find_archived_product(self, orders):
        """Yield the lines whose article has been archived."""
        for line in self._product_lines(orders):
            product = line.product_id
            if not product.active:
                yield Finding(
                    line.order_id.id,
                    self.env._("%(product)s is archived", product=product.display_name),
                    line=line.id,
                    field="product_id",
                    seen=as_text(product),
                    fix=("product.product", product.id),
                )

    def _find_never_bought(self, orders):
        """Yield the lines whose article this customer, any contact of his, never had on
        a confirmed order of the company.

        Only of customers with at least ``threshold`` earlier orders: whoever is new
        orders everything for the first time.
        """
        lines = self._product_lines(orders)
        if not lines:
            return
        rows = [self._prepare_asked(line) for line in lines]
        query = queries.never_bought(self.env, rows, int(self.threshold))
        found = {line_id for (line_id,) in self.env.execute_query(query)}
        for line in lines.filtered(lambda line: line.id in found):
            text = self.env._(
                "%(product)s: %(customer)s never ordered it before",
                product=line.product_id.display_name,
                customer=line.order_id.partner_id.commercial_partner_id.display_name,
            )
            yield Finding(
                line.order_id.id,
                text,
                line=line.id,
                field="product_id",
                seen=as_text(line.product_id),
            )

    def _find_unit(self, orders):
        """Yield the lines in a unit that is none of the article's, or in which this
        customer never orders it.

        The unit of sale and the packagings of the article are its units. The customer
        has a habit when he ordered the article on ``threshold`` confirmed lines of the
        last ``days`` (0: ever) and at most ``tolerance_percent`` of them were in the
        unit of this line.
        """
        chosen = []
        for line in self._product_lines(orders):
            allowed = line.product_id.uom_id | line.product_id.uom_ids
            if line.product_uom_id not in allowed:
                yield self._find_foreign_unit(line)
            elif len(allowed) > 1:
                chosen.append(line)
        for line, usual in self._read_usual_units(chosen):
            yield self._find_unusual_unit(line, usual)

    def _find_foreign_unit(self, line):
        product = line.product_id
        text = self.env._(
            "%(product)s is not sold in %(unit)s: its unit is %(expected)s",
            product=product.display_name,
            unit=line.product_uom_id.name,
            expected=product.uom_id.name,
        )
        return self._prepare_unit_finding(line, product.uom_id, text)

    def _find_unusual_unit(self, line, usual):
        text = self.env._(
            "%(product)s in %(unit)s: this customer orders it in %(expected)s",
            product=line.product_id.display_name,
            unit=line.product_uom_id.name,
            expected=usual.name,
        )
        return self._prepare_unit_finding(line, usual, text)

    def _prepare_unit_finding(self, line, expected, text):
        return Finding(
            line.order_id.id,
            text,
            line=line.id,
            field="product_uom_id",
            seen=as_text(line.product_uom_id),
            expected=as_text(expected),
        )

    def _read_usual_units(self, lines):
        """Yield ``(line, usual unit)`` of the lines that are in another one."""
        if not lines:
            return
        rows = [self._prepare_asked(line) for line in lines]
        since = fields.Datetime.now() - timedelta(days=self.days)
        counts = defaultdict(dict)
        for line_id, unit_id, count in self.env.execute_query(
            queries.units_ordered(self.env, rows, since if self.days else _FIRST)
        ):
            counts[line_id][unit_id] = count
        for line in lines:
            known = counts[line.id]
            total, here = sum(known.values()), known.get(line.product_uom_id.id, 0)
            is_known = total and total >= self.threshold
            if is_known and here * 100 <= total * self.tolerance_percent:
                yield line, line.product_uom_id.browse(max(known, key=known.get))

    # ----------------------------------------------------------------------------------
    # What the history is asked
    # ----------------------------------------------------------------------------------

    def _prepare_asked(self, line):
        """Return what the history of the customer is asked for a line.

        What a confirmed order holds is compared with what came before it, or before the
        line if that was added later.
        """
        order = line.order_id
        moment = _LAST
        if order.state == "sale":
            moment = max(order.date_order, line.create_date)
        return (
            line.id,
            order.id,
            order.company_id.id,
            order.partner_id.commercial_partner_id.id,
            line.product_id.id,
            moment,
        )
