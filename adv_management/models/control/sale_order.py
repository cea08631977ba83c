from odoo import fields, models


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
