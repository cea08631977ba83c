from odoo import models

from odoo.addons.adv_management.models.control.finding import Finding
from odoo.addons.adv_management.models.field_log.adv_field_log import as_text


class AdvControl(models.Model):
    """The carrier of the order beside the one the customer usually gets."""

    _inherit = "adv.control"

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
