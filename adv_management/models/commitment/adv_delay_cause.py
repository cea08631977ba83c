from odoo import fields, models

RESPONSIBILITIES = [
    ("us", "Us"),
    ("supplier", "Supplier"),
    ("carrier", "Carrier"),
    ("customer", "Customer"),
    ("nobody", "Nobody"),
]


class AdvDelayCause(models.Model):
    """Why a promise was or will be missed, and whose responsibility that is."""

    _name = "adv.delay.cause"
    _description = "Delay Cause"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    responsibility = fields.Selection(
        RESPONSIBILITIES,
        required=True,
        default="us",
        help="Who answers for the delay. Only our own delays count against the desk.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Each delay cause needs a code of its own."
    )
