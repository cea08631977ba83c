from odoo import api, models


class AdvCommitment(models.Model):
    """The promise of an arrival that a carrier brings."""

    _inherit = "adv.commitment"

    @api.model
    def _get_transit_days(self, order):
        days = super()._get_transit_days(order)
        # sudo: whoever sells need not read how carriers are set up.
        carrier = order.sudo().carrier_id
        if days is None or not carrier.adv_has_transit:
            return days
        return carrier.adv_transit_days
