import stdnum.eu.vat
from stdnum.fr import siren, siret

from odoo import models

from ..finding import Finding

EUROPE = "EU"
# The schemes by which the French directory of electronic invoicing knows a business:
# its own (SIREN, SIREN_SIRET, ...), SIREN and SIRET. A VAT number is not one of them.
FRENCH_SCHEMES = ("0225", "0002", "0009")
# What Odoo takes for "has no VAT number".
NO_VAT = "/"
# How VAT numbers abbreviate countries that have another code in Odoo.
_VAT_PREFIXES = {"EL": "GR", "XI": "GB"}


class AdvControlCheckIdentity(models.AbstractModel):
    """What identifies the business that is invoiced: tax office, register, directory of
    electronic invoicing. All of it is the customer's data, not the order's.
    """

    _name = "adv.control.check.identity"
    _description = "Controls of Identity"

    def _find_vat(self, orders):
        """Yield orders invoiced to a business in the EU without a valid VAT number
        (directive 2006/112/EC, article 226). "/" says that it has none.
        """
        for order, customer in self._businesses(orders):
            number = (customer.vat or "").strip()
            country = customer.country_id
            if EUROPE not in (country.country_group_codes or ()) or number == NO_VAT:
                continue
            if not number:
                text = self.env._(
                    "%(customer)s has no VAT number", customer=customer.display_name
                )
                yield self._find_identity(order, customer, text, number)
            elif not self._is_vat_valid(customer, number):
                text = self.env._(
                    "VAT number %(number)s of %(customer)s is not valid",
                    number=number,
                    customer=customer.display_name,
                )
                yield self._find_identity(order, customer, text, number)

    def _find_siren(self, orders):
        """Yield orders invoiced to a French business without a valid SIREN or SIRET, or
        with another one than its VAT number says (CGI, annexe II, 242 nonies A).
        """
        for order, customer in self._businesses(orders):
            number = siren.compact(customer.company_registry or "")
            if customer.country_id.code != "FR":
                continue
            if not number:
                text = self.env._(
                    "%(customer)s has no SIREN", customer=customer.display_name
                )
                yield self._find_identity(order, customer, text, number)
            elif not (siren.is_valid(number) or siret.is_valid(number)):
                text = self.env._(
                    "%(number)s of %(customer)s is neither a SIREN nor a SIRET",
                    number=number,
                    customer=customer.display_name,
                )
                yield self._find_identity(order, customer, text, number)
            elif (known := self._get_siren_of_vat(customer)) not in (None, number[:9]):
                text = self.env._(
                    "%(customer)s: SIREN %(number)s, but the VAT number is that of "
                    "%(known)s",
                    customer=customer.display_name,
                    number=number[:9],
                    known=known,
                )
                yield self._find_identity(order, customer, text, number, known)

    def _find_electronic_address(self, orders):
        """Yield orders invoiced to a business that has to get electronic invoices and
        has no address for them, or none of the French directory.
        """
        is_french = self.env.company.account_fiscal_country_id.code == "FR"
        for order, customer in self._businesses(orders):
            is_domestic = is_french and customer.country_id.code == "FR"
            if not is_domestic and customer.invoice_sending_method != "peppol":
                continue
            found = customer._adv_get_electronic_address()
            seen = ":".join(found or ())
            if not found:
                text = self.env._(
                    "%(customer)s has no address for electronic invoices",
                    customer=customer.display_name,
                )
                yield self._find_identity(order, customer, text, seen)
            elif is_domestic and not self._is_in_directory(customer, *found):
                text = self.env._(
                    "%(address)s of %(customer)s is no address of the French directory "
                    "(scheme 0225, beginning with the SIREN)",
                    address=seen,
                    customer=customer.display_name,
                )
                yield self._find_identity(order, customer, text, seen)

    def _businesses(self, orders):
        """Yield ``(order, customer)`` of orders that are invoiced to a business."""
        for order in orders:
            customer = (
                order.partner_invoice_id or order.partner_id
            ).commercial_partner_id
            if customer._adv_is_business():
                yield order, customer

    def _find_identity(self, order, customer, text, seen, expected=""):
        fix = ("res.partner", customer.id)
        return Finding(order.id, text, seen=seen, expected=expected, fix=fix)

    def _is_vat_valid(self, customer, number):
        """Return what Odoo's own check says of a number, without asking VIES."""
        prefix, rest = number[:2].upper(), number[2:]
        if not hasattr(customer, "_check_vat_number"):
            return stdnum.eu.vat.is_valid(number)
        if not prefix.isalpha():
            return bool(customer._check_vat_number(customer.country_id.code, number))
        country = _VAT_PREFIXES.get(prefix, prefix)
        return bool(customer._check_vat_number(country, rest.replace(" ", "")))

    def _get_siren_of_vat(self, customer):
        """Return the SIREN that a French VAT number ends with, None if it has none."""
        number = "".join((customer.vat or "").split()).upper()
        is_french = number.startswith("FR") and siren.is_valid(number[4:])
        return number[4:] if is_french else None

    def _is_in_directory(self, customer, scheme, address):
        known = siren.compact(customer.company_registry or "")[:9]
        return (
            scheme in FRENCH_SCHEMES
            and siren.is_valid(address[:9])
            and known in ("", address[:9])
        )
