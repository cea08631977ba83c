from odoo import models

from .adv_kpi_fact import rate_field


class AdvOrderConfirmation(models.Model):
    """The first confirmations as a fact: whether they were acknowledged in time."""

    _name = "adv.order.confirmation"
    _inherit = ["adv.order.confirmation", "adv.kpi.fact"]

    acknowledged_in_time_rate = rate_field("acknowledged_in_time_rate")
