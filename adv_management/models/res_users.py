from odoo import fields, models


class ResUsers(models.Model):
    """The person as the order desk trusts him."""

    _inherit = "res.users"

    adv_waiver_ceiling = fields.Float(
        "Waiver ceiling",
        digits=(16, 2),
        copy=False,
        groups="adv_management.group_adv_manager",
        help="Up to which amount, in company currency, this person may waive or approve "
        "what a control found. Zero: without limit.",
    )
