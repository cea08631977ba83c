"""The SQL of the preparation order: what a transfer's lines are promised for.

Expressions on one ``stock_picking``, so that lists are sorted, filtered and grouped by
what is stored with the promises alone.
"""

from odoo.tools import SQL

from ..commitment.adv_commitment import URGENCY
from ..commitment.adv_commitment_engine import OPEN_STATUSES

_STATUSES = list(URGENCY)


def _promises(env, alias: str, value: SQL) -> SQL:
    """Return an aggregate of the open promises that a transfer has to keep."""
    commitment = env["adv.commitment"]._fields
    move = env["stock.move"]._fields
    return SQL(
        """
        (SELECT %(value)s
           FROM stock_move move
           JOIN adv_commitment commitment
             ON commitment.sale_line_id = move.sale_line_id
          WHERE move.picking_id = %(picking)s
            AND move.state NOT IN ('done', 'cancel')
            AND commitment.status IN %(open)s)
        """,
        value=value,
        picking=SQL.identifier(alias, "id"),
        open=OPEN_STATUSES,
        to_flush=[
            commitment["date_promise"],
            commitment["date_to_leave"],
            commitment["status"],
            commitment["sale_line_id"],
            move["picking_id"],
            move["sale_line_id"],
            move["state"],
        ],
    )


def promised_day(env, alias: str) -> SQL:
    """Return the earliest promised day, local to the warehouse."""
    return _promises(env, alias, SQL("MIN(commitment.date_promise)"))


def day_to_leave(env, alias: str) -> SQL:
    """Return the last day on which all of it can leave in time."""
    day = SQL("MIN(COALESCE(commitment.date_to_leave, commitment.date_promise))")
    return _promises(env, alias, day)


def urgency(env, alias: str) -> SQL:
    """Return the rank of the worst status, 1 for the most urgent."""
    rank = SQL("MIN(array_position(%s::varchar[], commitment.status))", _STATUSES)
    return _promises(env, alias, rank)


def worst_status(env, alias: str) -> SQL:
    """Return the status of the line that is worst off."""
    return SQL("(%s::varchar[])[%s]", _STATUSES, urgency(env, alias))


def _alert(env, alias: str, value: str) -> SQL:
    """Return a column of the live alert of a transfer's order."""
    alert = env["adv.delay.alert"]._fields
    return SQL(
        """
        (SELECT %s FROM adv_delay_alert alert
          WHERE alert.order_id = %s AND alert.date_closed IS NULL
            AND alert.state != 'dismissed')
        """,
        SQL.identifier("alert", value, to_flush=alert[value]),
        SQL.identifier(
            alias, "sale_id", to_flush=env["stock.picking"]._fields["sale_id"]
        ),
        to_flush=[alert["order_id"], alert["date_closed"], alert["state"]],
    )


def alert_level(env, alias: str) -> SQL:
    """Return how severe the delay of the order is."""
    return _alert(env, alias, "severity_level")


def severity(env, alias: str) -> SQL:
    """Return a rank that is the lower, the more severe the delay of the order is."""
    return SQL("COALESCE(-%s, 0)", _alert(env, alias, "severity"))


def promises_of(env, picking_ids) -> SQL:
    """Return ``(id, promised day, day to leave, worst status, alert's level)`` of these
    transfers.
    """
    return SQL(
        """
        SELECT picking.id, %s, %s, %s, %s FROM stock_picking picking
         WHERE picking.id = ANY(%s)
        """,
        promised_day(env, "picking"),
        day_to_leave(env, "picking"),
        worst_status(env, "picking"),
        alert_level(env, "picking"),
        list(picking_ids),
    )
