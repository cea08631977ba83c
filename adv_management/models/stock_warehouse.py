from odoo import fields, models


class StockWarehouse(models.Model):
    """The warehouse has its own open days: a promise falls on one of them."""

    _inherit = "stock.warehouse"

    adv_calendar_id = fields.Many2one(
        "resource.calendar",
        "Delivery calendar",
        copy=False,
        check_company=True,
        help="The days on which this warehouse ships, and the clock they follow. "
        "Empty: the company's calendar.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "adv_calendar_id" in vals:
            self.env["adv.commitment"]._touch_open(self.company_id)
        return result
