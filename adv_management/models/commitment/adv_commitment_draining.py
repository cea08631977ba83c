import logging
from datetime import date, datetime, timedelta

import psycopg2
from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

from . import queries
from .adv_commitment_engine import OPEN_STATUSES, Note
from .clock import zone_sql

_logger = logging.getLogger(__name__)
# Where days begin first, before UTC.
_EASTERNMOST = timedelta(hours=14)


def _is_due(now: datetime, today: date | None = None) -> SQL:
    """Return the join that keeps the ``commitment`` whose clock has run out where their
    warehouse is.

    :param now: naive UTC
    :param today: the local date to use everywhere; the real one of each zone if None
    """
    return SQL(
        """
        JOIN (%s) zone ON zone.company_id = commitment.company_id
         AND zone.warehouse_id = COALESCE(commitment.warehouse_id, 0)
         AND commitment.date_next_check <= COALESCE(%s, zone.today)
             -- what the planner can look up by the index: nowhere is it later
         AND commitment.date_next_check <= %s
        """,
        zone_sql(now),
        today,
        today or (now + _EASTERNMOST).date(),
    )


class AdvCommitmentDraining(models.AbstractModel):
    """Keeps the promise ledger true without making anybody wait.

    What changed is noted by ``adv.commitment.noting``. The scheduled action drains
    those notes in short commits and takes what time alone changes
    (``date_next_check``).
    """

    _name = "adv.commitment.draining"
    _description = "Draining of Noted Changes"

    @api.model
    def _cron_refresh(self, batch_size=5000):
        """Measure what changed and what time alone changes, in batches, each in one
        commit.

        Of two runs at once the later leaves the work to the first.
        """
        cron = self.env["ir.cron"]
        remaining = cron._commit_progress(remaining=self._count_pending())
        while remaining and self._is_alone():
            try:
                done = self._drain(batch_size)
            except SerializationFailure:
                # A user has just changed one of these promises; the next run finds
                # what is left.
                self.env.cr.rollback()
                _logger.info(
                    "Commitments: rows changed by a user, left to the next run"
                )
                return
            left = self._count_pending() if done else 0
            remaining = cron._commit_progress(done, remaining=left)
            if not left:
                return

    @api.model
    def _is_alone(self) -> bool:
        """Keep other runs out until the next commit, unless one is at work already.

        To be asked first after a commit: what another run did before is then seen.
        """
        return self.env.execute_query(
            SQL(
                "SELECT pg_try_advisory_xact_lock(%s::regclass::oid::bigint)",
                self.env["adv.commitment.todo"]._table,
            )
        )[0][0]

    @api.model
    def _run_pending(self, today: date | None = None):
        """Measure everything that waits, here and now, without commit (tests, demo)."""
        self.env.cr.flush()
        while self._drain(10000, today):
            pass

    @api.model
    def _count_pending(self) -> int:
        """Return about how many rows wait: noted lines and rows whose clock has run
        out where their warehouse is.
        """
        now = fields.Datetime.now()
        return self.env.execute_query(
            SQL(
                """
                SELECT (SELECT COUNT(*) FROM adv_commitment_todo
                         WHERE date_due IS NULL OR date_due <= %s)
                     + (SELECT COUNT(*) FROM adv_commitment commitment %s)
                """,
                now,
                _is_due(now),
            )
        )[0][0]

    @api.model
    def _drain(self, batch_size: int, today: date | None = None) -> int:
        """Take one batch of the todo table, else of what is due by the clock, and
        measure it.

        :return: the number of rows taken, 0 when nothing waits that nobody else holds
        """
        self._set_planner()
        self._expand_goods()
        taken = self._take_noted(batch_size) or self._take_due(batch_size, today)
        if taken:
            lines = list(dict.fromkeys(note.line_id for note in taken))
            lines += self._take_mates(lines)
            moved = self._follow_orders(lines)
            asked = moved.union(note.line_id for note in taken if note.is_asked)
            seen = [note for note in taken if note.seen_at]
            self._refresh_or_isolate(lines, today, seen, asked)
        return len(taken)

    @api.model
    def _take_noted(self, batch_size: int) -> list[Note]:
        """Take noted lines off the table and lock their promises; what a user holds is
        left.
        """
        cr = self.env.cr
        # A user may have changed a promise since: no error, the next run takes it.
        cr.execute(
            SQL(
                """
                WITH todo AS (
                    SELECT id, sale_line_id FROM adv_commitment_todo
                     WHERE sale_line_id IS NOT NULL
                       AND (date_due IS NULL OR date_due <= %s)
                  ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
                ),
                held AS (
                    SELECT sale_line_id FROM adv_commitment
                     WHERE sale_line_id IN (SELECT sale_line_id FROM todo)
                  ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
                )
                DELETE FROM adv_commitment_todo gone
                      USING todo
                      WHERE gone.id = todo.id
                        AND (todo.sale_line_id IN (SELECT sale_line_id FROM held)
                             OR NOT EXISTS (SELECT FROM adv_commitment other
                                             WHERE other.sale_line_id =
                                             todo.sale_line_id))
                  RETURNING gone.sale_line_id, gone.date_seen, gone.user_id,
                            gone.line_qty, gone.order_state,
                            COALESCE(gone.date_seen, gone.date_due) IS NOT NULL
                """,
                fields.Datetime.now(),
                batch_size,
            ),
            log_exceptions=False,
        )
        return [Note(*row) for row in cr.fetchall()]

    @api.model
    def _expand_goods(self):
        """Replace noted products by the open lines that may wait for them.

        Nobody changed these lines: they are noted without a time and a user, and
        matter to others only if they are measured otherwise than before.
        """
        # Another run may just have ended with them: no error, the next one goes on.
        self.env.cr.execute(
            SQL(
                """
                WITH goods AS (
                    SELECT id FROM adv_commitment_todo
                     WHERE product_id IS NOT NULL FOR UPDATE SKIP LOCKED
                ),
                noted AS (
                    DELETE FROM adv_commitment_todo todo
                          USING goods
                          WHERE goods.id = todo.id
                      RETURNING todo.product_id
                ),
                gone AS (
                    SELECT DISTINCT product.id AS product_id
                      FROM noted
                      JOIN product_product product ON product.id = noted.product_id
                      JOIN product_template template
                        ON template.id = product.product_tmpl_id
                       AND template.is_storable
                )
                INSERT INTO adv_commitment_todo (sale_line_id)
                SELECT sale_line_id FROM (%s) waiting
              GROUP BY sale_line_id
              -- who waits for the same goods is measured in the same batch
              ORDER BY MIN(product_id)
                """,
                self._waiting_sql(),
            ),
            log_exceptions=False,
        )

    @api.model
    def _waiting_sql(self) -> SQL:
        """Return ``(sale_line_id, product_id)``: who waits for what is in ``gone``.

        What has reserved all it needs waits for nothing.
        """
        return SQL(
            """
            SELECT sale_line_id, product_id FROM (
                SELECT commitment.sale_line_id, product_id
                  FROM gone
                  JOIN adv_commitment commitment USING (product_id)
                 WHERE commitment.status IN %s
             UNION ALL
                SELECT other.sale_line_id, product_id
                  FROM gone
            CROSS JOIN LATERAL (%s) other
            ) concerned
             WHERE NOT COALESCE((
                   SELECT BOOL_AND(move.state = 'assigned') FROM stock_move move
                    WHERE move.sale_line_id = concerned.sale_line_id
                      AND move.state IN %s), FALSE)
            """,
            OPEN_STATUSES,
            queries.union_all(self.env["adv.commitment"]._get_sources().waiting),
            queries.OPEN_STATES,
        )

    @api.model
    def _refresh_or_isolate(self, line_ids, today, seen, asked):
        """Measure a batch; when it fails, halve it until the line that cannot be
        measured stands alone.

        That line is logged and looked at again two days later; the others are measured.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                self._refresh(line_ids, today, seen, asked)
        except SerializationFailure:
            raise
        except (psycopg2.Error, ValueError, OverflowError):
            if len(line_ids) > 1:
                middle = len(line_ids) // 2
                self._refresh_or_isolate(line_ids[:middle], today, seen, asked)
                self._refresh_or_isolate(line_ids[middle:], today, seen, asked)
                return
            _logger.exception(
                "Commitment of order line %s cannot be measured", line_ids[0]
            )
            self.env.cr.execute(
                SQL(
                    "UPDATE adv_commitment SET date_next_check = %s WHERE "
                    "sale_line_id = %s",
                    # in no time zone is the day after tomorrow today
                    (today or fields.Date.today()) + timedelta(days=2),
                    line_ids[0],
                )
            )

    @api.model
    def _take_due(self, batch_size: int, today: date | None) -> list[Note]:
        """Lock the promises whose status time alone may have changed: nobody changed
        these lines.
        """
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                SELECT commitment.sale_line_id
                  FROM adv_commitment commitment %s
                 ORDER BY commitment.product_id, commitment.id
                 LIMIT %s
                   FOR NO KEY UPDATE OF commitment SKIP LOCKED
                """,
                _is_due(fields.Datetime.now(), today),
                batch_size,
            ),
            log_exceptions=False,
        )
        return [Note(line) for (line,) in cr.fetchall()]
