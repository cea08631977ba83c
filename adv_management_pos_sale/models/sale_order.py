from odoo import models


class SaleOrder(models.Model):
    """The quotation that a till settles, and confirms by that."""

    _inherit = "sale.order"

    def action_confirm(self):
        if self.env.context.get("adv_is_till"):
            # sudo: how an order came is noted for the cashier, who does not type it.
            unknown = self.sudo().filtered(lambda order: not order.adv_channel)
            unknown.adv_channel = "pos"
        return super().action_confirm()
