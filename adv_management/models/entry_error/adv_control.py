from odoo import fields, models


class AdvControl(models.Model):
    """A control names the entry error that it finds."""

    _name = "adv.control"
    _inherit = ["adv.control"]

    error_type_id = fields.Many2one(
        "adv.entry.error.type",
        "Entry error",
        ondelete="restrict",
        help="What somebody got wrong when this control fails. Empty: it proposes no "
        "entry error.",
    )
