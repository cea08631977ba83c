"""Ten users and the engine at once: what they do, and what is right afterwards.

As in ``jobs``, what is here is loaded by its path, by ``runner.py``.
"""

import json
import re
import sys
import threading
import time
from collections import Counter
from random import Random

from psycopg2.errors import (
    DeadlockDetected,
    LockNotAvailable,
    SerializationFailure,
)

from odoo import SUPERUSER_ID, Command, api
from odoo.fields import Date, Datetime

_OURS = re.compile(r"\badv_(commitment|order)_?\w*\b|ir_cron")
_CONFLICTS = (SerializationFailure, LockNotAvailable, DeadlockDetected)
_CONTEXT = {"tracking_disable": True, "mail_notrack": True}


def prepare_storm(env, users):
    """Goods that all sell and nobody has, for which receipts are planned; and for each
    user a customer, goods in stock and two orders.
    """
    env = env(context=_CONTEXT)
    names = [*"AB", *(f"Own {user}" for user in range(users))]
    shared, own = [], []
    for name in names:
        product = env["product.product"].create(
            {"name": f"Storm {name}", "type": "consu", "is_storable": True}
        )
        (shared if len(name) == 1 else own).append(product)
    warehouse = env["stock.warehouse"].search([], limit=1)
    for product in own:
        env["stock.quant"]._update_available_quantity(
            product, warehouse.lot_stock_id, 100000
        )
        env["res.partner"].create({"name": product.name})
    for product in own:
        user = StormUser(env, product.name, seed=0)
        for _order in range(2):
            user.sell()
        user.plan_receipt()
    _work_while_all_is_held(env)


def _work_while_all_is_held(env):
    """Whoever works on an order, a receipt or a promise never waits for the ledger's
    engine, even if it holds every promise: what is decided meanwhile is applied later.
    """
    env["adv.commitment"]._cron_refresh()
    expected = env["adv.commitment"].search([]).evidence_move_id
    [receipt, *_others] = expected.filtered(lambda move: move.state == "draft")
    desk = Desk(env.registry, receipt.picking_id.partner_id.name, until=0)
    env.cr.commit()  # pylint: disable=invalid-commit
    with env.registry.cursor() as engine:
        engine.execute("UPDATE adv_commitment SET delay_days = delay_days + 1")
        for action in _ACTIONS:
            if not desk._try(action, seed=1):
                raise AssertionError(desk.ours)
        engine.rollback()
    if not min(desk.decided["change_promise"], desk.decided["choose_cause"]):
        raise AssertionError("nothing was decided")
    waiting = env["adv.commitment.revision"].search([("is_pending", "=", True)])
    if len(waiting.commitment_id) < 2:
        raise AssertionError("what was decided does not wait")
    env.cr.commit()  # pylint: disable=invalid-commit
    if receipt.exists():
        raise AssertionError("nobody deleted the receipt that others wait for")


