"""Where the queries of the ledger look, and how other addons make them see more."""

from typing import NamedTuple

from odoo.tools import SQL


def union_all(queries) -> SQL:
    """Return several queries as one."""
    return SQL(" UNION ALL ").join(queries)


LEDGER = SQL.identifier("adv_commitment")
REVISIONS = SQL.identifier("adv_commitment_revision")


class Sources(NamedTuple):
    """Pieces of SQL of which the facts and the supply of commitments are composed.

    An addon that knows more about goods extends ``adv.commitment``::

        def _get_sources(self):
            sources = super()._get_sources()
            return sources._replace(offers=(*sources.offers, SQL("SELECT ...")))

    Moments are naive UTC timestamps.
    """

    # The ledger; while history is taken over, a draft of it that has no measures yet.
    ledger: SQL = LEDGER
    # The history of dates and quantities; a draft of it as well.
    revisions: SQL = REVISIONS
    # Expression on ``move``: when an open move is expected.
    moment: SQL = SQL("move.date")
    # Condition on ``move``: whether it tells something about what the customer gets.
    counts: SQL = SQL("TRUE")
    # ``(move_id, lead_days)``: what ``move.id`` waits for, and the days in between.
    origins: tuple[SQL, ...] = (
        SQL(
            "SELECT link.move_orig_id AS move_id, 0 AS lead_days"
            "  FROM stock_move_move_rel link WHERE link.move_dest_id = move.id"
        ),
    )
    # ``(moment)``: supply meant for ``move.id`` that is only drafted, without a move.
    pledges: tuple[SQL, ...] = (SQL("SELECT NULL::timestamp AS moment WHERE FALSE"),)
    # ``(moment)``: the same for ``scope.sale_line_id``, which may have no move at all.
    orders: tuple[SQL, ...] = (SQL("SELECT NULL::timestamp AS moment WHERE FALSE"),)
    # ``(location_id, moment, qty)``: drafted supply of ``wanted.product_id`` for
    # whoever needs it, in the product's unit.
    offers: tuple[SQL, ...] = (
        SQL(
            "SELECT NULL::int AS location_id, NULL::timestamp AS moment, 0 AS qty"
            " WHERE FALSE"
        ),
    )
    # ``(move_id, part_id, factor)``: moves of the parts of which the line's product is
    # made up, and what goes into one unit of it, in the reference unit of the part.
    parts: SQL | None = None
    # ``(commitment_id, id, date, write_date, state, picking_id, qty, qty_refused)``:
    # goods of ``scope`` that go out (or come back, below zero) in moves that name no
    # line, in the commitment's unit; ids that no move has.
    handed: SQL | None = None
    # ``(move_id)``: the open moves of such goods, of ``commitment.sale_line_id``.
    carriers: SQL | None = None
    # ``(sale_line_id)``: lines that sell other goods and wait for ``gone.product_id``.
    waiting: tuple[SQL, ...] = (SQL("SELECT NULL::int AS sale_line_id WHERE FALSE"),)
