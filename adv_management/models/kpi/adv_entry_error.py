from odoo import models

from .adv_kpi_fact import rate_field


class AdvEntryError(models.Model):
    """Entry errors as a fact: what is caught in time, which control is to be believed."""

    _name = "adv.entry.error"
    _inherit = ["adv.entry.error", "adv.kpi.fact", "adv.kpi.nameless"]

    interception_rate = rate_field("interception_rate")
    control_precision = rate_field("control_precision")
