from odoo import fields, models
from odoo.tools import SQL

from .adv_kpi_fact import AGGREGATOR, rate_field


class AdvEntryError(models.Model):
    """Entry errors as a fact: what goes wrong most, what is caught in time, which
    control is to be believed.
    """

    _name = "adv.entry.error"
    _inherit = ["adv.entry.error", "adv.kpi.fact", "adv.kpi.nameless"]

    interception_rate = rate_field("interception_rate")
    control_precision = rate_field("control_precision")
    error_share = fields.Float(
        "Share of the errors",
        compute="_compute_error_share",
        aggregator=AGGREGATOR,
        help="Entry errors found after the confirmation, out of all those shown.",
    )

    def _compute_error_share(self):
        self.error_share = 0  # one error alone has no share

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != f"error_share:{AGGREGATOR}":
            return super()._read_group_select(aggregate_spec, query)
        errors = SQL("SUM(%s)", self._field_to_sql(self._table, "escaped_count", query))
        return SQL(
            "%(errors)s::float8 / NULLIF("
            "(SELECT %(errors)s FROM %(table)s WHERE %(shown)s), 0)::float8",
            errors=errors,
            table=query.from_clause,
            shown=query.where_clause or SQL("TRUE"),
        )
