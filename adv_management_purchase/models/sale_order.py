from odoo import models


class SaleOrder(models.Model):
    """The parked order buys nothing before it is released."""

    _inherit = "sale.order"

    def _adv_launch(self):
        result = super()._adv_launch()
        # sudo: as Odoo does at the confirmation; a salesperson may not buy himself.
        self.order_line.sudo()._purchase_service_generation()
        return result