class StormUser:
    """One who sells what all sell, works on own orders and receipts only."""

    def __init__(self, env, name, seed):
        self.env, self.random = env, Random(f"{name} {seed}")
        self.product = env["product.product"].search([("name", "=", name)])
        self.partner = env["res.partner"].search([("name", "=", name)])
        self.orders = env["sale.order"].search([("partner_id", "=", self.partner.id)])
        self.shared = env["product.product"].search(
            [("name", "in", ("Storm A", "Storm B"))]
        )
        self.receipts = env["stock.picking"].search(
            [("partner_id", "=", self.partner.id), ("sale_id", "=", False)]
        )

    def _some_order(self):
        orders = self.orders.filtered(lambda order: order.state == "sale")
        return self.random.choice(orders or [orders])

    def _some_day(self):
        return self.random.randint(-3, 20)

    def sell(self):
        goods = [*self.random.sample(list(self.shared), 1), self.product]
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "commitment_date": Datetime.add(Datetime.now(), days=self._some_day()),
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 5})
                    for product in goods
                ],
            }
        )
        order.action_confirm()

    def deliver(self):
        moves = self._some_order().picking_ids.move_ids.filtered(
            lambda move: move.state == "assigned"
        )
        for move in moves:
            move.quantity = self.random.randint(1, int(move.product_uom_qty))
            move.picked = True
        skip = {"skip_backorder": True, "skip_sms": True}
        moves.picking_id.with_context(**skip).button_validate()

    def change_quantity(self):
        for line in self._some_order().order_line[:1]:
            step = self.random.choice((-1, 1, 2))
            line.product_uom_qty = max(line.product_uom_qty + step, 1)

    def change_promise(self):
        """Return how many promises changed: what left a moment ago is found out now."""
        commitments = self._some_order().adv_commitment_ids._filter_open()
        if commitments:
            self.env["adv.commitment.promise"].create(
                {
                    "commitment_ids": [Command.set(commitments.ids)],
                    "date_new": Date.add(Date.today(), days=abs(self._some_day())),
                    "answer": self.random.choice(("customer", "internal")),
                    "proof": "mail",
                    "reason": "Storm",
                }
            ).action_apply()
        return len(commitments)

    def choose_cause(self):
        """Return how many causes were chosen, or emptied to be proposed again."""
        causes = [*self.env["adv.delay.cause"].search([]).ids, False]
        commitments = self._some_order().adv_commitment_ids
        commitments.write({"cause_id": self.random.choice(causes)})
        return len(commitments)

    def reclassify(self):
        """Put a cut in the customer's name; return how many."""
        cuts = self.orders.adv_revision_ids.filtered(
            lambda each: (
                each.kind == "quantity"
                and each.origin == "internal"
                and each.qty_delta < 0
                and each._is_still_ours()
            )
        )
        cuts[:1].action_reclassify_as_customer()
        return len(cuts[:1])

    def plan_receipt(self):
        """Plan a receipt of what all wait for; half of them only in draft."""
        kind = self.env["stock.picking.type"].search([("code", "=", "incoming")])[:1]
        places = {
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": kind.default_location_dest_id.id,
        }
        receipt = self.env["stock.picking"].create(
            {
                **places,
                "picking_type_id": kind.id,
                "partner_id": self.partner.id,
                "move_ids": [
                    Command.create(
                        {
                            **places,
                            "product_id": product.id,
                            "product_uom_qty": 6,
                            "date": Datetime.add(
                                Datetime.now(), days=abs(self._some_day())
                            ),
                        }
                    )
                    for product in self.shared
                ],
            }
        )
        if self.random.random() < 0.5:
            receipt.action_confirm()

    def reschedule(self):
        for receipt in self.receipts.filtered(lambda each: each.state != "cancel")[-1:]:
            day = Datetime.add(Datetime.now(), days=self._some_day())
            receipt.move_ids.date = day

    def drop_receipt(self):
        """Delete a receipt that others may wait for."""
        receipts = self.receipts.filtered(lambda each: each.state == "draft")
        receipts[:1].unlink()

    def cancel(self):
        if len(self.orders) > 2:
            self._some_order()._action_cancel()

    def take_up_again(self):
        for order in self.orders.filtered(lambda each: each.state == "cancel")[:1]:
            order.action_draft()
            order.action_confirm()


_ACTIONS = ("sell", "deliver", "change_quantity", "change_promise", "plan_receipt")
_ACTIONS += ("reschedule", "drop_receipt", "cancel", "take_up_again")
_ACTIONS += ("choose_cause", "reclassify")


class Desk(threading.Thread):
    """One user's session: one transaction after the other, done again when it fails as
    Odoo does; what stopped it is kept.
    """

    def __init__(self, registry, name, until):
        super().__init__()
        self.registry, self.name, self.until = registry, name, until
        self.done, self.decided = Counter(), Counter()
        self.ours, self.foreign, self.failed = [], [], []

    def run(self):
        random = Random(self.name)
        try:
            while not self.done or time.monotonic() < self.until:
                for action in random.sample(_ACTIONS, len(_ACTIONS)):
                    seed = random.random()
                    if any(self._try(action, seed) for _attempt in range(20)):
                        self.done[action] += 1
                    else:
                        self.failed.append(action)
        except Exception as error:  # noqa: BLE001 (told by the main thread)
            self.failed.append(repr(error)[:500])

    def _try(self, action, seed):
        """Do it in a transaction that waits for nobody longer than a second."""
        try:
            with self.registry.cursor() as cr:
                cr.execute("SET LOCAL lock_timeout = '1s'")
                env = api.Environment(cr, SUPERUSER_ID, _CONTEXT)
                decided = getattr(StormUser(env, self.name, seed), action)()
        except _CONFLICTS as error:
            query = error.cursor.query if error.cursor else b""
            told = f"{error} {query.decode()}"
            (self.ours if _OURS.search(told) else self.foreign).append(
                f"{action}: {' '.join(told.split())[:300]}"
            )
            return False
        self.decided[action] += decided or 0
        return True


def storm(env, users, seconds):
    """Let the users work at once for a time; print what they did and what stopped
    them.
    """
    until = time.monotonic() + seconds
    desks = [
        Desk(env.registry, f"Storm Own {number}", until) for number in range(users)
    ]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    result = {
        "done": sum((desk.done for desk in desks), Counter()),
        "decided": sum((desk.decided for desk in desks), Counter()),
        "ours": sum((desk.ours for desk in desks), []),
        "foreign": Counter(
            found.partition(":")[0] for desk in desks for found in desk.foreign
        ),
        "failed": sum((desk.failed for desk in desks), []),
    }
    sys.stdout.write(f"\nresult {json.dumps(result)}\n")


def run_engine(env):
    """Measure what users change, in small batches, until somebody kills us."""
    while True:
        env["adv.commitment"]._cron_refresh(batch_size=20)
        env.cr.commit()  # pylint: disable=invalid-commit
        time.sleep(0.01)
