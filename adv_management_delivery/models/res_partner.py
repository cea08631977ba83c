from odoo import fields, models


class ResPartner(models.Model):
    """The customer has agreed from which amount on we pay the carriage."""

    _inherit = "res.partner"

    adv_carriage_paid = fields.Float(
        "Carriage paid from",
        company_dependent=True,
        copy=False,
        groups="base.group_user",
        help="The untaxed amount of goods, in the company's currency, from which we "
        "pay the carriage. Zero: that of the control “Carriage paid”. Set on the "
        "company, not on its contacts.",
    )
