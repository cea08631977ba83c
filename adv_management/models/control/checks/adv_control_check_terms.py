from odoo import models

from ....tools import reference_masks
from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .fiscal_positions import Positions
from .habits import find_usual_incoterms


class AdvControlCheckTerms(models.AbstractModel):
    """The terms of the order beside those agreed with the customer."""

    _name = "adv.control.check.terms"
    _inherit = ["adv.control.check.payment"]
    _description = "Controls of Terms"

    def _find_payment_term(self, orders):
        """Yield orders with other payment terms than were negotiated with the customer;
        none negotiated, none compared.
        """
        for order in orders:
            agreed = order.partner_id.property_payment_term_id
            if agreed and order.payment_term_id != agreed:
                yield self._find_other(order, "payment_term_id", agreed)

    def _find_fiscal_position(self, orders):
        """Yield orders with another fiscal position than Odoo maps to the customer and
        the delivery address.
        """
        positions = Positions(self.env)
        for order in orders:
            expected = positions.get(order.partner_id, order.partner_shipping_id)
            if order.fiscal_position_id != expected:
                yield self._find_other(order, "fiscal_position_id", expected)

    def _find_taxes(self, orders):
        """Yield lines with other taxes than those of the product, mapped by the order's
        fiscal position.
        """
        company = self.env.company
        for order in orders:
            for line in self._product_lines(order):
                own = line.product_id.taxes_id._filter_taxes_by_company(company)
                expected = order.fiscal_position_id.map_tax(own)
                if line.product_type == "combo":
                    expected = own.browse()
                if set(line.tax_ids.ids) == set(expected.ids):
                    continue
                text = self.env._(
                    "%(product)s: taxes %(seen)s instead of %(expected)s",
                    product=line.product_id.display_name,
                    seen=self._spell(line.tax_ids),
                    expected=self._spell(expected),
                )
                yield Finding(
                    order.id,
                    text,
                    line=line.id,
                    field="tax_ids",
                    seen=as_text(line.tax_ids) or "",
                    expected=as_text(expected) or "",
                )

    def _find_pricelist(self, orders):
        """Yield orders with another price list than the customer's."""
        for order in orders:
            expected = order.partner_id.property_product_pricelist
            if order.pricelist_id != expected:
                yield self._find_other(order, "pricelist_id", expected)

    def _find_currency(self, orders):
        """Yield orders in another currency than that of the customer's price list; the
        company's where he has none.
        """
        for order in orders:
            pricelist = order.partner_id.property_product_pricelist
            expected = pricelist.currency_id or self.env.company.currency_id
            if order.currency_id != expected:
                yield self._find_other(order, "currency_id", expected)

    def _find_incoterm(self, orders):
        """Yield orders with another incoterm than the customer's usual one: the one on
        his form, else what he had in at least ``threshold`` percent of three or more
        orders confirmed within ``days``.
        """
        usual = find_usual_incoterms(self, orders)
        for order in orders:
            expected = usual.get(order.partner_id.commercial_partner_id)
            if expected and order.incoterm != expected:
                yield self._find_other(order, "incoterm", expected)

    def _find_customer_reference(self, orders):
        """Yield orders without a reference of the customer who requires one."""
        for order in orders:
            customer = order.partner_id.commercial_partner_id
            if not customer.adv_requires_reference or self._get_reference(order):
                continue
            text = self.env._(
                "%(customer)s requires his order reference",
                customer=customer.display_name,
            )
            yield Finding(order.id, text, field="client_order_ref")

    def _find_malformed_reference(self, orders):
        """Yield orders whose reference has not the form of this customer's ones (masks
        as ``tools/reference_masks.py`` reads them); a missing one is not judged here.
        """
        for order in orders:
            mask = order.partner_id.commercial_partner_id.adv_reference_mask
            reference = self._get_reference(order)
            if not reference or reference_masks.matches(mask, reference):
                continue
            text = self.env._(
                "Reference %(reference)s has not the form %(mask)s",
                reference=reference,
                mask=mask,
            )
            yield Finding(
                order.id, text, field="client_order_ref", seen=reference, expected=mask
            )

    def _get_reference(self, order):
        return (order.client_order_ref or "").strip()

    def _find_other(self, order, field, expected):
        """Return the finding on a term that is another than expected."""
        text = self.env._(
            "%(term)s: %(seen)s instead of %(expected)s",
            term=order._fields[field]._description_string(self.env),
            seen=self._spell(order[field]),
            expected=self._spell(expected),
        )
        return Finding(
            order.id,
            text,
            field=field,
            seen=as_text(order[field]) or "",
            expected=as_text(expected) or "",
        )

    def _spell(self, records):
        return ", ".join(records.mapped("display_name")) or self.env._("not set")
