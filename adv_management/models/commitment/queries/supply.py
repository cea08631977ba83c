"""When the goods can leave: the upstream chain and the supply that covers it.

An open line is as late as the last of its *leaves*: the open moves at the beginning of its
chain. A leaf that takes goods off a shelf is covered by what it has reserved, else by what
lies free, else by the receipts in the order of their dates; those who were promised first
are served first. A leaf that comes from outside (a receipt, a dropship) has its own date.
"""

from odoo.tools import SQL

from .facts import OPEN_STATES, local_day

# Moves that wait for goods; a draft transfer asks for nothing yet.
_DEMAND_STATES = ("waiting", "confirmed", "partially_available", "assigned")


def supply() -> SQL:
    """Return the common table expression ``supply`` and those it is made of.

    One row per commitment with open moves: ``supply_day`` (empty when a leaf is covered by
    nothing), ``is_covered`` (everything is there now), ``is_doubtful`` (overdue or only
    drafted supply), ``evidence_move_id`` (the incoming move that decides, if one does).
    Needs ``scope``, ``move`` and ``place`` of ``facts``.
    """
    return SQL(
        """
        %(leaf)s, %(shelf)s, %(demand)s, %(offer)s,
        covered AS (
            SELECT demand.move_id, offer.day, offer.is_doubtful, offer.move_id AS evidence_move_id,
                   offer.day IS NOT NULL AND offer.move_id IS NULL AS is_here
              FROM demand
         LEFT JOIN LATERAL (
                   SELECT offer.* FROM offer
                    WHERE offer.product_id = demand.product_id AND offer.warehouse_id = demand.warehouse_id
                      AND offer.total >= demand.total
                 ORDER BY offer.total, offer.turn LIMIT 1
                   ) offer ON TRUE
        ),
        leaf_supply AS (
            SELECT leaf.commitment_id,
                   CASE WHEN leaf.is_reserved THEN leaf.today
                        WHEN demand.move_id IS NOT NULL THEN covered.day
                        ELSE GREATEST(leaf.day, leaf.today) END AS day,
                   leaf.is_reserved OR COALESCE(covered.is_here, FALSE) AS is_here,
                   CASE WHEN leaf.is_reserved THEN FALSE
                        WHEN demand.move_id IS NOT NULL THEN COALESCE(covered.is_doubtful, FALSE)
                        ELSE leaf.state = 'draft' OR leaf.day < leaf.today END AS is_doubtful,
                   CASE WHEN leaf.is_reserved THEN NULL
                        WHEN demand.move_id IS NOT NULL THEN covered.evidence_move_id
                        WHEN leaf.is_incoming THEN leaf.move_id END AS evidence_move_id
              FROM leaf
         LEFT JOIN demand ON demand.move_id = leaf.move_id
         LEFT JOIN covered ON covered.move_id = leaf.move_id
        ),
        supply AS MATERIALIZED (
            SELECT commitment_id,
                   CASE WHEN BOOL_AND(day IS NOT NULL) THEN MAX(day) END AS supply_day,
                   BOOL_AND(is_here) AS is_covered,
                   BOOL_OR(is_doubtful) AS is_doubtful,
                   (ARRAY_AGG(evidence_move_id ORDER BY day DESC NULLS LAST)
                        FILTER (WHERE evidence_move_id IS NOT NULL))[1] AS evidence_move_id
              FROM leaf_supply
          GROUP BY commitment_id
        )
        """,
        leaf=_leaf(),
        shelf=_SHELF,
        demand=_demand(),
        offer=_offer(),
    )


def _leaf() -> SQL:
    """Return ``chain`` (open moves up to the origin) and ``leaf`` (where they begin)."""
    return SQL(
        """
        chain AS (
            SELECT move.commitment_id, move.id AS move_id
              FROM move
             WHERE move.is_outbound AND move.state IN %(open)s
             UNION
            SELECT chain.commitment_id, origin.id
              FROM chain
              JOIN stock_move_move_rel link ON link.move_dest_id = chain.move_id
              JOIN stock_move origin ON origin.id = link.move_orig_id AND origin.state IN %(open)s
        ),
        step AS MATERIALIZED (
            SELECT chain.commitment_id, move.id AS move_id, move.product_id, move.location_id, move.state,
                   scope.today, scope.zone, %(day)s AS day,
                   move.product_qty - COALESCE(move.quantity * unit.factor / scope.unit_factor, 0) <= 0
                        AND move.state = 'assigned' AND source.usage IN ('internal', 'transit') AS is_reserved,
                   source.usage IN ('supplier', 'production') AS is_incoming,
                   NOT EXISTS (SELECT FROM stock_move_move_rel link
                                 JOIN stock_move origin ON origin.id = link.move_orig_id
                                WHERE link.move_dest_id = move.id AND origin.state IN %(open)s) AS is_leaf
              FROM chain
              JOIN scope ON scope.id = chain.commitment_id
              JOIN stock_move move ON move.id = chain.move_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN stock_location source ON source.id = move.location_id
        ),
        chain_plan AS (
            SELECT commitment_id, MAX(day) AS plan_day, MIN(day) AS next_day FROM step GROUP BY commitment_id
        ),
        leaf AS (SELECT * FROM step WHERE is_leaf)
        """,
        open=OPEN_STATES,
        day=local_day(SQL("move.date"), SQL("scope.zone")),
    )


