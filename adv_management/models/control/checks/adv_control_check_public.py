from stdnum.fr import siret

from odoo import models

from ...field_log.adv_field_log import as_text
from ..adv_invoice_references import ENGAGEMENT_SIZE, SERVICE_CODE_SIZE
from ..finding import Finding


class AdvControlCheckPublic(models.AbstractModel):
    """What the State demands on invoices: the references of public buyers, the category
    of the operation.
    """

    _name = "adv.control.check.public"
    _description = "Controls of Public Buyers and Mandatory Mentions"

    def _find_public_buyer_siret(self, orders):
        """Yield orders invoiced to a public buyer without a valid SIRET: Chorus Pro
        knows its recipients by it.
        """
        for order, customer in self._public_buyers(orders):
            number = siret.compact(customer.company_registry or "")
            if not siret.is_valid(number):
                text = self.env._(
                    "%(customer)s: Chorus Pro needs a SIRET of 14 digits, found: "
                    "%(number)s",
                    customer=customer.display_name,
                    number=number or self.env._("nothing"),
                )
                fix = ("res.partner", customer.id)
                yield Finding(order.id, text, seen=number, fix=fix)

    def _find_public_buyer_service_code(self, orders):
        """Yield orders of public buyers that lack the service code they require, or
        whose code is longer than Chorus Pro takes.
        """
        missing = self.env._("%(customer)s requires a service code")
        for order, customer in self._public_buyers(orders):
            yield from self._find_reference(
                order,
                "adv_service_code",
                SERVICE_CODE_SIZE,
                customer.adv_requires_service_code
                and missing % {"customer": customer.display_name},
            )

    def _find_public_buyer_engagement(self, orders):
        """Yield orders of public buyers that lack the engagement number they require,
        or whose number is longer than Chorus Pro takes.
        """
        missing = self.env._("%(customer)s requires an engagement number")
        for order, customer in self._public_buyers(orders):
            yield from self._find_reference(
                order,
                "adv_engagement_number",
                ENGAGEMENT_SIZE,
                customer.adv_requires_engagement
                and missing % {"customer": customer.display_name},
            )

    def _find_operation_category(self, orders):
        """Yield what leaves open whether goods or services are invoiced: the tax of one
        on the other, or no product at all, where nobody chose the category.

        French mandatory mention from the reform of electronic invoicing on (CGI, annexe
        II, 242 nonies A, decree 2022-1299).
        """
        if self.env.company.account_fiscal_country_id.code != "FR":
            return
        for order in orders.filtered(lambda order: not order.adv_operation_category):
            customer = order.partner_invoice_id or order.partner_id
            if not customer._adv_is_business():
                continue
            lines = self._product_lines(order)
            yield from self._find_contradictions(order, lines)
            if not lines and order.amount_untaxed:
                text = self.env._(
                    "No product tells whether goods or services are invoiced"
                )
                yield Finding(order.id, text, field="adv_operation_category")

    def _find_contradictions(self, order, lines):
        """Yield the lines whose taxes are meant for the other kind of product."""
        labels = dict(
            order._fields["adv_operation_category"]._description_selection(self.env)
        )
        for line in lines:
            kind = "service" if line.product_id.type == "service" else "consu"
            scopes = set(line.tax_ids.mapped("tax_scope")) - {False, kind}
            if scopes:
                text = self.env._(
                    "%(product)s: %(kind)s, but the tax is for %(other)s",
                    product=line.product_id.display_name,
                    kind=labels["services" if kind == "service" else "goods"],
                    other=labels["goods" if kind == "service" else "services"],
                )
                seen = as_text(line.tax_ids)
                yield Finding(order.id, text, line=line.id, field="tax_ids", seen=seen)

    def _public_buyers(self, orders):
        """Yield ``(order, customer)`` of orders that are invoiced to a public buyer."""
        for order in orders:
            customer = order.partner_invoice_id.commercial_partner_id
            if customer.adv_is_public_buyer:
                yield order, customer

    def _find_reference(self, order, field, size, missing):
        """Yield what is wrong with a reference.

        :param missing: what to say where there is none, nothing if none is needed
        """
        value = (order[field] or "").strip()
        if not value and missing:
            yield Finding(order.id, missing, field=field)
        elif len(value) > size:
            text = self.env._(
                "%(reference)s: Chorus Pro takes %(size)s characters at most",
                reference=value,
                size=size,
            )
            yield Finding(order.id, text, field=field, seen=value)
