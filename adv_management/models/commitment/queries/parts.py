"""Products that leave in parts: how many whole ones the moves of their parts make."""

from odoo.tools import SQL


def whole(piece: SQL, parts: SQL, digits: int, open_states) -> SQL:
    """Return ``move`` for lines of which some are delivered in parts.

    One unit is delivered when the last of its parts is. Each move of a part therefore
    counts for the whole units by which it raises (or lowers) the scarcest part; what is
    open is taken after what is done.

    :param piece: the moves, with the quantities of parts in units of the whole
    :param parts: relation ``(move_id, part_id, factor)``, see ``Sources.parts``
    """
    return SQL(
        """
        part AS MATERIALIZED (%(parts)s),
        piece AS MATERIALIZED (%(piece)s),
        tick AS (
            SELECT commitment_id, part_id, id,
                   CASE WHEN state = 'done' AND is_out THEN qty
                        WHEN state = 'done' AND is_back THEN -qty
                        WHEN state IN %(open)s AND is_outbound AND NOT is_followed
                             THEN qty
                        ELSE 0 END AS qty,
                   ROW_NUMBER() OVER (
                       PARTITION BY commitment_id
                       ORDER BY state != 'done', day, date, id) AS turn
              FROM piece
             WHERE part_id IS NOT NULL
        ),
        held AS (
            SELECT tick.commitment_id, tick.id, tick.turn,
                   SUM(CASE WHEN tick.part_id = part.part_id THEN tick.qty ELSE 0 END)
                       OVER (PARTITION BY tick.commitment_id, part.part_id
                             ORDER BY tick.turn) AS qty
              FROM tick
              JOIN (SELECT DISTINCT commitment_id, part_id FROM tick) part
             USING (commitment_id)
        ),
        level AS (
            SELECT commitment_id, id, turn, FLOOR(ROUND(MIN(qty), %(digits)s)) AS qty
              FROM held
          GROUP BY commitment_id, id, turn
        ),
        gain AS (
            SELECT id, qty - LAG(qty, 1, 0) OVER (
                       PARTITION BY commitment_id ORDER BY turn) AS qty
              FROM level
        ),
        move AS MATERIALIZED (
            SELECT piece.commitment_id, piece.id, piece.date, piece.write_date,
                   piece.state, piece.picking_id, piece.day,
                   CASE WHEN part_id IS NULL THEN piece.qty
                        WHEN state = 'cancel' THEN CEIL(piece.qty)
                        ELSE ABS(gain.qty) END AS qty,
                   CASE WHEN part_id IS NULL THEN qty_refused
                        ELSE CEIL(qty_refused) END AS qty_refused,
                   is_out, is_back, is_outbound, is_followed, is_waiting
              FROM piece
         LEFT JOIN gain ON gain.id = piece.id
        )
        """,
        parts=parts,
        piece=piece,
        digits=digits,
        open=open_states,
    )
