"""What a click costs a user with the addon, beside the same click without it."""

import statistics
from collections.abc import Iterator
from typing import NamedTuple

from odoo import Command
from odoo.tools import SQL

from bench.session import Cost, typical

LINES = 5
# What an order passes when it is confirmed.
_GATES = ("confirmation", "release")
_REGULAR = "Regular customer"
_LONG_AGO = """
UPDATE sale_order SET date_order = date_order - INTERVAL '30 days' WHERE id = %s
"""
# Goods that can leave at once, the same ones in every database of one size.
_READY_GOODS = """
SELECT product_id
  FROM stock_quant quant
  JOIN stock_location location ON location.id = quant.location_id
 WHERE usage = 'internal'
GROUP BY product_id HAVING SUM(quantity - reserved_quantity) >= 3
ORDER BY product_id DESC LIMIT %s
"""


class Click(NamedTuple):
    """What a click costs with us and without, and how much more of its time; how many
    controls may stop it.

    The two are measured in turn, so that the machine's load is the same for both.
    """

    name: str
    own: Cost
    plain: Cost
    more_time: float
    controls: int = 0


def compare_clicks(with_us, without_us, rounds) -> Iterator[Click]:
    """Yield what confirming an order and validating its delivery cost: as installed,
    where all that controls an order may stop it, and once customers are written to by
    themselves.
    """
    yield from _compare_clicks(with_us, without_us, rounds, "")
    yield _compare_controlled(with_us, without_us, rounds)
    with_us.env.company.write({"adv_ack_mode": "automatic", "adv_notice_mode": "auto"})
    with_us.env.cr.commit()
    yield from _compare_clicks(with_us, without_us, rounds, ", mails on")


def _compare_controlled(with_us, without_us, rounds) -> Click:
    """Return what confirming costs where each control of orders may stop it."""
    for session in (with_us, without_us):
        _make_regular(session)
    controls = with_us.env["adv.control"].search([("checkpoint", "in", _GATES)])
    controls.severity = "blocking"
    with_us.env.cr.commit()
    situation = ", all order controls blocking"
    confirming, _delivering = _compare_clicks(
        with_us, without_us, rounds, situation, _REGULAR
    )
    controls.severity = "info"
    with_us.env.cr.commit()
    return confirming._replace(controls=len(controls))


def _compare_clicks(
    with_us, without_us, rounds, situation, customer="Client 7"
) -> list[Click]:
    sessions = [with_us, without_us]
    turns = {session: [] for session in sessions}
    # The first round warms the caches.
    for _round in range(rounds + 1):
        for session in sessions:
            turns[session].append(_sell(session, customer))
        sessions.reverse()
    names = ("confirm an order", "validate its delivery")
    return [
        _compare(name + situation, own[1:], plain[1:])
        for name, own, plain in zip(
            names,
            zip(*turns[with_us], strict=True),
            zip(*turns[without_us], strict=True),
            strict=True,
        )
    ]


def _sell(session, customer) -> tuple[Cost, Cost]:
    """Return what confirming and delivering an order of five lines costs its user."""
    order = _quote(session.env(user=session.env.ref("base.user_admin")), customer)
    confirming = session.cost(order.action_confirm)
    picking = order.picking_ids
    for move in picking.move_ids:
        move.quantity = move.product_uom_qty
    picking.move_ids.picked = True
    session.env.cr.flush()
    delivering = session.cost(picking.button_validate)
    if picking.state != "done":
        raise ValueError("The delivery was not validated")
    session.undo()
    return confirming, delivering


def _make_regular(session):
    """Make a customer whose orders controls look at in vain: his address is complete,
    and he ordered the same before.
    """
    env = session.env
    state = env.ref("base.state_us_5")
    address = {
        "street": "7 Harbor Street",
        "zip": "94105",
        "city": "San Francisco",
        "state_id": state.id,
        "country_id": state.country_id.id,
    }
    env["res.partner"].create({"name": _REGULAR, **address})
    order = _quote(env, _REGULAR)
    for table, column in (("sale_order", "id"), ("sale_order_line", "order_id")):
        env.cr.execute(
            SQL(
                "UPDATE %s SET state = 'sale' WHERE %s = %s",
                SQL.identifier(table),
                SQL.identifier(column),
                order.id,
            )
        )
    env.cr.execute(_LONG_AGO, [order.id])
    env.cr.commit()
    env.invalidate_all()


def _quote(env, name):
    goods = env.execute_query(SQL(_READY_GOODS, LINES))
    if len(goods) < LINES:
        raise ValueError("Too few products are at hand")
    customer = env["res.partner"].search([("name", "=", name)], limit=1)
    order = env["sale.order"].create(
        {
            "partner_id": customer.id,
            "commitment_date": "2030-01-15 12:00:00",
            "order_line": [
                Command.create({"product_id": product, "product_uom_qty": 3})
                for (product,) in goods
            ],
        }
    )
    env.cr.flush()
    env.invalidate_all()
    return order


def _compare(name, own, plain) -> Click:
    return Click(name, typical(own), typical(plain), _undisturbed(own, plain))


def _undisturbed(own, plain) -> float:
    """Return how much more time one takes, by the first quartiles: whoever else works
    on the machine only ever adds to a time.
    """
    mine, its = (
        statistics.quantiles([cost.seconds for cost in costs], n=4)[0]
        for costs in (own, plain)
    )
    return mine / its - 1
