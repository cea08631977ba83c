from datetime import date

from odoo import api, models
from odoo.tools import SQL

from . import queries
from .clock import clock_sql, day_book_sql, read_clocks, span_of

OPEN_STATUSES = ("late", "will_be_late", "at_risk", "unpromised", "on_time")


class AdvCommitmentEngine(models.AbstractModel):
    """Measures commitments: what was delivered, what is open, when it can leave.

    Two statements over any number of rows. What to measure, and when, is the business
    of ``adv.commitment.draining``.
    """

    _name = "adv.commitment.engine"
    _description = "Commitment Engine"

    @api.model
    def _refresh(self, line_ids, today: date | None = None, seen=()):
        """Measure the commitments of these order lines again, in the current
        transaction.

        :param line_ids: ids of ``sale.order.line``
        :param today: the local date to judge by; the real one of each time zone if None
        :param seen: ``(line id, naive UTC time, user id)``: when changes of quantity
            were made
        """
        if line_ids:
            self.env.flush_all()
            self._measure(
                SQL("commitment.sale_line_id = ANY(%s)", list(line_ids)), today, seen
            )

    @api.model
    def _measure(self, lines: SQL, today: date | None = None, seen=()):
        """Run the two measuring statements over the commitments ``lines`` selects."""
        clocks, calendars = read_clocks(self.env, today)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        sources = self._get_sources()
        clock = clock_sql(clocks)
        cr = self.env.cr
        # Compiling statements of this length takes longer than running them.
        cr.execute("SET LOCAL jit = off")
        cr.execute(
            queries.insert_quantity_revisions(
                clock, lines, digits, self._seen_sql(seen), sources
            )
        )
        book = self._get_book(clocks, calendars, sources.ledger, lines)
        cr.execute(queries.update_measures(clock, book, lines, digits, sources))
        self.env["adv.commitment"].invalidate_model()
        self.env["adv.commitment.revision"].invalidate_model()

    @api.model
    def _get_sources(self) -> queries.Sources:
        """Return where the queries look for goods; other addons make them see more."""
        return queries.Sources()

    @api.model
    def _get_book(self, clocks, calendars, ledger: SQL, lines: SQL) -> SQL:
        """Return the day book of all days that matter to these commitments."""
        span = self.env.execute_query(
            SQL(
                """SELECT LEAST(MIN(date_confirmed), MIN(date_promise),
                                MIN(date_headline)),
                          GREATEST(MAX(date_promise), MAX(date_headline))
                     FROM %s commitment WHERE %s""",
                ledger,
                lines,
            )
        )[0]
        return day_book_sql(calendars, *span_of(clocks, *span))

    @staticmethod
    def _seen_sql(seen) -> SQL:
        columns = [list(column) for column in zip(*seen, strict=True)] or [[], [], []]
        return SQL(
            "SELECT DISTINCT ON (line_id) * FROM unnest(%s::int[], "
            "%s::timestamp[], %s::int[])"
            " AS seen(line_id, seen_at, user_id) ORDER BY line_id, seen_at",
            *columns,
        )
