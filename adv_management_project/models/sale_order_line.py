from odoo import models


class SaleOrderLine(models.Model):
    """The service that is planned in a project: of a parked order nothing is yet."""

    _inherit = "sale.order.line"

    def _timesheet_service_generation(self):
        # sudo: a customer's own flow comes here as well.
        released = self.filtered(lambda line: not line.sudo().order_id.adv_is_parked)
        return super(SaleOrderLine, released)._timesheet_service_generation()
