from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    """The order beside the totals of the customer's own, typed when it came."""

    _name = "sale.order"
    _inherit = ["sale.order"]

    adv_control_line_count = fields.Integer(
        "Lines on the customer's order",
        copy=False,
        groups="base.group_user",
        help="How many articles the customer's own order lists, typed when it is "
        "received: a forgotten line shows. Empty: not controlled.",
    )
    adv_control_amount_untaxed = fields.Monetary(
        "Untaxed amount on the customer's order",
        copy=False,
        groups="base.group_user",
        help="What the customer's own order comes to before taxes, typed when it is "
        "received. Empty: not controlled.",
    )

    @api.constrains("adv_control_line_count")
    def _check_adv_control_line_count(self):
        if any(order.adv_control_line_count < 0 for order in self):
            raise ValidationError(
                self.env._(
                    "The customer's order has no negative number of lines: type how "
                    "many it lists, or leave it empty."
                )
            )
