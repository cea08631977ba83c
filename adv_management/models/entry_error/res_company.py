from odoo import fields, models


class ResCompany(models.Model):
    """When a company told its staff that entry errors are kept with a name."""

    _name = "res.company"
    _inherit = ["res.company"]

    adv_staff_informed_date = fields.Date(
        "Staff informed on",
        help="The day from which every person concerned knows that entry errors are "
        "recorded with their author. Empty: names stay hidden.",
    )
    adv_council_informed_date = fields.Date(
        "Works council informed on",
        help="The day on which the works council was informed and consulted. Empty: "
        "names stay hidden.",
    )
