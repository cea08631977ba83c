"""Who waits for goods of a shelf, and what comes in to serve them."""

from odoo.tools import SQL

from .facts import OPEN_STATES, local_day
from .sources import Sources, union_all

# Moves that wait for goods; a draft transfer asks for nothing yet.
_DEMAND_STATES = ("waiting", "confirmed", "partially_available", "assigned")


def shelves(sources: Sources) -> SQL:
    """Return the common table expressions ``demand`` and ``offer`` of the wanted goods.

    Needs ``leaf`` of ``supply``.
    """
    return SQL("%s, %s, %s", _SHELF, _demand(sources), _offer(sources))


# The ground of a warehouse: its shelves (the stock location and what is below), and
# where goods arrive before they are put there. Quarantine serves nobody.
_SHELF = SQL(
    """
    ground AS MATERIALIZED (
        SELECT location.id, warehouse.id AS warehouse_id,
               BOOL_OR(root.id = warehouse.lot_stock_id) AS is_shelf
          FROM stock_warehouse warehouse
          JOIN stock_location root
            ON root.id IN (warehouse.lot_stock_id, warehouse.wh_input_stock_loc_id,
                           warehouse.wh_qc_stock_loc_id)
          JOIN stock_location location
            ON location.parent_path LIKE root.parent_path || '%%'
         WHERE location.usage = 'internal'
      GROUP BY location.id, warehouse.id
    ),
    shelf AS MATERIALIZED (SELECT id, warehouse_id FROM ground WHERE is_shelf),
    -- the goods in question: what some leaf takes off a shelf and has not reserved
    wanted AS MATERIALIZED (
        SELECT leaf.product_id, shelf.warehouse_id,
               MIN(leaf.today) AS today, MIN(leaf.zone) AS zone
          FROM leaf
          JOIN shelf ON shelf.id = leaf.location_id
         WHERE NOT leaf.is_reserved AND leaf.pledged_day IS NULL
      GROUP BY leaf.product_id, shelf.warehouse_id
    )
    """
)


def _is_first(sources: Sources) -> SQL:
    """Return the condition that ``move`` waits for no other open move."""
    return SQL(
        """NOT EXISTS (SELECT FROM (%s) link
                         JOIN stock_move origin ON origin.id = link.move_id
                        WHERE origin.state IN %s)""",
        union_all(sources.origins),
        OPEN_STATES,
    )


def _demand(sources: Sources) -> SQL:
    """Return ``demand``: who waits for the wanted goods, with a running total."""
    return SQL(
        """
        demand AS MATERIALIZED (
            SELECT move.id AS move_id, wanted.product_id, wanted.warehouse_id,
                   SUM(GREATEST(move.product_qty - COALESCE(move.quantity, 0)
                                * unit.factor / own.factor, 0))
                       OVER (PARTITION BY wanted.product_id, wanted.warehouse_id
                             ORDER BY COALESCE(commitment.date_promise, %(day)s),
                                      move.id) AS total
              FROM wanted
              JOIN stock_move move ON move.product_id = wanted.product_id
               AND move.state IN %(states)s
              JOIN shelf ON shelf.id = move.location_id
               AND shelf.warehouse_id = wanted.warehouse_id
         LEFT JOIN shelf target ON target.id = move.location_dest_id
               AND target.warehouse_id = wanted.warehouse_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own ON own.id = template.uom_id
         LEFT JOIN %(ledger)s commitment ON commitment.sale_line_id = move.sale_line_id
             WHERE target.id IS NULL AND %(is_first)s
               AND NOT EXISTS (%(pledges)s)
        )
        """,
        ledger=sources.ledger,
        states=_DEMAND_STATES,
        is_first=_is_first(sources),
        pledges=union_all(sources.pledges),
        day=local_day(SQL("move.date"), SQL("wanted.zone")),
    )


