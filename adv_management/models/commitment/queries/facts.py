"""What the stock moves and the history say about each commitment."""

from odoo.tools import SQL

from .parts import whole
from .sources import Sources

OPEN_STATES = ("draft", "waiting", "confirmed", "partially_available", "assigned")


# Where goods are the customer's, or another company's.
PLACE = SQL(
    """
    place AS NOT MATERIALIZED (
        SELECT id, usage = 'customer' OR usage = 'transit' AND company_id IS NULL
                   AS is_outside
          FROM stock_location
    )
    """
)

# Joins that tell of each ``move`` where it leads and what comes before and after it.
WAY = SQL(
    """
          JOIN place source ON source.id = move.location_id
          JOIN place destination ON destination.id = move.location_dest_id
     LEFT JOIN place final ON final.id = move.location_final_id
    CROSS JOIN LATERAL (
               SELECT COALESCE(final.is_outside, destination.is_outside) AS is_out,
                      move.state IN %(open)s AS is_open
               ) way
    CROSS JOIN LATERAL (
               SELECT CASE WHEN way.is_open OR NOT way.is_out THEN EXISTS (
                           SELECT FROM stock_move_move_rel link
                             JOIN stock_move next ON next.id = link.move_dest_id
                            WHERE link.move_orig_id = move.id
                              AND next.sale_line_id = move.sale_line_id
                              AND next.state IN %(open)s)
                           ELSE FALSE END AS is_followed,
                      CASE WHEN way.is_open THEN EXISTS (
                           SELECT FROM stock_move_move_rel link
                             JOIN stock_move previous
                               ON previous.id = link.move_orig_id
                            WHERE link.move_dest_id = move.id
                              AND previous.sale_line_id = move.sale_line_id
                              AND previous.state IN %(open)s)
                           ELSE FALSE END AS is_waiting
               ) chain
    """,
    open=OPEN_STATES,
)
# On its way out: it knows its end (pushed) or its successor (pulled).
IS_OUTBOUND = SQL("NOT source.is_outside AND (way.is_out OR chain.is_followed)")


def local_day(moment: SQL, zone: SQL) -> SQL:
    """Return the local date of a naive UTC timestamp.

    East of London the last evening of 9999 is in a year that Python cannot read.
    """
    return SQL(
        """CASE WHEN %(moment)s >= TIMESTAMP '9999-12-31' THEN DATE '9999-12-31'
                ELSE (%(moment)s AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date END""",
        moment=moment,
        zone=zone,
    )


