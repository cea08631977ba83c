from odoo import models
from odoo.tools import formatLang

from odoo.addons.adv_management.models.control.checks.quoting import in_company
from odoo.addons.adv_management.models.control.finding import Finding
from odoo.addons.adv_management.models.field_log.adv_field_log import as_text


class AdvControl(models.Model):
    """The controls of carriage: who pays it, and who carries."""

    _inherit = "adv.control"

    def _find_carriage_paid(self, orders):
        """Yield the orders that do not charge carriage as agreed.

        From the customer's carriage-paid threshold on (untaxed goods in company
        currency; else ``threshold``; none: nothing is controlled) no carriage is
        charged, below it is. Left out: orders without goods to deliver, methods that
        cost nothing by themselves, carriage that is free for a stated reason.
        """
        for order in orders:
            customer = order.partner_id.commercial_partner_id
            limit = customer.adv_carriage_paid or self.threshold
            lines = self._product_lines(order)
            if not limit or "consu" not in lines.product_id.mapped("type"):
                continue
            total = in_company(order, sum(lines.mapped("price_subtotal")))
            carriage = order.order_line.filtered("is_delivery")
            charged = carriage.filtered(lambda line: line.price_subtotal > 0)
            if self._compare_amounts(total, limit) >= 0:
                yield from self._report_charged(order, charged, limit)
            elif not (charged or _is_free_for_a_reason(order, carriage)):
                yield self._report_uncharged(order, carriage, total, limit)

    def _report_charged(self, order, charged, limit):
        for line in charged:
            yield Finding(
                order.id,
                self.env._(
                    "Carriage of %(amount)s, but paid by us from %(limit)s on",
                    amount=formatLang(
                        self.env, line.price_subtotal, currency_obj=order.currency_id
                    ),
                    limit=self._word_amount(limit),
                ),
                line=line.id,
                field="price_unit",
                seen=as_text(line.price_unit),
                expected="0",
                amount=in_company(order, line.price_subtotal),
            )

    def _report_uncharged(self, order, carriage, total, limit):
        text = self.env._(
            "No carriage charged on %(total)s, but paid by us only from %(limit)s on",
            total=self._word_amount(total),
            limit=self._word_amount(limit),
        )
        return Finding(
            order.id,
            text,
            line=carriage[:1].id or None,
            field="price_unit" if carriage else "carrier_id",
            seen="0" if carriage else as_text(order.carrier_id) or "",
        )

    def _find_usual_carrier(self, orders):
        """Yield orders with another carrier than the customer's delivery method; where
        one of both is not chosen nothing is compared.
        """
        for order in orders:
            usual = order.partner_id.property_delivery_carrier_id
            if not usual or not order.carrier_id or order.carrier_id == usual:
                continue
            text = self.env._(
                "Carrier: %(seen)s instead of %(expected)s",
                seen=order.carrier_id.display_name,
                expected=usual.display_name,
            )
            yield Finding(
                order.id,
                text,
                field="carrier_id",
                seen=as_text(order.carrier_id),
                expected=as_text(usual),
            )


def _is_free_for_a_reason(order, carriage):
    """Whether nobody has to pay the carriage of an order: a reason is stated, or its
    delivery method costs nothing by itself, as when the customer collects.
    """
    if carriage and all(line.adv_free_reason for line in carriage):
        return True
    carrier = order.carrier_id
    return bool(carrier) and (
        carrier.delivery_type == "in_store"
        or (carrier.delivery_type == "fixed" and not carrier.fixed_price)
    )
