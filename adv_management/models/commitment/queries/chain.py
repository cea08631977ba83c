"""What an open line waits for, move by move up to where its goods come in."""

from odoo.tools import SQL

from .facts import IS_OUTBOUND, OPEN_STATES, PLACE, WAY
from .sources import Sources, union_all


def first_steps(lines: SQL, sources: Sources) -> SQL:
    """Return ``(commitment_id, move_id)``: the open moves of the lines themselves."""
    return SQL(
        """
        WITH %(place)s
        SELECT commitment.id, move.id
          FROM %(ledger)s commitment
          JOIN stock_move move ON move.sale_line_id = commitment.sale_line_id
               %(way)s
         WHERE %(lines)s AND way.is_open AND %(is_outbound)s
               %(carried)s
        """,
        place=PLACE,
        ledger=sources.ledger,
        way=WAY,
        lines=lines,
        is_outbound=IS_OUTBOUND,
        carried=_carried(lines, sources),
    )


def _carried(lines: SQL, sources: Sources) -> SQL:
    """Return the same of moves that do not name the line whose goods they carry."""
    if sources.carriers is None:
        return SQL()
    return SQL(
        """
         UNION
        SELECT commitment.id, carrier.move_id
          FROM %(ledger)s commitment
    CROSS JOIN LATERAL (%(carriers)s) carrier
         WHERE %(lines)s
        """,
        ledger=sources.ledger,
        carriers=sources.carriers,
        lines=lines,
    )


def steps_before(move_ids, sources: Sources) -> SQL:
    """Return ``(move_id, origin_id, lead_days)``: the open moves these wait for."""
    return SQL(
        """
        SELECT move.id, link.move_id, link.lead_days
          FROM unnest(%(moves)s::int[]) AS move(id)
    CROSS JOIN LATERAL (%(origins)s) link
          JOIN stock_move origin ON origin.id = link.move_id
           AND origin.state IN %(open)s
        """,
        moves=list(move_ids),
        origins=union_all(sources.origins),
        open=OPEN_STATES,
    )


def steps_sql(steps) -> SQL:
    """Return steps as a relation ``(commitment_id, move_id, lead_days, is_first)``.

    Handed over as values, so that the planner knows how many there are.
    """
    columns = [list(column) for column in zip(*steps, strict=True)] or [[]] * 4
    return SQL(
        "SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::bool[])"
        " AS step(commitment_id, move_id, lead_days, is_first)",
        *columns,
    )
