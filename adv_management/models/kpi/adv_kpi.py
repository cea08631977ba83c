from collections import defaultdict

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import date_utils

from ...kpi.catalogue import DIMENSIONS, KPIS, MONTH
from ...kpi.kpi import ROWS, UnknownKpiError, by_cut
from ..commitment.clock import zone_of
from .evaluation import Evaluation, Scope


class AdvKpi(models.AbstractModel):
    """Evaluates the KPIs of the catalogue and opens the list behind each number.

    Both use the same domain, so the number is what the click counts. Figures are read
    with the user's own rights: whoever sees fewer rows gets the figures of those rows.
    """

    _name = "adv.kpi"
    _description = "KPI evaluation"

    # ------------------------------------------------------------------
    # Evaluation
    # ------------------------------------------------------------------
    @api.model
    def _evaluate(
        self, codes, date_from, date_to, *, company_ids=None, domain=None, groupby=()
    ):
        """Return the :class:`Evaluation` of KPIs over a period, in one query per cut.

        :param codes: KPI codes of the catalogue
        :param date_from: first local date of the period
        :param date_to: last local date, included; promises are followed up to today
            only
        :param company_ids: among the active companies; all of them by default
        :param domain: further conditions, on fields of the fact
        :param groupby: ``month`` and dimensions of the fact, each evaluated on its own
        :raise UserError: unknown code or dimension, field that the fact does not have
        """
        kpis = self._get_kpis(codes)
        scope = self._get_scope(date_from, date_to, company_ids, domain)
        sums = {dimension: defaultdict(dict) for dimension in groupby}
        totals = {}
        for cut, cut_kpis in by_cut(kpis).items():
            total, *groups = self._read_cut(cut, cut_kpis, scope, groupby)
            totals[cut] = total.get((), {})
            for dimension, rows in zip(groupby, groups, strict=True):
                for (key,), row in rows.items():
                    sums[dimension][key][cut] = row
        return Evaluation(
            total=self._get_figures(kpis, totals, scope.date_to, scope),
            by={
                dimension: {
                    key: self._get_figures(
                        kpis,
                        rows[key],
                        self._get_group_end(dimension, key, scope),
                        scope,
                    )
                    for key in (sorted(rows) if dimension == MONTH else rows)
                }
                for dimension, rows in sums.items()
            },
        )

    @api.model
    def _read_cut(self, cut, kpis, scope, groupby):
        """Return ``{group: {column: sum}}`` for the whole and for each dimension, in
        one query.
        """
        columns = sorted(
            {column for kpi in kpis for column in kpi.formula.columns} - {ROWS}
        )
        dimensions = [[self._get_groupby_spec(cut, dimension)] for dimension in groupby]
        fact = self.env[cut.fact]
        results = fact._read_grouping_sets(
            self._get_cut_domain(cut, scope),
            [[], *dimensions],
            [ROWS, *(fact._get_sum_spec(column) for column in columns)],
        )
        return [
            {
                row[:size]: dict(zip((ROWS, *columns), row[size:], strict=True))
                for row in rows
            }
            for size, rows in zip(
                [0, *(1 for _dimension in groupby)], results, strict=True
            )
        ]

    @api.model
    def _get_figures(self, kpis, sums_by_cut, date_to, scope):
        return {
            kpi.code: kpi.figure(sums_by_cut.get(kpi.cut, {}), date_to, scope.today)
            for kpi in kpis
        }

    @api.model
    def _get_group_end(self, dimension, key, scope):
        return (
            min(date_utils.end_of(key, "month"), scope.date_to)
            if dimension == MONTH
            else scope.date_to
        )

    # ------------------------------------------------------------------
    # The list behind the number
    # ------------------------------------------------------------------
    @api.model
    def action_open(
        self, code, date_from, date_to, *, company_ids=None, domain=None, group=None
    ):
        """Return the window action on exactly the rows that a figure was made of.

        :param group: the cell of a breakdown, ``{"month": "2026-03-01", "customer":
            7}``
        """
        (kpi,) = self._get_kpis([code])
        rows = self._get_domain(
            code,
            date_from,
            date_to,
            company_ids=company_ids,
            domain=domain,
            group=group,
        )
        self.env[kpi.fact].check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self._get_label(kpi),
            "res_model": kpi.fact,
            "views": [(False, "list"), (False, "form")],
            "domain": list(rows),
        }

    @api.model
    def _get_domain(
        self, code, date_from, date_to, *, company_ids=None, domain=None, group=None
    ):
        """Return the domain of the rows that a figure is made of, or one cell of its
        breakdown.
        """
        (kpi,) = self._get_kpis([code])
        scope = self._get_scope(date_from, date_to, company_ids, domain)
        rows = self._get_cut_domain(kpi.cut, scope)
        for dimension, key in (group or {}).items():
            rows &= self._get_group_domain(kpi.cut, dimension, key)
        return rows

    @api.model
    def _get_cut_domain(self, cut, scope):
        self._check_fields(cut.fact, scope.domain)
        counting = Domain.AND(Domain(column, "=", value) for column, value in cut.where)
        if cut.date is None:
            period = Domain("company_id", "in", list(scope.todays))
        else:
            period = Domain.OR(
                Domain("company_id", "in", company_ids)
                & Domain(cut.date, ">=", fields.Date.to_string(scope.date_from))
                & Domain(cut.date, "<=", fields.Date.to_string(end))
                for end, company_ids in scope.ends(cut.is_cohort)
            )
        return counting & period & scope.domain

    @api.model
    def _get_group_domain(self, cut, dimension, key):
        column = self._get_groupby_spec(cut, dimension).partition(":")[0]
        if dimension != MONTH:
            return Domain(
                column, "=", key.id if isinstance(key, models.BaseModel) else key
            )
        first = date_utils.start_of(fields.Date.to_date(key), "month")
        return Domain(column, ">=", fields.Date.to_string(first)) & Domain(
            column, "<=", fields.Date.to_string(date_utils.end_of(first, "month"))
        )

    # ------------------------------------------------------------------
    # What is asked for
    # ------------------------------------------------------------------
    @api.model
    def _get_kpis(self, codes):
        try:
            return [KPIS[code] for code in dict.fromkeys(codes)]
        except UnknownKpiError as error:
            raise UserError(
                self.env._("There is no KPI “%s”.", error.args[0])
            ) from error

    @api.model
    def _get_label(self, kpi):
        """Return the name of a KPI in the user's language."""
        return self.env._(kpi.label)

    @api.model
    def _get_scope(self, date_from, date_to, company_ids, domain):
        date_from, date_to = (
            fields.Date.to_date(date_from),
            fields.Date.to_date(date_to),
        )
        if not (date_from and date_to) or date_from > date_to:
            raise UserError(self.env._("Choose a period that ends after it begins."))
        companies = (
            self.env["res.company"].browse(company_ids)
            if company_ids
            else self.env.companies
        )
        if companies - self.env.companies:
            # the rows of a company that is not active would be missing, silently
            raise AccessError(
                self.env._("Figures can be read for your active companies only.")
            )
        return Scope(
            date_from,
            date_to,
            self._get_todays(companies),
            Domain(domain or Domain.TRUE),
        )

    @api.model
    def _get_todays(self, companies):
        """Return the local date of each company, by its id."""
        now = pytz.utc.localize(fields.Datetime.now())
        zones = {
            company.id: zone_of(company, company.resource_calendar_id)
            for company in companies
        }
        return {
            company_id: now.astimezone(pytz.timezone(zone)).date()
            for company_id, zone in zones.items()
        }

    @api.model
    def _get_groupby_spec(self, cut, dimension):
        if dimension == MONTH and cut.date:
            return f"{cut.date}:month"
        if column := DIMENSIONS.get(cut.fact, {}).get(dimension):
            return column
        raise UserError(self.env._("These figures cannot be shown by “%s”.", dimension))

    @api.model
    def _check_fields(self, fact, domain):
        """Refuse conditions on what the fact does not have, or cannot search on."""
        known = self.env[fact]._fields
        for condition in domain.iter_conditions():
            column = known.get(condition.field_expr.partition(".")[0])
            if not column or not (column.store or column.search):
                raise UserError(
                    self.env._(
                        "These figures cannot be filtered by “%s”.",
                        condition.field_expr,
                    )
                )
