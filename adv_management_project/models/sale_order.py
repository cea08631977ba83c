from odoo import models


class SaleOrder(models.Model):
    """The parked order starts no project before it is released."""

    _inherit = "sale.order"

    def _adv_launch(self):
        result = super()._adv_launch()
        for company, orders in self.grouped("company_id").items():
            # sudo: as Odoo does at the confirmation; a salesperson may not manage
            # projects himself.
            lines = orders.order_line.sudo().with_company(company)
            lines._timesheet_service_generation()
        return result
