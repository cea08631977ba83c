"""Increases and cuts of quantity, noted the first time they are seen."""

from odoo.tools import SQL

from .facts import facts, local_day, stream
from .sources import Sources


def _is_touched(digits: int, sources: Sources) -> SQL:
    """Return the condition that something may have been added to ``commitment`` or cut
    from it, then or now: few of them; the others need no look.
    """
    return SQL(
        """(sale.state != 'sale'
            OR ROUND(line.product_uom_qty * line_unit.factor / unit.factor, %(digits)s)
               != commitment.qty_first_promise
            OR EXISTS (SELECT FROM %(revisions)s revision
                        WHERE revision.commitment_id = commitment.id
                          AND revision.kind = 'quantity')
            OR EXISTS (SELECT FROM stock_move move
                        WHERE move.sale_line_id = commitment.sale_line_id
                          AND (move.state = 'cancel'
                               OR move.state = 'done'
                              AND move.quantity < move.product_uom_qty)))""",
        digits=digits,
        revisions=sources.revisions,
    )


def insert_quantity_revisions(
    clock: SQL, lines: SQL, digits: int, seen: SQL, sources: Sources
) -> SQL:
    """Return the INSERT of the increases and cuts that the history does not hold yet.

    What will never be delivered any more is ``qty_ordered`` less the line's quantity,
    or less what went out and is open when moves were cancelled or backorders refused.
    Only such moves prove a cut: a line without moves (a hold, a dropship not ordered)
    and goods that came back have lost nothing. Cuts that the customer asked for may
    still stand on the line (``waived``): cancelling a transfer does not lower it.

    :param seen: relation ``(line_id, seen_at, user_id, line_qty, order_state)``: when
        and by whose hand a change reached the database, and what it left behind; lines
        without a row are dated from the records
    """
    return SQL(
        """
        WITH %(facts)s, %(stream)s,
        seen AS (%(seen)s),
        noted AS (
            SELECT revision.commitment_id,
                   -SUM(revision.qty_delta)
                       FILTER (WHERE revision.origin = 'internal') AS cut,
                   SUM(revision.qty_delta)
                       FILTER (WHERE revision.origin = 'customer') AS agreed,
                   -SUM(revision.qty_delta)
                       FILTER (WHERE revision.origin = 'customer'
                                 AND revision.qty_delta < 0) AS asked
              FROM %(revisions)s revision
              JOIN scope ON scope.id = revision.commitment_id
             WHERE revision.kind = 'quantity'
          GROUP BY revision.commitment_id
        ),
        peak AS (SELECT commitment_id, MAX(net) AS net
            FROM stream GROUP BY commitment_id),
        fact AS (
            SELECT scope.*,
                   COALESCE(noted.cut, 0) AS noted_cut, COALESCE(noted.asked, 0)
                       AS asked,
                   scope.qty_first_promise + COALESCE(noted.agreed, 0) AS ordered,
                   GREATEST(COALESCE(peak.net, 0), 0) AS delivered,
                   CASE WHEN goods.cancelled = 0 THEN goods.refused_at END
                       AS refused_at, goods.cancelled_at,
                   GREATEST(goods.cancelled_at, goods.refused_written_at) AS lost_at,
                   LEAST(GREATEST(scope.line_qty - GREATEST(COALESCE(peak.net, 0),
                       0) - COALESCE(goods.open, 0), 0),
                         COALESCE(goods.cancelled + goods.refused, 0)) AS lost
              FROM scope
         LEFT JOIN goods ON goods.commitment_id = scope.id
         LEFT JOIN noted ON noted.commitment_id = scope.id
         LEFT JOIN peak ON peak.commitment_id = scope.id
        ),
        change AS MATERIALIZED (
            SELECT fact.*,
                   CASE WHEN order_state = 'sale' THEN GREATEST(wanted - ordered,
                       0) ELSE 0 END AS raised,
                   CASE WHEN delivered >= GREATEST(ordered, wanted) THEN noted_cut
                        WHEN order_state = 'sale' THEN GREATEST(ordered,
                            wanted) - (line_qty - lost)
                        ELSE ordered - LEAST(delivered, ordered) END - noted_cut AS cut
              FROM fact
        CROSS JOIN LATERAL (SELECT line_qty - LEAST(GREATEST(lost - noted_cut, 0),
            asked) AS wanted) waived
        )
        INSERT INTO %(revisions)s (
            commitment_id, order_id, company_id, kind, origin, is_accepted, source,
            qty_delta,
            date_effective, user_id, create_uid, create_date, write_uid, write_date
        )
        SELECT change.id, change.order_id, change.company_id, 'quantity', delta.origin,
            delta.is_accepted,
               delta.source, delta.qty, %(day)s, noted.user_id,
               COALESCE(noted.user_id, 1), NOW() AT TIME ZONE 'UTC',
               COALESCE(noted.user_id, 1), NOW() AT TIME ZONE 'UTC'
          FROM (SELECT * FROM change WHERE raised != 0 OR cut != 0) change
    CROSS JOIN LATERAL (
               VALUES ('customer', TRUE, 'increase', change.raised),
                      ('internal', FALSE,
                       CASE WHEN change.cut < 0 THEN 'restored'
                            WHEN change.order_state != 'sale' THEN 'order_cancelled'
                            WHEN change.lost > 0 THEN 'rest_cancelled'
                            ELSE 'decrease' END, -change.cut)
               ) AS delta(origin, is_accepted, source, qty)
     -- many changes may have waited for the engine: the first that shows it was the one
     LEFT JOIN LATERAL (
               -- the user may have been deleted since
               SELECT seen.seen_at, account.id AS user_id
                 FROM seen
            LEFT JOIN res_users account ON account.id = seen.user_id
           CROSS JOIN LATERAL (
                      SELECT COALESCE(CASE delta.source
                                 WHEN 'rest_cancelled' THEN seen.seen_at >=
                                      date_trunc('second', change.lost_at)
                                 WHEN 'order_cancelled' THEN seen.order_state != 'sale'
                                 ELSE seen.line_qty = change.line_uom_qty
                                 END, FALSE) AS is_shown
                      ) told
                WHERE seen.line_id = change.sale_line_id
             ORDER BY is_shown DESC,
                      CASE WHEN is_shown THEN seen.seen_at END, seen.seen_at DESC
                LIMIT 1
               ) noted ON TRUE
         WHERE delta.qty != 0
        """,
        facts=facts(
            clock,
            SQL("%s AND %s", lines, _is_touched(digits, sources)),
            digits,
            sources,
        ),
        stream=stream(digits, sources),
        revisions=sources.revisions,
        seen=seen,
        day=local_day(
            SQL(
                """COALESCE(
                    -- a done quantity corrected later is a cut made on that later day
                    CASE WHEN delta.source = 'rest_cancelled'
                        AND change.refused_at IS NOT NULL
                         THEN GREATEST(change.refused_at, noted.seen_at) END,
                    noted.seen_at,
                    CASE WHEN delta.source = 'rest_cancelled'
                        THEN change.cancelled_at END,
                    change.order_write_date)"""
            ),
            SQL("change.zone"),
        ),
    )