# The shelves of a warehouse: its stock location and what is below.
_SHELF = SQL(
    """
    shelf AS MATERIALIZED (
        SELECT location.id, warehouse.id AS warehouse_id
          FROM stock_warehouse warehouse
          JOIN stock_location root ON root.id = warehouse.lot_stock_id
          JOIN stock_location location ON location.parent_path LIKE root.parent_path || '%%'
         WHERE location.usage = 'internal'
    ),
    -- the goods in question: what some leaf takes off a shelf and has not reserved
    wanted AS MATERIALIZED (
        SELECT leaf.product_id, shelf.warehouse_id, MIN(leaf.today) AS today, MIN(leaf.zone) AS zone
          FROM leaf
          JOIN shelf ON shelf.id = leaf.location_id
         WHERE NOT leaf.is_reserved
      GROUP BY leaf.product_id, shelf.warehouse_id
    )
    """
)


def _demand() -> SQL:
    """Return ``demand``: everybody who waits for the wanted goods, with a running total."""
    return SQL(
        """
        demand AS MATERIALIZED (
            SELECT move.id AS move_id, wanted.product_id, wanted.warehouse_id,
                   SUM(GREATEST(move.product_qty - COALESCE(move.quantity, 0) * unit.factor / own.factor, 0))
                       OVER (PARTITION BY wanted.product_id, wanted.warehouse_id
                             ORDER BY COALESCE(commitment.date_promise, %(day)s), move.id) AS total
              FROM wanted
              JOIN stock_move move ON move.product_id = wanted.product_id AND move.state IN %(states)s
              JOIN shelf ON shelf.id = move.location_id AND shelf.warehouse_id = wanted.warehouse_id
         LEFT JOIN shelf target ON target.id = move.location_dest_id
               AND target.warehouse_id = wanted.warehouse_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own ON own.id = template.uom_id
         LEFT JOIN adv_commitment commitment ON commitment.sale_line_id = move.sale_line_id
             WHERE target.id IS NULL
               AND NOT EXISTS (SELECT FROM stock_move_move_rel link
                                 JOIN stock_move origin ON origin.id = link.move_orig_id
                                WHERE link.move_dest_id = move.id AND origin.state IN %(open)s)
        )
        """,
        states=_DEMAND_STATES,
        open=OPEN_STATES,
        day=local_day(SQL("move.date"), SQL("wanted.zone")),
    )


def _offer() -> SQL:
    """Return ``offer``: what lies free, then the receipts by date, with a running total.

    Goods that customers send back are no supply: nobody knows in which state they come.
    """
    return SQL(
        """
        offer AS MATERIALIZED (
            SELECT product_id, warehouse_id, move_id, day, turn, is_doubtful,
                   SUM(qty) OVER (PARTITION BY product_id, warehouse_id ORDER BY turn, day, move_id) AS total
              FROM (
                  SELECT wanted.product_id, wanted.warehouse_id, NULL::int AS move_id, wanted.today AS day,
                         0 AS turn, FALSE AS is_doubtful,
                         GREATEST(COALESCE((
                             SELECT SUM(quant.quantity - quant.reserved_quantity)
                               FROM stock_quant quant
                               JOIN shelf ON shelf.id = quant.location_id
                              WHERE quant.product_id = wanted.product_id
                                AND shelf.warehouse_id = wanted.warehouse_id), 0), 0) AS qty
                    FROM wanted
               UNION ALL
                  SELECT wanted.product_id, wanted.warehouse_id, move.id,
                         GREATEST(%(day)s, wanted.today),
                         CASE WHEN move.state = 'draft' THEN 2 ELSE 1 END,
                         move.state = 'draft' OR %(day)s < wanted.today,
                         move.product_qty
                    FROM wanted
                    JOIN stock_move move ON move.product_id = wanted.product_id AND move.state IN %(open)s
                    JOIN shelf ON shelf.id = COALESCE(move.location_final_id, move.location_dest_id)
                     AND shelf.warehouse_id = wanted.warehouse_id
                    JOIN place source ON source.id = move.location_id AND NOT source.is_outside
               LEFT JOIN shelf origin ON origin.id = move.location_id AND origin.warehouse_id = wanted.warehouse_id
                   WHERE origin.id IS NULL
                     AND NOT EXISTS (SELECT FROM stock_move_move_rel link
                                       JOIN stock_move next ON next.id = link.move_dest_id
                                      WHERE link.move_orig_id = move.id AND next.state IN %(open)s)
              ) offered
        )
        """,
        open=OPEN_STATES,
        day=local_day(SQL("move.date"), SQL("wanted.zone")),
    )
