import functools
from collections import defaultdict

from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import api, models
from odoo.tools import SQL

from ...tools.promises import Decision, Promise, decide
from . import queries
from .adv_commitment_engine import OPEN_STATUSES, Frame
from .clock import calendar_of, next_open_day

_BLINK = "100ms"


class AdvCommitmentApplying(models.AbstractModel):
    """Makes hold what people decided, without their waiting for the engine.

    Whoever holds the promise applies what waits for it: the user himself where it is
    free, else the engine with its next batch. Each decision counts as of the moment at
    which it was made, and once: it is settled in the transaction that applies it.
    """

    _name = "adv.commitment.applying"
    _description = "Decisions Applied to Promises"

    # ----------------------------------------------------------------------------------
    # In the user's transaction
    # ----------------------------------------------------------------------------------

    @api.model
    def _measure_now(self, line_ids):
        """Measure these order lines here and now, where nobody else is at it.

        For a user who wants to see what he changed. The others are left to the engine,
        which finds them noted: nobody waits, and nothing fails.

        :return: the ids of the lines that were measured
        """
        self.env.cr.flush()
        try:
            with self.env.cr.savepoint(flush=False):
                free = self._lock_free(line_ids)
                if free:
                    lines = SQL("commitment.sale_line_id = ANY(%s)", free)
                    self._measure(self._get_frame(), lines, self._get_notes(free))
                return free
        except (SerializationFailure, LockNotAvailable):
            # The engine has measured one of them since this transaction began.
            return []

    @api.model
    def _lock_free(self, line_ids) -> list:
        """Lock the promises of these order lines that nobody holds; return the lines.

        Where a row is written in the very moment of the look, PostgreSQL follows it to
        its new version and waits for that: for a blink, no longer.

        :raise SerializationFailure: if one of them is no longer what we see
        :raise LockNotAvailable: if one of them just becomes something else
        """
        cr = self.env.cr
        [(patience,)] = self.env.execute_query(
            SQL("SELECT current_setting('lock_timeout')")
        )
        cr.execute(SQL("SET LOCAL lock_timeout = %s", _BLINK))
        cr.execute(
            SQL(
                """
                SELECT sale_line_id FROM adv_commitment
                 WHERE sale_line_id = ANY(%s)
              ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
                """,
                list(line_ids),
            ),
            log_exceptions=False,
        )
        free = [line for (line,) in cr.fetchall()]
        cr.execute(SQL("SET LOCAL lock_timeout = %s", patience))
        return free

    @api.model
    def _get_notes(self, line_ids):
        """Return what is noted of these lines, which stays for the engine: taking it
        would conflict with it.
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT sale_line_id, date_seen, user_id, line_qty, order_state
                  FROM adv_commitment_todo
                 WHERE sale_line_id = ANY(%s) AND date_seen IS NOT NULL
                """,
                line_ids,
            )
        )

    def _filter_open(self):
        """Return those of which something is still to deliver, by the facts of this
        moment and not by what the engine has seen of them.

        Nothing is written: the cuts that have to be noted for it are taken back.
        """
        if not self:
            return self
        self.env.flush_all()
        lines = SQL("commitment.id = ANY(%s)", self.ids)
        frame = self._get_frame()
        with self.env.cr.savepoint(flush=False) as savepoint:
            self._set_planner()
            self._note_quantities(frame, lines)
            facts = self._get_facts(frame, lines)
            statuses = dict(self.env.execute_query(queries.read_statuses(*facts)))
            savepoint.rollback()
        return self.filtered(lambda each: statuses.get(each.id) in OPEN_STATUSES)

    # ----------------------------------------------------------------------------------
    # Under the lock of whoever measures
    # ----------------------------------------------------------------------------------

    @api.model
    def _apply_decisions(self, frame: Frame, lines: SQL):
        """Apply what was decided about these commitments and waits."""
        pending = [row for (row,) in self.env.execute_query(queries.PENDING)]
        if not pending:
            return
        cr = self.env.cr
        lines = SQL("commitment.id = ANY(%s) AND (%s)", pending, lines)
        cr.execute(
            queries.judge_decisions(frame.clock, lines, frame.digits, frame.sources)
        )
        decided = defaultdict(list)
        for row in cr.dictfetchall():
            decided[row["commitment_id"]].append(row)
        if not decided:
            return
        due_day = self._get_due_days(decided)
        cr.execute(
            queries.apply_promises(
                [(row, *_fold(rows, due_day[row])) for row, rows in decided.items()]
            )
        )
        # Somebody else may have done so without changing the row: left to the next run.
        cr.execute(
            queries.settle_decisions(
                [each["id"] for rows in decided.values() for each in rows]
            ),
            log_exceptions=False,
        )

    @api.model
    def _get_due_days(self, ids):
        """Return ``{commitment id: function}``: from which day a promise counts."""
        due_days = functools.cache(next_open_day)
        commitments = self.env["adv.commitment"].browse(ids)
        return {
            each.id: functools.partial(
                due_days,
                calendar_of(each.company_id, each.warehouse_id),
                each.company_id,
            )
            for each in commitments
        }


def _fold(rows, due_day) -> Promise:
    """Return what a promise is after decisions, in the order of their making.

    :param rows: as ``queries.judge_decisions`` returns them, of one commitment
    """
    promise = Promise(*(rows[0][name] for name in Promise._fields))
    for row in rows:
        values = {name: row[name] for name in Decision._fields if name != "cause_id"}
        decision = Decision(**values, cause_id=row["cause_chosen_id"])
        promise = decide(promise, decision, due_day)
    return promise
