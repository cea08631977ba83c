from odoo import models


class StockMove(models.Model):
    """The move of a ticket, which names no order line."""

    _inherit = "stock.move"

    def _adv_touch_commitments(self):
        result = super()._adv_touch_commitments()
        # sudo: whoever moves goods may not read tickets; only ids are noted.
        self.sudo().picking_id.pos_order_id._adv_touch_commitments()
        return result
