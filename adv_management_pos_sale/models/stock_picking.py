from odoo import models


class StockPicking(models.Model):
    """The delivery of a till: the goods are in the customer's hands."""

    _inherit = "stock.picking"

    def _adv_get_controlled(self):
        controlled = super()._adv_get_controlled()
        return controlled.filtered(
            lambda picking: not (picking.pos_order_id or picking.pos_session_id)
        )
