from lxml import etree

from odoo import api, models
from odoo.fields import Domain

from ...kpi.catalogue import KPIS
from .adv_kpi_fact import rate_field


class AdvCommitment(models.Model):
    """The promise ledger as a fact: its delivery rates can be shown in any pivot or
    graph.
    """

    _name = "adv.commitment"
    _inherit = ["adv.commitment", "adv.kpi.fact"]

    otd_first_rate = rate_field("otd_first_rate")
    otd_rate = rate_field("otd_rate")
    in_full_rate = rate_field("in_full_rate")
    otif_first_rate = rate_field("otif_first_rate")
    otif_rate = rate_field("otif_rate")
    fill_rate = rate_field("fill_rate")

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Split the rates where promises of departure and of arrival are mixed."""
        arch, view = super()._get_view(view_id, view_type, **options)
        rates = KPIS.rates(self._name)
        if (
            view_type in ("pivot", "graph")
            and any(node.get("name") in rates for node in arch.iter("field"))
            and self._is_basis_mixed()
        ):
            split = etree.SubElement(arch, "field", name="basis")
            if view_type == "pivot":
                split.set("type", "col")
        return arch, view

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        if view_type in ("pivot", "graph"):
            key += (self._is_basis_mixed(),)
        return key

    @api.model
    def _is_basis_mixed(self):
        return all(
            self.search_count(domain, limit=1)
            for domain in (
                Domain("basis", "=", "arrival"),
                Domain("basis", "=", "departure"),
            )
        )
