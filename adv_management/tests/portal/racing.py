"""What a real process does here: two visitors use one link at the same moment. Loaded
by its path (so: no relative import here).
"""

import json
import sys
import threading
from datetime import timedelta

from odoo import Command
from odoo.api import Environment
from odoo.fields import Date
from odoo.service.model import retrying


class Visitor(threading.Thread):
    """One who has the page before him and answers when the other one does."""

    def __init__(self, env, token, kind, start):
        super().__init__(name=kind)
        self.registry, self.user_id = env.registry, env.ref("base.public_user").id
        self.token, self.start_line = token, start
        self.told = self.seen = None

    def run(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, self.user_id, {}, su=True)
            self.told = retrying(lambda: self._answer(env), env)

    def _answer(self, env):
        answers = env["adv.customer.answer"]
        question = answers._open(self.token)
        is_open = question.is_open
        if self.seen is None:  # not when Odoo tries again
            self.seen = is_open
            self.start_line.wait(60)
        vals = {"kind": self.name, "phone": "", "comment": "", "ip": "127.0.0.1"}
        return bool(is_open and answers._receive(question, vals))


def answer_at_once(env):
    """Print what two visitors saw and were told, and what came of it."""
    order, token = _notify(env, Date.today() + timedelta(days=14))
    start = threading.Barrier(2)
    visitors = [Visitor(env, token, kind, start) for kind in ("accept", "part")]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    env.cr.rollback()
    env.invalidate_all()
    answers = env["adv.customer.answer"].search([("order_id", "=", order.id)])
    result = {
        "seen": [visitor.seen for visitor in visitors],
        "noted": [visitor.name for visitor in visitors if visitor.told],
        "kinds": answers.mapped("kind"),
        "activities": len(order.activity_ids),
    }
    sys.stdout.write(f"\nresult {json.dumps(result)}\n")


def _notify(env, day):
    """Return an order whose customer was told another day, and his token."""
    customer = env["res.partner"].create({"name": "Martin", "email": "m@example.com"})
    product = env["product.product"].create({"name": "Chaise", "type": "consu"})
    order = env["sale.order"].create(
        {
            "partner_id": customer.id,
            "commitment_date": day - timedelta(days=7),
            "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": 5})
            ],
        }
    )
    order.action_confirm()
    env["adv.commitment"]._run_pending()
    commitment = order.adv_commitment_ids
    line = {
        "order_id": order.id,
        "commitment_id": commitment.id,
        "date_announced": day,
    }
    message = env["adv.customer.message"]._compose(
        [
            {
                "kind": "delay",
                "key": "race",
                "company_id": order.company_id.id,
                "partner_id": customer.id,
                "order_ids": [Command.set(order.ids)],
                "line_ids": [Command.create(line)],
            }
        ]
    )
    message.state = "sent"
    commitment._announce(day)
    env["adv.commitment"]._run_pending()
    url = order._adv_get_answer_url(message)
    env.cr.commit()  # pylint: disable=invalid-commit
    return order, url.rpartition("/")[2]
