from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import queries
from .clock import clock_sql, read_clocks

_LEDGER = SQL.identifier("adv_commitment_draft")
_REVISIONS = SQL.identifier("adv_commitment_revision_draft")
_DRAFTS = {_LEDGER: queries.LEDGER, _REVISIONS: queries.REVISIONS}


class AdvCommitmentHistory(models.AbstractModel):
    """Takes over the orders confirmed before the addon came, when it is installed.

    In one pass, while the ledger has neither foreign keys nor most of its indexes: the
    promises are drafted in a temporary table, and what the engine's own queries measure
    on the draft is inserted into the ledger. Every row is written there once.
    """

    _name = "adv.commitment.history"
    _description = "History of Promises"

    @api.model
    def _fill_history(self, lines=Domain.TRUE):
        """Write and measure the promises of orders confirmed before the addon came.

        :param lines: domain on ``sale.order.line``: whole orders, if not all of them
        """
        cr = self.env.cr
        # For the sorts of a million rows, in this transaction; compiling does not pay.
        cr.execute("SET LOCAL work_mem = '128MB'")
        self._set_planner()
        for draft, table in _DRAFTS.items():
            cr.execute(
                SQL("CREATE TEMP TABLE %s (LIKE %s INCLUDING DEFAULTS)", draft, table)
            )
        if self._draft_history(lines):
            # Without statistics the planner takes the new table for an empty one.
            cr.execute(SQL("ANALYZE %s", _LEDGER))
            self._measure_history()
        for draft in _DRAFTS:
            cr.execute(SQL("DROP TABLE %s", draft))

    @api.model
    def _draft_history(self, lines) -> int:
        """Write the promises into the draft and return their number."""
        domain = (
            Domain("state", "in", ("sale", "cancel"))
            & self._get_promised_line_domain()
            & lines
        )
        found = (
            self.env["sale.order.line"].with_context(active_test=False)._search(domain)
        )
        return self._insert_promises(
            queries.history_promises(found.select()), ledger=_LEDGER
        )

    @api.model
    def _measure_history(self):
        """Insert the draft into the ledger, measured as by the engine."""
        cr = self.env.cr
        commitments = self.env["adv.commitment"]
        clocks, calendars = read_clocks(self.env)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        clock = clock_sql(clocks)
        sources = commitments._get_sources()._replace(
            ledger=_LEDGER, revisions=_REVISIONS
        )
        cr.execute(
            queries.insert_quantity_revisions(
                clock, SQL("TRUE"), digits, self._seen_sql(()), sources
            )
        )
        cr.execute(SQL("ANALYZE %s", _REVISIONS))
        book = self._get_book(clocks, calendars, _LEDGER, SQL("TRUE"))
        names = [
            name
            for name, field in commitments._fields.items()
            if field.store and field.column_type
        ]
        steps = self._get_steps(SQL("TRUE"), sources)
        cr.execute(queries.insert_measured(clock, book, steps, digits, sources, names))
        cr.execute(
            SQL("INSERT INTO %s SELECT * FROM %s", queries.REVISIONS, _REVISIONS)
        )
        cr.execute(SQL("ANALYZE %s, %s", queries.LEDGER, queries.REVISIONS))
        commitments.invalidate_model()
