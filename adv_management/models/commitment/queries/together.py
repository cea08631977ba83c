"""Lines that leave together: a delivery "all at once" waits for the last of them."""

from odoo.tools import SQL

from .facts import OPEN_STATES

# The picking decides, not the order: its policy may be changed by hand. A line of which
# parts leave in several deliveries ties nobody.
TOGETHER = SQL(
    """
    supply AS MATERIALIZED (
        SELECT own.commitment_id, own.is_requested,
               MAX(plan_day) OVER same AS plan_day,
               CASE WHEN BOOL_AND(supply_day IS NOT NULL) OVER same
                    THEN MAX(supply_day) OVER same END AS supply_day,
               BOOL_AND(is_covered) OVER same AS is_covered,
               BOOL_OR(is_doubtful) OVER same AS is_doubtful,
               FIRST_VALUE(evidence_move_id) OVER (
                    same ORDER BY supply_day DESC NULLS FIRST,
                                  evidence_move_id DESC NULLS LAST)
                    AS evidence_move_id,
               BOOL_AND(goods.is_ready) OVER same AS is_ready
          FROM own_supply own
     LEFT JOIN goods ON goods.commitment_id = own.commitment_id
     LEFT JOIN stock_picking picking ON picking.id = goods.first_picking_id
           AND picking.id = goods.last_picking_id AND picking.move_type = 'one'
        WINDOW same AS (PARTITION BY COALESCE(-picking.id, own.commitment_id))
    )
    """
)

# The deliveries that leave all at once, once each, before their other moves are read: n
# lines of one delivery meet n lines, not n times n, whatever the planner believes.
_SHARED = SQL(
    """
    SELECT DISTINCT commitment.id, move.picking_id, commitment.evidence_move_id
      FROM adv_commitment commitment
      JOIN stock_move move ON move.sale_line_id = commitment.sale_line_id
      JOIN stock_picking picking ON picking.id = move.picking_id
       AND picking.move_type = 'one'
       AND picking.state IN ('draft', 'waiting', 'confirmed', 'assigned')
    """
)
_MATES = SQL(
    """
    SELECT other.picking_id, mate.id, mate.sale_line_id,
           other.product_id, other.state = 'assigned' AS is_assigned
      FROM (SELECT DISTINCT picking_id FROM shared) delivery
      JOIN stock_move other ON other.picking_id = delivery.picking_id
       AND other.state IN %s
      JOIN adv_commitment mate ON mate.sale_line_id = other.sale_line_id
    """,
    OPEN_STATES,
)


def mates(lines: SQL) -> SQL:
    """Return ``(id, sale_line_id)``: what leaves together with these lines, and they
    themselves where something does.

    A line that was cancelled there counts as well: it held the others until now.

    :param lines: condition on ``commitment``
    """
    return SQL(
        """
        WITH shared AS MATERIALIZED (%s WHERE %s)
        SELECT DISTINCT id, sale_line_id FROM (%s) mate
        """,
        _SHARED,
        lines,
        _MATES,
    )


def take_mates(line_ids, now) -> SQL:
    """Return the statement that locks what leaves together with these lines and returns
    its order lines.

    What somebody holds is noted, to be taken from ``now`` on; what people changed is
    left to its note.
    """
    return SQL(
        """
        WITH mate AS MATERIALIZED (
            SELECT * FROM (%(mates)s) mate WHERE sale_line_id != ALL(%(lines)s)
        ),
        held AS (
            SELECT id, sale_line_id FROM adv_commitment
             WHERE id IN (SELECT id FROM mate)
               AND NOT EXISTS (
                   SELECT FROM adv_commitment_todo todo
                    WHERE todo.sale_line_id = adv_commitment.sale_line_id
                      AND todo.date_seen IS NOT NULL)
          ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
        ),
        later AS (
            INSERT INTO adv_commitment_todo (sale_line_id, date_due)
            SELECT sale_line_id, %(now)s FROM mate
             WHERE id NOT IN (SELECT id FROM held)
               AND NOT EXISTS (
                   SELECT FROM adv_commitment_todo todo
                    WHERE todo.sale_line_id = mate.sale_line_id)
        )
        SELECT sale_line_id FROM held
        """,
        mates=mates(SQL("commitment.sale_line_id = ANY(%s)", line_ids)),
        lines=line_ids,
        now=now,
    )


def latest_mates(ids) -> SQL:
    """Return ``(commitment_id, mate_id)``: for whose goods each of these waits."""
    return SQL(
        """
        WITH shared AS MATERIALIZED (
            %(shared)s WHERE commitment.id = ANY(%(ids)s) AND move.state IN %(open)s
        ),
        own AS MATERIALIZED (
            SELECT shared.id, shared.picking_id, evidence.product_id
              FROM shared
         LEFT JOIN stock_move evidence ON evidence.id = shared.evidence_move_id
        ),
        mate AS MATERIALIZED (%(mates)s)
        SELECT DISTINCT ON (own.id) own.id, mate.id
          FROM own
          JOIN mate ON mate.picking_id = own.picking_id
      ORDER BY own.id, mate.is_assigned,
               COALESCE(own.product_id = mate.product_id, FALSE) DESC,
               mate.id != own.id, mate.id
        """,
        shared=_SHARED,
        mates=_MATES,
        ids=list(ids),
        open=OPEN_STATES,
    )
