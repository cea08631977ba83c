from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from . import queries
from .clock import Calendars, clock_sql, day_book_sql, read_clocks, span_of

OPEN_STATUSES = ("late", "will_be_late", "at_risk", "unpromised", "on_time")


class Note(NamedTuple):
    """A line to measure: a change as it was noted, and the line as it was then; without
    a time where nobody changed it.
    """

    line_id: int
    seen_at: datetime | None = None  # naive UTC
    user_id: int | None = None
    line_qty: float | None = None
    order_state: str | None = None
    is_asked: bool = False  # somebody wants it looked at, whatever is measured


class Frame(NamedTuple):
    """By what all rows of a statement are measured: read once, used by several."""

    clocks: list
    calendars: Calendars
    clock: SQL
    digits: int
    sources: queries.Sources


class AdvCommitmentEngine(models.AbstractModel):
    """Measures commitments: what was delivered, what is open, when it can leave.

    Two statements over any number of rows, which must be locked: nobody who works on
    an order waits. What to measure, and when, is the business of
    ``adv.commitment.draining``.
    """

    _name = "adv.commitment.engine"
    _description = "Commitment Engine"

    @api.model
    def _refresh(self, line_ids, today: date | None = None, seen=(), asked=None):
        """Measure the commitments of these order lines again, in the current
        transaction.

        :param line_ids: ids of ``sale.order.line``
        :param today: the local date to judge by; the real one of each time zone if None
        :param seen: :class:`Note` tuples: the changes that were noted of these lines
        :param asked: the lines that other rooms look at even if nothing was measured
            otherwise than before; all if None
        """
        if not line_ids:
            return
        self.env.flush_all()
        frame = self._get_frame(today)
        lines = SQL("commitment.sale_line_id = ANY(%s)", list(line_ids))
        changed = self._measure(frame, lines, seen)
        concerned = [
            line
            for line in line_ids
            if asked is None or line in asked or line in changed
        ]
        if concerned:
            self._after_refresh(frame, concerned)

    @api.model
    def _after_refresh(self, frame: Frame, line_ids):
        """What other rooms do once lines were measured that changed, or of which
        somebody changed something.

        :param frame: by what they were measured
        """

    @api.model
    def _follow_orders(self, line_ids) -> set:
        """Take over who the customer is by now, and from where open lines leave.

        Orders are corrected, customers merged and deleted; what has left has left.

        :return: the order lines whose commitments were written
        """
        found = self.env.execute_query(
            SQL(
                """
                UPDATE adv_commitment commitment
                   SET partner_id = now.partner_id, warehouse_id = now.warehouse_id
                  FROM (SELECT known.id,
                               COALESCE(partner.commercial_partner_id, partner.id)
                                   AS partner_id,
                               warehouse.id AS warehouse_id
                          FROM adv_commitment known
                          JOIN sale_order_line line ON line.id = known.sale_line_id
                          JOIN sale_order sale ON sale.id = line.order_id
                          JOIN res_partner partner ON partner.id = sale.partner_id
                     LEFT JOIN stock_warehouse warehouse
                            ON warehouse.id =
                               COALESCE(line.warehouse_id, sale.warehouse_id)
                           AND warehouse.company_id = sale.company_id
                         WHERE line.id = ANY(%s)
                           AND (known.status != 'delivered'
                                OR known.partner_id IS NULL)) now
                 WHERE now.id = commitment.id
                   AND (commitment.partner_id, commitment.warehouse_id)
                       IS DISTINCT FROM (now.partner_id, now.warehouse_id)
             RETURNING commitment.sale_line_id
                """,
                line_ids,
            )
        )
        return {line for (line,) in found}

    @api.model
    def _measure(self, frame: Frame, lines: SQL, seen=()) -> set:
        """Measure the commitments that ``lines`` selects: note what was raised and cut,
        apply what people decided, write what follows.

        :return: the order lines whose commitments were written
        """
        self._set_planner()
        self._note_quantities(frame, lines, seen)
        self._apply_decisions(frame, lines)
        facts = self._get_facts(frame, self._with_mates(lines))
        update = queries.update_measures(*facts, lines)
        changed = {line for (line,) in self.env.execute_query(update)}
        self.env["adv.commitment"].invalidate_model()
        self.env["adv.commitment.revision"].invalidate_model()
        return changed

    @api.model
    def _get_frame(self, today: date | None = None) -> Frame:
        clocks, calendars = read_clocks(self.env, today)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return Frame(clocks, calendars, clock_sql(clocks), digits, self._get_sources())

    @api.model
    def _note_quantities(self, frame: Frame, lines: SQL, seen=()):
        """Append the increases and cuts that the history does not hold yet."""
        self.env.cr.execute(
            queries.insert_quantity_revisions(
                frame.clock, lines, frame.digits, self._seen_sql(seen), frame.sources
            )
        )

    @api.model
    def _get_facts(self, frame: Frame, lines: SQL):
        """Return the arguments of the queries that measure."""
        sources = frame.sources
        book = self._get_book(frame.clocks, frame.calendars, sources.ledger, lines)
        steps = self._get_steps(lines, sources)
        return frame.clock, book, steps, lines, frame.digits, sources

    @api.model
    def _get_sources(self) -> queries.Sources:
        """Return where the queries look for goods; other addons make them see more."""
        return queries.Sources()

    @api.model
    def _set_planner(self):
        """Tell PostgreSQL how to plan the statements of this transaction.

        Compiling statements of this length takes longer than running them; sorting
        wide rows for a merge takes longer than hashing the narrow side; and what is
        open is in memory, far from the years around it.
        """
        self.env.cr.execute(
            "SET LOCAL jit = off; SET LOCAL enable_mergejoin = off;"
            " SET LOCAL random_page_cost = 1.1"
        )

    @api.model
    def _get_steps(self, lines: SQL, sources) -> SQL:
        """Return the chains of what these commitments wait for.

        :return: relation ``(commitment_id, move_id, lead_days, is_first)``: open moves
            and the days from the goods at the move to the goods at the line; first are
            those that wait for no other move
        """
        reached = {
            pair: 0
            for pair in self.env.execute_query(queries.first_steps(lines, sources))
        }
        followed, last = set(), set(reached)
        while last:
            before = defaultdict(list)
            moves = {move for _commitment, move in last}
            for move, origin, days in self.env.execute_query(
                queries.steps_before(moves, sources)
            ):
                before[move].append((origin, days))
            followed.update(before)
            found = {}
            for commitment, move in last:
                for origin, days in before[move]:
                    pair = (commitment, origin)
                    total = reached[commitment, move] + days
                    found[pair] = max(total, found.get(pair, reached.get(pair, 0)))
            last = found.keys() - reached.keys()
            reached |= found
        return queries.steps_sql(
            [(*pair, days, pair[1] not in followed) for pair, days in reached.items()]
        )

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
        notes = [Note(*row)[:5] for row in seen]
        columns = [list(column) for column in zip(*notes, strict=True)] or [[]] * 5
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::timestamp[], %s::int[], %s::numeric[],"
            " %s::text[]) AS seen(line_id, seen_at, user_id, line_qty, order_state)",
            *columns,
        )
