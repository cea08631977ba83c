from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyGettext, LazyTranslate

from .adv_commitment_engine import OPEN_STATUSES
from .clock import clock_sql, read_clocks
from .queries.facts import OPEN_STATES, local_day

_lt = LazyTranslate(__name__)

STALE_DAYS = 90
FAR_DAYS = 731


class Check(NamedTuple):
    """Something that cannot be right about an open promise."""

    code: str
    label: str
    advice: LazyGettext  # what is wrong and what to do, with the dates of the promise
    condition: Callable[[Callable[[str], SQL], list], SQL]  # of columns and clocks


def _order_date(column, clocks):
    """The order's delivery date is promised on none of its lines."""
    return SQL(
        """
        EXISTS (
            SELECT FROM sale_order sale
              JOIN (%(clock)s) clock ON clock.company_id = sale.company_id
               AND clock.warehouse_id = COALESCE(%(warehouse)s, 0)
        CROSS JOIN LATERAL (SELECT %(day)s AS day) shown
             WHERE sale.id = %(order)s AND sale.commitment_date IS NOT NULL
               AND shown.day != %(promise)s
               AND NOT EXISTS (SELECT FROM adv_commitment other
                                WHERE other.order_id = sale.id
                                  AND other.date_promise = shown.day))
        """,
        clock=clock_sql(clocks),
        day=local_day(SQL("sale.commitment_date"), SQL("clock.zone")),
        warehouse=column("warehouse_id"),
        order=column("order_id"),
        promise=column("date_promise"),
    )


def _deadline(column, clocks):
    """A delivery that is planned in time is to leave later at the latest."""
    return SQL(
        """
        %(status)s IN ('on_time', 'at_risk') AND EXISTS (
            SELECT FROM stock_move move
              JOIN stock_location destination
                ON destination.id = move.location_dest_id
               AND destination.usage = 'customer'
              JOIN (%(clock)s) clock ON clock.company_id = move.company_id
               AND clock.warehouse_id = COALESCE(%(warehouse)s, 0)
             WHERE move.sale_line_id = %(line)s AND move.state IN %(open)s
               AND %(day)s > %(promise)s)
        """,
        status=column("status"),
        clock=clock_sql(clocks),
        day=local_day(SQL("move.date_deadline"), SQL("clock.zone")),
        warehouse=column("warehouse_id"),
        line=column("sale_line_id"),
        open=OPEN_STATES,
        promise=column("date_promise"),
    )


def _stale(column, clocks):
    today = min(clock.today for clock in clocks)
    return SQL("%s < %s", column("date_promise"), today - timedelta(days=STALE_DAYS))


# The first that applies is shown: once that is put right, the next one is.
CHECKS = (
    Check(
        "unpromised",
        "No promised date",
        _lt(
            "No date was promised. Agree on one with the customer and enter it with "
            "Change promise."
        ),
        lambda column, _clocks: SQL("%s IS NULL", column("date_promise")),
    ),
    Check(
        "past",
        "Promised in the past",
        _lt(
            "Promised %(promise)s, a day already past when the order was confirmed "
            "(%(confirmed)s). Agree on a date that can be kept."
        ),
        lambda column, _clocks: SQL(
            "%s < %s", column("date_promise"), column("date_confirmed")
        ),
    ),
    Check(
        "far",
        "Promised years ahead",
        _lt(
            "Promised %(promise)s, more than two years after the confirmation "
            "(%(confirmed)s). Is the year right?"
        ),
        lambda column, _clocks: SQL(
            "%s > %s + %s", column("date_promise"), column("date_confirmed"), FAR_DAYS
        ),
    ),
    Check(
        "order_date",
        "Order shows another date",
        _lt(
            "The customer reads %(shown)s on the order, but %(promise)s is promised. "
            "Ask which date holds and enter it with Change promise."
        ),
        _order_date,
    ),
    Check(
        "requested",
        "Promised before the requested date",
        _lt(
            "The customer asked for %(requested)s, but %(promise)s is promised. Ask "
            "whether the goods are welcome that early."
        ),
        lambda column, _clocks: SQL(
            "%s < %s", column("date_promise"), column("date_requested")
        ),
    ),
    Check(
        "deadline",
        "Warehouse works to a later date",
        _lt(
            "The delivery's deadline is %(deadline)s, but %(promise)s is promised. "
            "Confirm the promise with Change promise: the deadline follows."
        ),
        _deadline,
    ),
    Check(
        "stale",
        "Overdue for months",
        _lt(
            "Promised %(promise)s and still open. Is it still wanted? Deliver it, "
            "agree on another date, or cancel the rest."
        ),
        _stale,
    ),
)
_ADVICE = {check.code: check.advice for check in CHECKS}


