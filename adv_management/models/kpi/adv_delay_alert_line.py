from odoo import models

from .adv_kpi_fact import rate_field


class AdvDelayAlertLine(models.Model):
    """The promises of alerts as a fact: how many customers were told in time."""

    _name = "adv.delay.alert.line"
    _inherit = ["adv.delay.alert.line", "adv.kpi.fact"]

    told_in_time_rate = rate_field("told_in_time_rate")
