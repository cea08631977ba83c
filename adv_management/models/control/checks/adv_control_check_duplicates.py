from collections import defaultdict
from datetime import datetime, time, timedelta

import pytz

from odoo import models

from ...commitment.clock import zone_of
from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .queries import duplicates as queries

_NAMED = 3  # orders named in a text


class AdvControlCheckDuplicates(models.AbstractModel):
    """Whether the same order has been entered already."""

    _name = "adv.control.check.duplicates"
    _description = "Controls of Duplicates"

    def _find_duplicate_order(self, orders):
        """Yield the orders that an earlier one of the same customer, any contact of
        his, holds already.

        The same reference, whatever its case, spaces, punctuation and leading zeros; or
        the same articles and quantities, in whatever units, within ``days``, both days
        included. Confirmed orders come first, then drafts as they were made: of two
        orders only the later one is a duplicate. Cancelled orders and baskets of the
        website are none.
        """
        twins = defaultdict(list)
        rows = [(order.id, *self._get_window(order)) for order in orders]
        for order_id, other_id, is_reference, is_goods in self.env.execute_query(
            queries.earlier_twins(self.env, rows)
        ):
            twins[order_id].append((other_id, is_reference, is_goods))
        others = {other_id for found in twins.values() for other_id, *_why in found}
        for order in orders.filtered(lambda order: order.id in twins):
            yield self._find_twins(order.with_prefetch(orders.ids), twins, others)

    def _find_twins(self, order, twins, others):
        """Return the finding of one duplicate, that opens the earlier order."""
        found = twins[order.id]
        earlier = order.browse(other_id for other_id, *_why in found)
        earlier = earlier.with_prefetch(others).sorted(
            lambda other: (other.state == "sale", other.date_order, other.id),
            reverse=True,
        )
        same_reference = any(is_reference for _id, is_reference, _goods in found)
        same_goods = any(is_goods for _id, _reference, is_goods in found)
        return Finding(
            order.id,
            self._word_twins(order, earlier, same_reference, same_goods),
            seen=", ".join(earlier.mapped("name")),
            covers=tuple(map(as_text, earlier)),  # of one more a waiver says nothing
            amount=order.amount_untaxed / (order.currency_rate or 1.0),
            fix=("sale.order", earlier[0].id),
        )

    def _word_twins(self, order, earlier, same_reference, same_goods):
        names = ", ".join(earlier[:_NAMED].mapped("name"))
        if len(earlier) > _NAMED:
            names += "…"
        if same_reference and same_goods:
            return self.env._(
                "Same reference (%(reference)s) and same goods as %(orders)s",
                reference=order.client_order_ref,
                orders=names,
            )
        if same_reference:
            return self.env._(
                "Same reference (%(reference)s) as %(orders)s",
                reference=order.client_order_ref,
                orders=names,
            )
        return self.env._("Same articles and quantities as %(orders)s", orders=names)

    def _get_window(self, order):
        """Return the naive UTC moments between which orders with the same goods are
        duplicates: days of the company's clock around the order's own.
        """
        company = order.company_id
        zone = pytz.timezone(zone_of(company, company.resource_calendar_id))
        day = self._today()
        if order.state == "sale":
            day = pytz.utc.localize(order.date_order).astimezone(zone).date()
        reach = timedelta(days=self.days)
        bounds = (
            datetime.combine(day - reach, time.min),
            datetime.combine(day + reach, time.max),
        )
        return [
            zone.localize(each).astimezone(pytz.utc).replace(tzinfo=None)
            for each in bounds
        ]
