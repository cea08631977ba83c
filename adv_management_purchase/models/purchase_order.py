from odoo import models


class PurchaseOrder(models.Model):
    """The purchase whose confirmation turns a request into supply."""

    _inherit = "purchase.order"

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals or "picking_type_id" in vals:
            self.order_line._adv_touch_commitments()
        return result