def facts(clock: SQL, lines: SQL, digits: int, sources: Sources) -> SQL:
    """Return the common table expressions ``scope``, ``move`` and ``goods``.

    * ``scope``: the commitments in question, with the line's present quantity;
    * ``move``: their stock moves of the same product, signed seen from the customer;
    * ``goods``: per commitment what is out, open, cancelled, ready and when.

    :param lines: condition on ``commitment``, for instance ``commitment.sale_line_id =
        ANY(...)``
    """
    return SQL(
        """
        clock AS MATERIALIZED (%(clock)s),
        scope AS MATERIALIZED (
            SELECT commitment.id, commitment.sale_line_id, commitment.order_id,
                   commitment.company_id, commitment.qty_first_promise,
                   commitment.date_requested, commitment.date_first_promise,
                   commitment.date_headline, commitment.date_promise,
                   commitment.is_hold, commitment.cause_id, commitment.is_cause_manual,
                   commitment.evidence_move_id,
                   COALESCE(commitment.transit_days, 0) AS transit_days,
                   clock.zone, clock.calendar_key, clock.today, clock.buffer_days,
                   sale.state AS order_state, sale.write_date AS order_write_date,
                   line.product_uom_qty AS line_uom_qty,
                   sale.team_id AS order_team_id, sale.adv_user_id AS order_adv_user_id,
                   sale.adv_date_requested AS order_date_requested, line.product_id
                       AS line_product_id,
                   line.price_subtotal AS line_amount,
                   currency.decimal_places AS currency_digits,
                   unit.factor AS unit_factor,
                   ROUND(line.product_uom_qty * line_unit.factor / unit.factor,
                       %(digits)s) AS line_qty
              FROM %(ledger)s commitment
              JOIN sale_order_line line ON line.id = commitment.sale_line_id
              JOIN sale_order sale ON sale.id = commitment.order_id
              JOIN uom_uom line_unit ON line_unit.id = line.product_uom_id
              JOIN uom_uom unit ON unit.id = commitment.product_uom_id
              JOIN res_currency currency ON currency.id = commitment.currency_id
         -- every row has its clock; the planner would expect few rows of an inner join
         LEFT JOIN clock ON clock.company_id = commitment.company_id
                        AND clock.warehouse_id = COALESCE(commitment.warehouse_id, 0)
             WHERE %(lines)s
        ),
        %(place)s,
        %(moves)s,
        goods AS MATERIALIZED (
            SELECT commitment_id,
                   ROUND(SUM(CASE WHEN state = 'done' AND is_out THEN qty
                                  WHEN state = 'done' AND is_back THEN -qty
                                  ELSE 0 END), %(digits)s) AS net,
                   ROUND(COALESCE(SUM(qty) FILTER (WHERE is_outbound
                       AND state IN %(open_states)s AND NOT is_followed), 0),
                       %(digits)s) AS open,
                   ROUND(COALESCE(SUM(qty) FILTER (WHERE is_outbound
                       AND state = 'cancel'), 0), %(digits)s) AS cancelled,
                   MAX(write_date) FILTER (WHERE is_outbound AND state = 'cancel')
                       AS cancelled_at,
                   ROUND(COALESCE(SUM(qty_refused) FILTER (WHERE is_outbound), 0),
                       %(digits)s) AS refused,
                   MAX(date) FILTER (WHERE is_outbound AND qty_refused > 0)
                       AS refused_at,
                   MAX(write_date) FILTER (WHERE is_outbound AND qty_refused > 0)
                       AS refused_written_at,
                   BOOL_AND(state = 'assigned') FILTER (
                        WHERE is_outbound AND state IN %(open_states)s
                            AND NOT is_waiting) AS is_ready,
                   MIN(day) FILTER (WHERE is_outbound AND state IN %(open_states)s)
                       AS day_next,
                   MAX(day) FILTER (WHERE is_outbound AND state IN %(open_states)s)
                       AS day_last,
                   MIN(picking_id) FILTER (WHERE is_outbound
                       AND state IN %(open_states)s AND NOT is_followed)
                       AS first_picking_id,
                   MAX(picking_id) FILTER (WHERE is_outbound
                       AND state IN %(open_states)s AND NOT is_followed)
                       AS last_picking_id
              FROM move
          GROUP BY commitment_id
        )
        """,
        clock=clock,
        ledger=sources.ledger,
        lines=lines,
        digits=digits,
        open_states=OPEN_STATES,
        place=PLACE,
        moves=_moves(digits, sources),
    )


def _moves(digits: int, sources: Sources) -> SQL:
    """Return ``move``, and with it what products that leave in parts need."""
    if sources.parts is None:
        piece = _piece(SQL("scope.unit_factor"), SQL(), SQL("FALSE"), sources)
        return SQL("move AS MATERIALIZED (%s%s)", piece, _handed(SQL(), sources))
    piece = _piece(
        SQL("COALESCE(part.factor, scope.unit_factor)"),
        SQL("LEFT JOIN part ON part.move_id = move.id"),
        SQL("part.move_id IS NOT NULL"),
        sources,
    )
    piece = SQL("%s%s", piece, _handed(SQL("NULL::int AS part_id,"), sources))
    return whole(piece, sources.parts, digits, OPEN_STATES)


