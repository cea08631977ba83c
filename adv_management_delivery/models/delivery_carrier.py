from odoo import api, fields, models

from odoo.addons.adv_management.models.commitment.adv_transit_zone import (
    check_transit_days,
)


class DeliveryCarrier(models.Model):
    """The carrier knows best how long goods travel."""

    _inherit = "delivery.carrier"

    adv_has_transit = fields.Boolean(
        "Own transit time",
        help="Promised arrivals count with this carrier's transit instead of that of "
        "the address's transit zone.",
    )
    adv_transit_days = fields.Integer(
        "Transit", help="Working days from the departure to the arrival."
    )

    @api.constrains("adv_transit_days")
    def _check_adv_transit_days(self):
        check_transit_days(self, "adv_transit_days")
