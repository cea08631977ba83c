"""When the goods can leave: the upstream chain and the supply that covers it.

An open line is as late as the last of its *leaves*: the open moves at the beginning of
its chain. A leaf that takes goods off a shelf is covered by what it has reserved, else
by what lies free, else by the receipts in the order of their dates; those who were
promised first are served first. What comes from outside (a receipt, a dropship, a
production) has its own date, and where it waits for something itself, the date of that
and the days in between.
"""

from odoo.tools import SQL

from .facts import local_day
from .shelves import shelves
from .sources import Sources, union_all
from .together import TOGETHER


def supply(steps: SQL, sources: Sources) -> SQL:
    """Return the common table expression ``supply`` and those it is made of.

    One row per commitment with open moves: ``supply_day`` (empty when a leaf is covered
    by nothing), ``is_covered`` (everything is there now), ``is_doubtful`` (overdue or
    only drafted supply), ``evidence_move_id`` (the incoming move that decides, if one
    does), ``plan_day`` (when the last step of the chain is planned), ``is_requested``
    (what has no move is drafted), ``is_ready`` (what comes next has its goods).
    Needs ``scope`` and ``goods`` of ``facts``.

    :param steps: the chain, see ``chain.py``
    """
    return SQL(
        """
        %(leaf)s, %(shelves)s,
        -- demand and offers in the order of their running totals: each demand is met
        -- by the next offer (a join of the two would be quadratic)
        rung AS (
            SELECT *, COUNT(turn) OVER (
                        PARTITION BY product_id, warehouse_id
                        ORDER BY total DESC, turn DESC NULLS LAST, day DESC,
                                 evidence_move_id DESC
                        ROWS UNBOUNDED PRECEDING) AS height
              FROM (
                  SELECT product_id, warehouse_id, total, turn, day, is_doubtful,
                         move_id AS evidence_move_id, NULL::int AS move_id
                    FROM offer
               UNION ALL
                  SELECT product_id, warehouse_id, total, NULL, NULL, NULL, NULL,
                         move_id
                    FROM demand
              ) ladder
        ),
        met AS (
            SELECT move_id, MAX(day) OVER same AS day,
                   BOOL_OR(is_doubtful) OVER same AS is_doubtful,
                   MAX(evidence_move_id) OVER same AS evidence_move_id,
                   COALESCE(MAX(turn) OVER same = 0, FALSE) AS is_here
              FROM rung
            WINDOW same AS (PARTITION BY product_id, warehouse_id, height)
        ),
        covered AS MATERIALIZED (SELECT * FROM met WHERE move_id IS NOT NULL),
        leaf_supply AS (
            SELECT leaf.commitment_id,
                   CASE WHEN leaf.pledged_day IS NOT NULL
                             THEN leaf.pledged_day + leaf.lead_days
                        WHEN leaf.is_reserved THEN leaf.today
                        WHEN demand.move_id IS NULL
                             THEN GREATEST(leaf.day, leaf.today) + leaf.lead_days
                        WHEN covered.is_here THEN covered.day
                        ELSE covered.day + leaf.lead_days END AS day,
                   leaf.pledged_day IS NULL
                        AND (leaf.is_reserved OR COALESCE(covered.is_here, FALSE))
                        AS is_here,
                   CASE WHEN leaf.pledged_day IS NOT NULL THEN TRUE
                        WHEN leaf.is_reserved THEN FALSE
                        WHEN demand.move_id IS NOT NULL
                             THEN COALESCE(covered.is_doubtful, FALSE)
                        ELSE leaf.state = 'draft' OR leaf.day < leaf.today
                        END AS is_doubtful,
                   CASE WHEN leaf.is_reserved OR leaf.pledged_day IS NOT NULL THEN NULL
                        WHEN demand.move_id IS NOT NULL THEN covered.evidence_move_id
                        WHEN leaf.is_incoming THEN leaf.move_id END
                        AS evidence_move_id, FALSE AS is_requested
              FROM leaf
         LEFT JOIN demand ON demand.move_id = leaf.move_id
         LEFT JOIN covered ON covered.move_id = leaf.move_id
         UNION ALL
            SELECT commitment_id, NULL, FALSE, FALSE, NULL, FALSE FROM gap
         UNION ALL
            SELECT scope.id, GREATEST(%(ordered_day)s, scope.today), FALSE, TRUE, NULL,
                   TRUE
              FROM scope
        CROSS JOIN LATERAL (%(orders)s) ordered
        ),
        own_supply AS (
            SELECT commitment_id, MAX(plan_day) AS plan_day,
                   CASE WHEN BOOL_AND(day IS NOT NULL) THEN MAX(day) END AS supply_day,
                   BOOL_AND(is_here) AS is_covered,
                   BOOL_OR(is_doubtful) AS is_doubtful,
                   (ARRAY_AGG(evidence_move_id ORDER BY day DESC NULLS FIRST,
                        evidence_move_id DESC NULLS LAST))[1] AS evidence_move_id,
                   BOOL_OR(is_requested) AS is_requested
              FROM leaf_supply
         LEFT JOIN plan USING (commitment_id)
          GROUP BY commitment_id
        ),
        %(together)s
        """,
        leaf=_leaf(steps, sources),
        shelves=shelves(sources),
        together=TOGETHER,
        orders=union_all(sources.orders),
        ordered_day=local_day(SQL("ordered.moment"), SQL("scope.zone")),
    )


