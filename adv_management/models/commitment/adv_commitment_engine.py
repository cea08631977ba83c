import logging
from datetime import date, timedelta

import psycopg2
from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

from . import queries
from .clock import clock_sql, day_book_sql, read_clocks, span_of

OPEN_STATUSES = ("late", "will_be_late", "at_risk", "unpromised", "on_time")

_logger = logging.getLogger(__name__)

_PRECOMMIT_KEY = "adv_management.commitment"


class AdvCommitmentEngine(models.AbstractModel):
    """Keeps the promise ledger true without making anybody wait.

    Doors call :meth:`_touch`; one INSERT at the end of the transaction notes the lines in
    ``adv.commitment.todo``; the scheduled action drains that table in short commits and
    takes what time alone changes (``date_next_check``).
    """

    _name = "adv.commitment.engine"
    _description = "Commitment Engine"

    # ----------------------------------------------------------------------------------
    # In the user's transaction
    # ----------------------------------------------------------------------------------

    @api.model
    def _touch(self, line_ids, *, is_order=False, is_confirmed=False):
        """Note that facts of these order lines changed; costs nothing without lines.

        :param line_ids: ids of ``sale.order.line``
        :param is_order: the change came from the order, which may have made new promises
        :param is_confirmed: the orders have just been confirmed
        """
        if not line_ids:
            return
        noted = self._get_noted()
        noted["lines"].update(dict.fromkeys(line_ids, self.env.uid))
        if is_order:
            noted["order"].update(line_ids)
        if is_confirmed:
            noted["confirmed"].update(line_ids)

    @api.model
    def _touch_goods(self, goods):
        """Note that supply or demand of goods changed; costs nothing without goods.

        :param goods: pairs ``(product id, warehouse id)``
        """
        if goods:
            self._get_noted()["goods"].update(goods)

    @api.model
    def _get_noted(self):
        """Return what this transaction has noted so far, to be written before it commits."""
        precommit = self.env.cr.precommit
        noted = precommit.data.get(_PRECOMMIT_KEY)
        if noted is None:
            noted = {"lines": {}, "order": set(), "confirmed": set(), "goods": set()}
            precommit.data[_PRECOMMIT_KEY] = noted
            # sudo: the hook writes ids, users and times of changes that were allowed.
            precommit.add(self.sudo()._note_touched)
        return noted

    @api.model
    def _note_touched(self):
        """Write what :meth:`_touch` collected: new promises, and the lines to measure again."""
        noted = self.env.cr.precommit.data.pop(_PRECOMMIT_KEY, None)
        if not noted:
            return
        if noted["order"]:
            self.env["adv.commitment"]._promise(noted["order"], noted["confirmed"])
        rows = [(line, user, None, None) for line, user in noted["lines"].items()]
        rows += [(None, self.env.uid, *pair) for pair in sorted(noted["goods"])]
        self._note_rows(rows)

    @api.model
    def _note_rows(self, rows):
        """Note what changed and wake the scheduled action, in one statement.

        The trigger is what ``ir.cron._trigger`` writes, without its three queries: every
        confirmation and every delivery pays for them.

        :param rows: ``(line id, user id, product id, warehouse id)``, a line or goods
        """
        cron = self.env["ir.model.data"]._xmlid_to_res_id("adv_management.ir_cron_adv_refresh_commitments")
        lines, users, products, warehouses = (list(column) for column in zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                """
                WITH todo AS (
                    INSERT INTO adv_commitment_todo
                           (sale_line_id, user_id, product_id, warehouse_id, date_seen)
                    SELECT noted.*, %(now)s
                      FROM unnest(%(lines)s::int[], %(users)s::int[],
                                  %(products)s::int[], %(warehouses)s::int[]) AS noted
                )
                INSERT INTO ir_cron_trigger (cron_id, call_at, create_uid, create_date, write_uid, write_date)
                SELECT id, %(now)s, 1, %(now)s, 1, %(now)s FROM ir_cron WHERE id = %(cron)s AND active
                """,
                now=fields.Datetime.now(),
                lines=lines,
                users=users,
                products=products,
                warehouses=warehouses,
                cron=cron,
            )
        )
        self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)

    # ----------------------------------------------------------------------------------
    # Measuring
    # ----------------------------------------------------------------------------------

    @api.model
    def _refresh(self, line_ids, today: date | None = None, seen=()):
        """Measure the commitments of these order lines again, in the current transaction.

        :param line_ids: ids of ``sale.order.line``
        :param today: the local date to judge by; the real one of each time zone if None
        :param seen: ``(line id, naive UTC time, user id)``: when changes of quantity were made
        """
        if line_ids:
            self.env.flush_all()
            self._measure(SQL("commitment.sale_line_id = ANY(%s)", list(line_ids)), today, seen)

    @api.model
    def _measure(self, lines: SQL, today: date | None = None, seen=()):
        """Run the two measuring statements over the commitments that ``lines`` selects."""
        clocks, calendars = read_clocks(self.env, today)
        span = self.env.execute_query(
            SQL(
                """SELECT LEAST(MIN(date_confirmed), MIN(date_promise), MIN(date_headline)),
                          GREATEST(MAX(date_promise), MAX(date_headline))
                     FROM adv_commitment commitment WHERE %s""",
                lines,
            )
        )[0]
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        clock = clock_sql(clocks)
        cr = self.env.cr
        sources = self.env["adv.commitment"]._get_sources()
        cr.execute(
            queries.insert_quantity_revisions(clock, lines, digits, self._seen_sql(seen), sources)
        )
        book = day_book_sql(calendars, *span_of(clocks, *span))
        cr.execute(queries.update_measures(clock, book, lines, digits, sources))
        self.env["adv.commitment"].invalidate_model()
        self.env["adv.commitment.revision"].invalidate_model()

    @api.model
    def _get_sources(self) -> queries.Sources:
        """Return where the queries look for goods; addons beside this one make them see more."""
        return queries.Sources()

    @staticmethod
    def _seen_sql(seen) -> SQL:
        columns = [list(column) for column in zip(*seen, strict=True)] or [[], [], []]
        return SQL(
            "SELECT DISTINCT ON (line_id) * FROM unnest(%s::int[], %s::timestamp[], %s::int[])"
            " AS seen(line_id, seen_at, user_id) ORDER BY line_id, seen_at",
            *columns,
        )

    # ----------------------------------------------------------------------------------
    # The scheduled action
    # ----------------------------------------------------------------------------------

    @api.model
    def _cron_refresh(self, batch_size=1000):
        """Measure what changed and what time alone changes, in batches, each in one commit.

        Two runs at once share the work: rows that the other one holds are skipped.
        """
        cron = self.env["ir.cron"]
        remaining = cron._commit_progress(remaining=self._count_pending())
        while remaining:
            try:
                done = self._drain(batch_size)
            except SerializationFailure:
                # Somebody else measured these rows first; the next run finds what is left.
                self.env.cr.rollback()
                _logger.info("Commitments: rows taken by another run, left to it")
                return
            left = self._count_pending() if done else 0
            remaining = cron._commit_progress(done, remaining=left)
            if not done:
                return

    @api.model
    def _measure_now(self, line_ids):
        """Measure these order lines here and now; what else waits is left to the engine."""
        self.env.cr.flush()
        taken = self.env.execute_query(
            SQL(
                """
                DELETE FROM adv_commitment_todo
                 WHERE id IN (SELECT id FROM adv_commitment_todo
                               WHERE sale_line_id = ANY(%s) FOR UPDATE SKIP LOCKED)
                RETURNING sale_line_id, date_seen, user_id
                """,
                list(line_ids),
            )
        )
        self._refresh(line_ids, seen=taken)

    @api.model
    def _run_pending(self, today: date | None = None):
        """Measure everything that waits, here and now, without commit (tests, demo)."""
        self.env.cr.flush()
        while self._drain(10000, today):
            pass

    @api.model
    def _count_pending(self) -> int:
        """Return about how many rows wait: noted lines and rows whose clock has run out."""
        clocks, _calendars = read_clocks(self.env)
        return self.env.execute_query(
            SQL(
                """SELECT (SELECT COUNT(*) FROM adv_commitment_todo)
                        + (SELECT COUNT(*) FROM adv_commitment WHERE date_next_check <= %s)""",
                min(clock.today for clock in clocks),
            )
        )[0][0]

    @api.model
    def _drain(self, batch_size: int, today: date | None = None) -> int:
        """Take one batch of the todo table, else of what is due by the clock, and measure it.

        :return: the number of rows taken, 0 when nothing waits that nobody else holds
        """
        self._expand_goods()
        taken = self.env.execute_query(
            SQL(
                """
                WITH todo AS (
                    SELECT id, sale_line_id FROM adv_commitment_todo
                     WHERE sale_line_id IS NOT NULL
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
                                             WHERE other.sale_line_id = todo.sale_line_id))
                  RETURNING gone.sale_line_id, gone.date_seen, gone.user_id
                """,
                batch_size,
            )
        )
        if taken:
            self._refresh_or_isolate(sorted({line for line, _seen, _user in taken}), today, taken)
            return len(taken)
        due = self.env.execute_query(self._due_by_clock_sql(batch_size, today))
        self._refresh_or_isolate([line for (line,) in due], today)
        return len(due)

    @api.model
    def _expand_goods(self):
        """Replace noted goods by the open lines that may wait for them."""
        self.env.cr.execute(
            SQL(
                """
                WITH goods AS (
                    SELECT id FROM adv_commitment_todo WHERE product_id IS NOT NULL
                       FOR UPDATE SKIP LOCKED
                ),
                gone AS (
                    DELETE FROM adv_commitment_todo todo
                          USING goods
                          WHERE goods.id = todo.id
                      RETURNING todo.product_id, todo.warehouse_id, todo.user_id, todo.date_seen
                )
                INSERT INTO adv_commitment_todo (sale_line_id, user_id, date_seen)
                SELECT sale_line_id, MIN(user_id), MIN(date_seen)
                  FROM (
                      SELECT commitment.sale_line_id, gone.user_id, gone.date_seen
                        FROM gone
                        JOIN adv_commitment commitment ON commitment.product_id = gone.product_id
                         AND commitment.warehouse_id = gone.warehouse_id
                         AND commitment.status IN %s
                   UNION ALL
                      SELECT other.sale_line_id, gone.user_id, gone.date_seen
                        FROM gone
                  CROSS JOIN LATERAL (%s) other
                  ) waiting
              GROUP BY sale_line_id
                """,
                OPEN_STATUSES,
                queries.union_all(self.env["adv.commitment"]._get_sources().waiting),
            )
        )

    @api.model
    def _refresh_or_isolate(self, line_ids, today, seen=()):
        """Measure a batch; when it fails, halve it until the line that cannot be measured stands alone.

        That line is logged and looked at again two days later; the others are measured.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                self._refresh(line_ids, today, seen)
        except SerializationFailure:
            raise
        except psycopg2.Error:
            if len(line_ids) > 1:
                middle = len(line_ids) // 2
                self._refresh_or_isolate(line_ids[:middle], today, seen)
                self._refresh_or_isolate(line_ids[middle:], today, seen)
                return
            _logger.exception("Commitment of order line %s cannot be measured", line_ids[0])
            self.env.cr.execute(
                SQL(
                    "UPDATE adv_commitment SET date_next_check = %s WHERE sale_line_id = %s",
                    # in no time zone is the day after tomorrow today
                    (today or fields.Date.today()) + timedelta(days=2),
                    line_ids[0],
                )
            )

    @api.model
    def _due_by_clock_sql(self, batch_size: int, today: date | None) -> SQL:
        """Return the query that locks the lines whose status time alone may have changed."""
        clocks, _calendars = read_clocks(self.env, today)
        return SQL(
            """
            WITH clock AS (%s)
            SELECT commitment.sale_line_id
              FROM adv_commitment commitment
              JOIN clock ON clock.company_id = commitment.company_id
               AND clock.warehouse_id = COALESCE(commitment.warehouse_id, 0)
             WHERE commitment.date_next_check <= clock.today
             ORDER BY commitment.id
             LIMIT %s
               FOR NO KEY UPDATE OF commitment SKIP LOCKED
            """,
            clock_sql(clocks),
            batch_size,
        )
