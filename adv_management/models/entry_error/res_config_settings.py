from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings about names in the figures."""

    _name = "res.config.settings"
    _inherit = ["res.config.settings"]

    adv_staff_informed_date = fields.Date(
        related="company_id.adv_staff_informed_date", readonly=False
    )
    adv_council_informed_date = fields.Date(
        related="company_id.adv_council_informed_date", readonly=False
    )
