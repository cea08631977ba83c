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

# From each ``commitment`` to the open moves that leave together with its own.
_MATES = SQL(
    """
          JOIN stock_move move ON move.sale_line_id = commitment.sale_line_id
          JOIN stock_picking picking ON picking.id = move.picking_id
           AND picking.move_type = 'one'
           AND picking.state IN ('draft', 'waiting', 'confirmed', 'assigned')
          JOIN stock_move other ON other.picking_id = picking.id
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
        "SELECT DISTINCT mate.id, mate.sale_line_id FROM adv_commitment commitment %s"
        " WHERE %s",
        _MATES,
        lines,
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
        SELECT DISTINCT ON (commitment.id) commitment.id, mate.id
          FROM adv_commitment commitment %(mates)s
     LEFT JOIN stock_move evidence ON evidence.id = commitment.evidence_move_id
         WHERE commitment.id = ANY(%(ids)s) AND move.state IN %(open)s
      ORDER BY commitment.id, other.state = 'assigned',
               COALESCE(evidence.product_id = other.product_id, FALSE) DESC,
               mate.id != commitment.id, mate.id
        """,
        mates=_MATES,
        ids=list(ids),
        open=OPEN_STATES,
    )
