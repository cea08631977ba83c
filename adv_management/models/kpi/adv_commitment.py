from odoo import fields, models

from ...kpi.catalogue import KPIS
from .adv_kpi_fact import AGGREGATOR


def _rate_field(code):
    """Return the measure of a rate: its label and definition are those of the
    catalogue.
    """
    kpi = KPIS[code]
    return fields.Float(
        kpi.label, compute="_compute_rates", aggregator=AGGREGATOR, help=kpi.help
    )


class AdvCommitment(models.Model):
    """The promise ledger as a fact: its delivery rates can be shown in any pivot or
    graph.
    """

    _name = "adv.commitment"
    _inherit = ["adv.commitment", "adv.kpi.fact"]

    otd_first_rate = _rate_field("otd_first_rate")
    otd_rate = _rate_field("otd_rate")
    in_full_rate = _rate_field("in_full_rate")
    otif_first_rate = _rate_field("otif_first_rate")
    otif_rate = _rate_field("otif_rate")
    fill_rate = _rate_field("fill_rate")
