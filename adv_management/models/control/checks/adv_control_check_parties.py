from odoo import models

from ...field_log.adv_field_log import as_text
from ..finding import Finding


class AdvControlCheckParties(models.AbstractModel):
    """Where goods and invoice go, and to whom: addresses that are whole and are the
    customer's own.
    """

    _name = "adv.control.check.parties"
    _inherit = ["adv.control.check.identity", "adv.control.check.public"]
    _description = "Controls of Addresses"

    def _find_delivery_address(self, orders):
        """Yield orders of goods whose delivery address is not complete."""
        for order in orders:
            address = order.partner_shipping_id
            pieces = self._name_missing_pieces(address)
            if pieces and self._has_goods(order):
                text = self.env._(
                    "Delivery address %(address)s: %(pieces)s missing",
                    address=address.display_name,
                    pieces=pieces,
                )
                yield self._find_address(order, "partner_shipping_id", text, pieces)

    def _find_invoice_address(self, orders):
        """Yield orders whose invoice address is incomplete, or another customer's who
        is not known to pay for this one.
        """
        for order in orders:
            address = order.partner_invoice_id
            pieces = self._name_missing_pieces(address)
            if pieces:
                text = self.env._(
                    "Invoice address %(address)s: %(pieces)s missing",
                    address=address.display_name,
                    pieces=pieces,
                )
                yield self._find_address(order, "partner_invoice_id", text, pieces)
            if self._is_foreign(order, address, "adv_invoice_partner_ids"):
                text = self.env._(
                    "The invoice goes to %(other)s, which is not known to pay for "
                    "%(customer)s",
                    other=address.display_name,
                    customer=order.partner_id.commercial_partner_id.display_name,
                )
                yield self._find_foreign(order, "partner_invoice_id", "invoice", text)

    def _find_foreign_delivery_address(self, orders):
        """Yield orders to be delivered to another customer's address that is not among
        those where this one may be delivered.
        """
        for order in orders:
            address = order.partner_shipping_id
            if self._is_foreign(order, address, "adv_delivery_partner_ids"):
                text = self.env._(
                    "The goods go to %(other)s, where %(customer)s is not known to be "
                    "delivered",
                    other=address.display_name,
                    customer=order.partner_id.commercial_partner_id.display_name,
                )
                yield self._find_foreign(order, "partner_shipping_id", "delivery", text)

    def _find_address(self, order, field, text, pieces):
        """Return the finding on an address that has to be completed where it is."""
        seen = f"{as_text(order[field]) or ''}: {pieces}"
        fix = ("res.partner", order[field].id)
        return Finding(order.id, text, field=field, seen=seen, fix=fix)

    def _find_foreign(self, order, field, kind, text):
        """Return the finding on an address to be replaced by the customer's own."""
        own = order.partner_id.address_get([kind])[kind]
        return Finding(
            order.id,
            text,
            field=field,
            seen=as_text(order[field]) or "",
            expected=str(own or ""),
        )

    def _is_foreign(self, order, address, allowed):
        """Return whether an address belongs to another customer.

        :param allowed: the customer's field that lists where he may be served as well,
            companies or single addresses
        """
        customer = order.partner_id.commercial_partner_id
        owner = address.commercial_partner_id
        return bool(owner != customer and not (address | owner) & customer[allowed])

    def _name_missing_pieces(self, address):
        """Return the names of what an address lacks, in the user's language.

        Postcode and state where the country uses them (Odoo's own settings of it); a
        postcode as long as the country is not known.
        """
        country = address.country_id
        needed = {
            "street": not (address.street or address.street2),
            "zip": not address.zip and (not country or country.zip_required),
            "city": not address.city,
            "state_id": not address.state_id and country.state_required,
            "country_id": not country,
        }
        return ", ".join(
            address._fields[name]._description_string(self.env)
            for name, is_missing in needed.items()
            if is_missing
        )

    def _has_goods(self, order):
        return any(
            line.product_id.type == "consu" for line in self._product_lines(order)
        )