def _leaf(steps: SQL, sources: Sources) -> SQL:
    """Return ``step`` (the open moves of the chain), ``leaf`` (where it begins) and
    ``gap`` (whose chain brings too little).
    """
    return SQL(
        """
        step AS MATERIALIZED (
            SELECT step.commitment_id, step.is_first, step.lead_days,
                   move.id AS move_id, move.product_id, move.location_id, move.state,
                   scope.today, scope.zone, %(day)s AS day,
                   CASE WHEN pledge.moment IS NOT NULL
                        THEN GREATEST(%(pledged_day)s, scope.today) END AS pledged_day,
                   source.usage IN ('internal', 'transit')
                        AND (NOT template.is_storable
                             OR move.state = 'assigned' AND move.product_qty <=
                                COALESCE(move.quantity * unit.factor / own.factor, 0))
                        AS is_reserved,
                   source.usage IN ('supplier', 'production')
                        OR source.usage = 'transit' AND source.company_id IS NULL
                        AS is_incoming
              FROM (%(steps)s) step
              JOIN scope ON scope.id = step.commitment_id
              JOIN stock_move move ON move.id = step.move_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own ON own.id = template.uom_id
              JOIN stock_location source ON source.id = move.location_id
        CROSS JOIN LATERAL (
                   SELECT MAX(moment) AS moment FROM (%(pledges)s) drafted) pledge
        ),
        -- what is made to order gets no more than what was and is made for it
        gap AS (
            SELECT step.commitment_id
              FROM step
              JOIN stock_move move ON move.id = step.move_id
               AND move.procure_method = 'make_to_order'
             WHERE NOT step.is_first AND step.pledged_day IS NULL
               AND move.product_qty - 0.01 >= (
                   SELECT SUM(origin.product_qty * CASE WHEN origin.state = 'done'
                              THEN origin.quantity / NULLIF(origin.product_uom_qty, 0)
                              ELSE 1 END)
                     FROM stock_move_move_rel link
                     JOIN stock_move origin ON origin.id = link.move_orig_id
                      AND origin.state != 'cancel'
                      AND origin.product_id = move.product_id
                    WHERE link.move_dest_id = move.id)
        ),
        plan AS (
            SELECT commitment_id, MAX(day) AS plan_day FROM step GROUP BY commitment_id
        ),
        leaf AS (SELECT * FROM step WHERE is_first OR is_incoming)
        """,
        steps=steps,
        pledges=union_all(sources.pledges),
        day=local_day(sources.moment, SQL("scope.zone")),
        pledged_day=local_day(SQL("pledge.moment"), SQL("scope.zone")),
    )