def _offer(sources: Sources) -> SQL:
    """Return ``offer``: free stock, receipts by date, drafts; with a running total.

    Goods that customers send back are no supply: nobody knows in which state they come.
    What is on its way from elsewhere comes when the latest step of its way is planned.
    What a move brings for another one is spoken for, the rest of it is not; and goods
    that change their place on the shelf are there when they have done so.
    """
    return SQL(
        """
        offer AS MATERIALIZED (
            SELECT product_id, warehouse_id, move_id, day, turn, is_doubtful,
                   SUM(qty) OVER (PARTITION BY product_id, warehouse_id
                                  ORDER BY turn, day, move_id) AS total
              FROM (
                  SELECT wanted.product_id, wanted.warehouse_id, NULL::int AS move_id,
                         wanted.today AS day, 0 AS turn, FALSE AS is_doubtful,
                         -- what is missing in the stock is filled before all else
                         COALESCE((
                             SELECT SUM(quant.quantity - quant.reserved_quantity)
                               FROM stock_quant quant
                               JOIN shelf ON shelf.id = quant.location_id
                              WHERE quant.product_id = wanted.product_id
                                AND shelf.warehouse_id = wanted.warehouse_id), 0)
                             AS qty
                    FROM wanted
               UNION ALL
                  SELECT wanted.product_id, wanted.warehouse_id, move.id,
                         GREATEST(%(day)s, wanted.today),
                         CASE WHEN move.state = 'draft' THEN 2 ELSE 1 END,
                         move.state = 'draft' OR %(day)s < wanted.today
                             OR COALESCE(way.is_unfed, FALSE),
                         spare.qty
                    FROM wanted
                    JOIN stock_move move ON move.product_id = wanted.product_id
                     AND move.state IN %(open)s
                    JOIN ground target ON target.warehouse_id = wanted.warehouse_id
                     AND target.id = COALESCE(move.location_final_id,
                                              move.location_dest_id)
                    JOIN stock_location source ON source.id = move.location_id
                     AND source.usage != 'customer'
               LEFT JOIN ground origin ON origin.id = move.location_id
                     AND origin.warehouse_id = wanted.warehouse_id
              CROSS JOIN LATERAL (%(way)s) way
              CROSS JOIN LATERAL (
                         SELECT COALESCE(way.moment, %(moment)s) AS moment) expected
              CROSS JOIN LATERAL (%(spare)s) spare
                   WHERE spare.qty > 0 AND (origin.is_shelf IS NOT TRUE
                         OR target.is_shelf)
               UNION ALL
                  SELECT wanted.product_id, wanted.warehouse_id, NULL,
                         GREATEST(%(drafted_day)s, wanted.today), 2, TRUE, drafted.qty
                    FROM wanted
              CROSS JOIN LATERAL (%(offers)s) drafted
                    JOIN shelf ON shelf.id = drafted.location_id
                     AND shelf.warehouse_id = wanted.warehouse_id
              ) offered
        )
        """,
        open=OPEN_STATES,
        moment=sources.moment,
        way=_way(sources),
        spare=_SPARE,
        day=local_day(SQL("expected.moment"), SQL("wanted.zone")),
        offers=union_all(sources.offers),
        drafted_day=local_day(SQL("drafted.moment"), SQL("wanted.zone")),
    )


# What ``move`` brings beyond what its next moves take; of goods on the shelf what it
# has reserved, the rest lies free.
_SPARE = SQL(
    """
    SELECT move.product_qty
           * CASE WHEN origin.is_shelf
                  THEN COALESCE(move.quantity / NULLIF(move.product_uom_qty, 0), 0)
                  ELSE 1 END
           - COALESCE((SELECT SUM(next.product_qty)
                         FROM stock_move_move_rel link
                         JOIN stock_move next ON next.id = link.move_dest_id
                        WHERE link.move_orig_id = move.id AND next.state IN %s), 0)
           AS qty
    """,
    OPEN_STATES,
)


def _way(sources: Sources) -> SQL:
    """Return ``(moment, is_unfed)`` of a ``move`` that brings goods from elsewhere.

    When the latest of it and the open moves before it is expected, and whether there
    is nothing where one of them takes the goods.
    """
    return SQL(
        """
        -- for UNION a table of all the rows it might find would be made beforehand
        WITH RECURSIVE step AS (
            SELECT move.id, 0 AS height WHERE source.usage IN ('internal', 'transit')
         UNION ALL
            SELECT origin.id, move.height + 1
              FROM step AS move
        CROSS JOIN LATERAL (%(origins)s) link
              JOIN stock_move origin ON origin.id = link.move_id
               AND origin.state IN %(open)s
             WHERE move.height < 10
        )
        SELECT MAX(%(moment)s) AS moment,
               BOOL_OR(move.state = 'confirmed' AND place.usage = 'internal'
                       AND NOT EXISTS (
                           SELECT FROM stock_quant quant
                             JOIN stock_location spot ON spot.id = quant.location_id
                              AND spot.parent_path LIKE place.parent_path || '%%'
                            WHERE quant.product_id = move.product_id
                              AND quant.quantity > quant.reserved_quantity))
                   AS is_unfed
               -- ways that part and meet again, or go in a circle, multiply
          FROM (SELECT id FROM step LIMIT 1000) step
          JOIN stock_move move ON move.id = step.id
          JOIN stock_location place ON place.id = move.location_id
        """,
        origins=union_all(sources.origins),
        open=OPEN_STATES,
        moment=sources.moment,
    )
