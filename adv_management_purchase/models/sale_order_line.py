from odoo import models


class SaleOrderLine(models.Model):
    """The service that a vendor renders: of a parked order nobody asks for it yet."""

    _inherit = "sale.order.line"

    def _purchase_service_generation(self):
        # sudo: a customer's own flow comes here as well.
        released = self.filtered(lambda line: not line.sudo().order_id.adv_is_parked)
        return super(SaleOrderLine, released)._purchase_service_generation()