def _handed(part_id: SQL, sources: Sources) -> SQL:
    """Return what goes out without naming its line, as more rows of ``_piece``."""
    if sources.handed is None:
        return SQL()
    return SQL(
        """
        UNION ALL
        SELECT handed.commitment_id, %(part_id)s
               handed.id, handed.date, handed.write_date, handed.state,
               handed.picking_id, %(day)s AS day, ABS(handed.qty) AS qty,
               handed.qty_refused, handed.qty > 0 AS is_out, handed.qty < 0 AS is_back,
               handed.qty > 0 AS is_outbound, FALSE AS is_followed, FALSE AS is_waiting
          FROM (%(handed)s) handed
          JOIN scope ON scope.id = handed.commitment_id
        """,
        part_id=part_id,
        handed=sources.handed,
        day=local_day(SQL("handed.date"), SQL("scope.zone")),
    )


def _piece(factor: SQL, part: SQL, is_part: SQL, sources: Sources) -> SQL:
    """Return the query of the moves of each commitment, in units of its product.

    Not yet rounded to those units: parts of a whole add up to it.
    """
    return SQL(
        """
        SELECT scope.id AS commitment_id, %(part_id)s
               move.id, move.date, move.write_date, move.state, move.picking_id,
               %(day)s AS day,
               ROUND(CASE WHEN move.state = 'done' THEN move.quantity
                          ELSE move.product_uom_qty END
                     * move_unit.factor / %(factor)s, 12) AS qty,
               -- a refused backorder leaves the demand on the done move
               CASE WHEN move.state = 'done'
                    THEN ROUND(GREATEST(move.product_uom_qty - move.quantity, 0)
                               * move_unit.factor / %(factor)s, 12)
                    ELSE 0 END AS qty_refused,
               destination.is_outside AND NOT source.is_outside AS is_out,
               source.is_outside AND NOT destination.is_outside AS is_back,
               %(is_outbound)s AS is_outbound, chain.is_followed, chain.is_waiting
          FROM scope
          JOIN stock_move move ON move.sale_line_id = scope.sale_line_id
           AND %(counts)s
               %(part)s
          JOIN uom_uom move_unit ON move_unit.id = move.product_uom
               %(way)s
         -- spelled so that the planner does not take it for a rare coincidence
         WHERE CASE WHEN move.product_id = scope.line_product_id THEN TRUE
                    ELSE %(is_part)s END
        """,
        factor=factor,
        part=part,
        is_part=is_part,
        part_id=SQL("part.part_id,") if part else SQL(),
        counts=sources.counts,
        is_outbound=IS_OUTBOUND,
        way=WAY,
        day=local_day(SQL("move.date"), SQL("scope.zone")),
    )


def stream(digits: int, sources: Sources) -> SQL:
    """Return ``stream``: deliveries, returns and cuts in the order of their happening.

    A cut, whoever asked for it, counts from the end of its day: what left that day was
    still owed. A cut that was taken back later never happened: ``cut`` is what lasted
    of the running total.
    """
    return SQL(_STREAM, digits=digits, revisions=sources.revisions)


_STREAM = """
    event AS (
        SELECT commitment_id, day, 0 AS turn, date AS moment, id,
               CASE WHEN is_out THEN qty ELSE 0 END AS qty_out,
               CASE WHEN is_back THEN qty ELSE 0 END AS qty_back,
               0 AS qty_cut
          FROM move
         WHERE state = 'done' AND (is_out OR is_back)
     UNION ALL
        SELECT revision.commitment_id, revision.date_effective, 1, NULL, revision.id,
            0, 0, -revision.qty_delta
          FROM %(revisions)s revision
          JOIN scope ON scope.id = revision.commitment_id
         WHERE revision.kind = 'quantity' AND (revision.origin = 'internal'
             OR revision.qty_delta < 0)
    ),
    running AS (
        SELECT commitment_id, day, turn, moment, id,
               ROUND(SUM(qty_out - qty_back) OVER happened, %(digits)s) AS net,
               ROUND(SUM(qty_out) OVER happened, %(digits)s) AS gross,
               SUM(qty_cut) OVER happened AS cut_so_far
          FROM event
        WINDOW happened AS (PARTITION BY commitment_id ORDER BY day, turn, moment, id)
    ),
    stream AS (
        SELECT commitment_id, day, turn, moment, net, gross,
               MIN(cut_so_far) OVER (
                   PARTITION BY commitment_id ORDER BY day, turn, moment, id
                   ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS cut
          FROM running
    )
    """
