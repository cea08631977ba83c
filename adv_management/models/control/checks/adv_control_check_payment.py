from datetime import date
from typing import NamedTuple

import pytz

from odoo import models
from odoo.tools import format_date

from ....tools.payment_limits import end_of_month
from ...commitment.clock import zone_of
from ...field_log.adv_field_log import as_text
from ..adv_payment_limit import GENERAL, PUBLIC
from ..finding import Finding


class Invoice(NamedTuple):
    """An invoice as it is, or as it is to be expected of an order."""

    document: models.BaseModel
    field: str  # of the document, for the payment terms
    customer: models.BaseModel
    products: models.BaseModel
    invoiced: date
    delivered: date
    due: date
    is_periodic: bool


class AdvControlCheckPayment(models.AbstractModel):
    """Due dates beside the legal maximum (Code de commerce L441-10 and L441-11, Code de
    la commande publique R2192-10).
    """

    _name = "adv.control.check.payment"
    _description = "Controls of Payment Periods"

    def _find_legal_payment_limit(self, orders):
        """Yield orders whose invoice, as it is to be expected, would fall due after the
        legal maximum for that invoice.
        """
        limits = self._get_payment_limits()
        for order in orders if limits else ():
            if order.payment_term_id.line_ids:
                yield from self._find_late_due(self._expect_invoice(order), limits)

    def _find_invoice_payment_limit(self, moves):
        """Yield customer invoices that fall due after the legal maximum."""
        limits = self._get_payment_limits()
        moves = moves.filtered(lambda move: move.move_type == "out_invoice")
        for move in moves if limits else ():
            yield from self._find_late_due(self._describe_invoice(move), limits)

    def _find_late_due(self, invoice, limits):
        """Yield the strictest of the limits that hold where it is exceeded."""
        days = {
            limit: limit._get_latest_day(
                invoice.invoiced,
                invoice.delivered,
                is_periodic=invoice.is_periodic,
                has_contract=invoice.customer.adv_has_month_end_contract,
            )
            for limit in self._select_limits(limits, invoice)
        }
        limit = min(days, key=days.get, default=None)
        if limit is None or invoice.due <= days[limit]:
            return
        text = self.env._(
            "Invoice of %(invoiced)s due on %(due)s, at the latest %(latest)s allowed: "
            "%(limit)s (%(law)s)",
            invoiced=format_date(self.env, invoice.invoiced),
            due=format_date(self.env, invoice.due),
            latest=format_date(self.env, days[limit]),
            limit=limit.name,
            law=limit.source or self.env._("own rule"),
        )
        document, field = invoice.document, invoice.field
        # What a waiver covers is the term under this limit, not today's dates.
        seen = as_text(document[field]) or as_text(invoice.due)
        yield Finding(document.id, text, field=field, seen=seen)

    # Which limit ----------------------------------------------------------------------

    def _get_payment_limits(self):
        """Return the limits of the law under which the company sells."""
        company = self.env.company
        country = company.account_fiscal_country_id or company.country_id
        return self.env["adv.payment.limit"].search(
            [
                ("country_id", "=", country.id),
                ("company_id", "in", (False, company.id)),
            ]
        )

    def _select_limits(self, limits, invoice):
        """Return those that hold for an invoice: the customer's own, else that of
        public buyers, else those of what he buys. None hold for private persons and
        customers abroad.
        """
        customer = invoice.customer
        country = customer.country_id
        if not customer._adv_is_business() or country - limits.country_id:
            return limits.browse()
        if own := customer.adv_payment_limit_id & limits:
            return own
        if customer.adv_is_public_buyer:
            return limits.filtered(lambda limit: limit.kind == PUBLIC)[:1]
        general = limits.filtered(lambda limit: limit.kind == GENERAL)[:1]
        found = limits.browse()
        for category in invoice.products.categ_id:
            found |= (category._adv_get_payment_limit() & limits) or general
        return found or general

    # Which invoice --------------------------------------------------------------------

    def _expect_invoice(self, order):
        """Return the invoice that is to be expected, as far as today tells.

        What is invoiced on delivery is invoiced that day, else today; a periodic
        invoice is made at the end of the month.
        """
        customer = order.partner_invoice_id.commercial_partner_id
        products = self._product_lines(order).product_id
        today = self._today()
        delivered = self._expect_delivery(order, today)
        policies = products.mapped("invoice_policy")
        invoiced = max(today, delivered) if "delivery" in policies else today
        is_periodic = customer.adv_has_periodic_invoices
        if is_periodic:
            invoiced = end_of_month(max(invoiced, delivered))
        due = self._get_due_date(order.payment_term_id, invoiced)
        return Invoice(
            order,
            "payment_term_id",
            customer,
            products,
            invoiced,
            delivered,
            due,
            is_periodic,
        )

    def _describe_invoice(self, move):
        """Return an invoice as it is; one for several orders is a periodic one."""
        customer = move.commercial_partner_id
        invoiced = move.invoice_date or self._today()
        due = move.invoice_date_due or invoiced
        if move.invoice_payment_term_id.line_ids:
            due = self._get_due_date(move.invoice_payment_term_id, invoiced)
        lines = move.invoice_line_ids
        return Invoice(
            move,
            "invoice_payment_term_id",
            customer,
            lines.product_id,
            invoiced,
            move.delivery_date or invoiced,
            due,
            customer.adv_has_periodic_invoices or len(lines.sale_line_ids.order_id) > 1,
        )

    def _expect_delivery(self, order, today):
        """Return the local date of the delivery, done or to come."""
        moment = order.effective_date or order.commitment_date or order.expected_date
        if not moment:
            return today
        company = self.env.company
        zone = pytz.timezone(zone_of(company, company.resource_calendar_id))
        local = pytz.utc.localize(moment).astimezone(zone).date()
        return local if order.effective_date else max(today, local)

    def _get_due_date(self, term, invoiced):
        """Return the day on which the last instalment falls due."""
        return max(line._get_due_date(invoiced) for line in term.line_ids)
