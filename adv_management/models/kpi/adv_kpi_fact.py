from odoo import api, fields, models
from odoo.tools import SQL

from ...kpi.catalogue import KPIS

AGGREGATOR = (
    "avg"  # offered by pivot, graph and grouped list; never computed as an average
)


def rate_field(code):
    """Return the measure of a rate: its label and definition are those of the
    catalogue.
    """
    kpi = KPIS[code]
    return fields.Float(
        kpi.label, compute="_compute_rates", aggregator=AGGREGATOR, help=kpi.help
    )


class AdvKpiFact(models.AbstractModel):
    """A model of additive rows whose rates, as measures, are sum over sum in every
    group.

    A fact declares one float field per rate of the catalogue, with the
    KPI's code as name::

        class AdvCommitment(models.Model):
            _name = "adv.commitment"
            _inherit = ["adv.commitment", "adv.kpi.fact"]

            otif_rate = rate_field("otif_rate")
    """

    _name = "adv.kpi.fact"
    _description = "Fact with rates"

    @api.depends(lambda self: self._get_rate_columns())
    def _compute_rates(self):
        rates = KPIS.rates(self._name)
        for row in self:
            for code, kpi in rates.items():
                counts = all(row[column] == value for column, value in kpi.where)
                sums = (
                    {column: row[column] for column in kpi.formula.columns}
                    if counts
                    else {}
                )
                row[code] = kpi.formula.compute(sums).value

    @api.model
    def _get_rate_columns(self):
        rates = KPIS.rates(self._name).values()
        columns = {column for kpi in rates for column in kpi.formula.columns}
        return sorted(
            columns.union(column for kpi in rates for column, _value in kpi.where)
        )

    @api.model
    def _get_sum_spec(self, column):
        """Return how a column is added up: amounts in the currency of the company."""
        is_amount = self._fields[column].type == "monetary"
        return f"{column}:sum_currency" if is_amount else f"{column}:sum"

    def _read_group_select(self, aggregate_spec, query):
        code, _separator, function = aggregate_spec.partition(":")
        kpi = KPIS.rates(self._name).get(code)
        if not kpi or function != AGGREGATOR:
            return super()._read_group_select(aggregate_spec, query)
        return self._get_rate_sql(kpi, query)

    def _get_rate_sql(self, kpi, query):
        """Return the sum over the sum of the rows that count, NULL where there is no
        data.
        """

        def column(name):
            return self._field_to_sql(self._table, name, query)

        def total(name):
            return SQL(
                "COALESCE(SUM(%s) FILTER (WHERE %s), 0)::float8", column(name), counting
            )

        counting = SQL(" AND ").join(
            SQL("%s = %s", column(name), value) for name, value in kpi.where
        ) or SQL("TRUE")
        return SQL(
            "%(per)s * %(numerator)s / NULLIF(%(denominator)s, 0)",
            per=kpi.formula.per,
            numerator=total(kpi.formula.numerator),
            denominator=SQL(" + ").join(map(total, kpi.formula.denominators)),
        )