class AdvCommitmentChecking(models.AbstractModel):
    """Finds open promises whose dates contradict each other or cannot be meant.

    Nothing is stored: ``data_issue`` is an expression over the dates as they are now,
    which can be searched and grouped by. Who may see it is who may see the promise.
    """

    _name = "adv.commitment.checking"
    _description = "Checks of Commitments"

    data_issue = fields.Selection(
        [(check.code, check.label) for check in CHECKS],
        "To Check",
        compute="_compute_data_issue",
        search="_search_data_issue",
        help="What cannot be right about the dates of an open promise.",
    )
    data_issue_note = fields.Text(
        "What to Do",
        compute="_compute_data_issue_note",
        help="What is wrong with the dates, and how to put it right.",
    )

    @api.depends(
        "status",
        "date_promise",
        "date_requested",
        "order_id.commitment_date",
        "sale_line_id.move_ids.date_deadline",
    )
    def _compute_data_issue(self):
        query = self.sudo()._search(Domain("id", "in", self.ids))
        issue = self._field_to_sql(self._table, "data_issue", query)
        found = dict(
            self.env.execute_query(
                query.select(SQL.identifier(self._table, "id"), issue)
            )
        )
        for commitment in self:
            commitment.data_issue = found.get(commitment._origin.id)

    @api.model
    def _search_data_issue(self, operator, value):
        if operator != "in":
            return NotImplemented
        codes = [code for code in value if code]
        is_open = Domain("status", "in", OPEN_STATUSES)
        found = is_open & Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = ANY(%s)", model._field_to_sql(alias, "data_issue", query), codes
            ),
            predicate=lambda commitment: commitment.data_issue in codes,
        )
        if False not in value:
            return found
        return (
            found
            | ~is_open
            | Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IS NULL", model._field_to_sql(alias, "data_issue", query)
                ),
                predicate=lambda commitment: not commitment.data_issue,
            )
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "data_issue":
            return super()._field_to_sql(alias, field_expr, query)

        clocks, _calendars = read_clocks(self.env)

        def column(name):
            return SQL.identifier(alias, name, to_flush=self._fields[name])

        return SQL(
            "CASE WHEN %s NOT IN %s THEN NULL %s END",
            column("status"),
            OPEN_STATUSES,
            SQL(
                " ".join(["WHEN %s THEN %s"] * len(CHECKS)),
                *(
                    part
                    for check in CHECKS
                    for part in (check.condition(column, clocks), check.code)
                ),
                to_flush=[
                    self.env["sale.order"]._fields["commitment_date"],
                    self.env["stock.move"]._fields["date_deadline"],
                ],
            ),
        )

    @api.depends("data_issue")
    @api.depends_context("lang")
    def _compute_data_issue_note(self):
        for commitment in self:
            issue = commitment.data_issue
            # sudo: dates of the order and its delivery, which the order shows as well.
            dates = commitment.sudo()._get_checked_dates() if issue else {}
            commitment.data_issue_note = issue and self.env._(_ADVICE[issue]) % dates

    def _get_checked_dates(self):
        """Return the dates that the advice speaks of, in words."""
        deadlines = [
            move.date_deadline
            for move in self.sale_line_id.move_ids
            if move.state in OPEN_STATES and move.date_deadline
        ]
        dates = {
            "promise": self.date_promise,
            "confirmed": self.date_confirmed,
            "requested": self.date_requested,
            "shown": self._to_local_date(self.order_id.commitment_date),
            "deadline": self._to_local_date(max(deadlines, default=False)),
        }
        return {name: self._in_words(day) for name, day in dates.items()}
