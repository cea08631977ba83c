"""The order desk: quotations, confirmations, changes, cancellations."""

from odoo import Command

from .actor import Actor
from .clock import to_utc

DISCOUNT_BY_SIZE = {"2": 0, "3": 3, "4": 5, "5": 8}


class Desk(Actor):
    """The assistants, each for the customers of the portfolio."""

    def __init__(self, *args):
        super().__init__(*args)
        self.customer_rows = {row["ref"]: row for row in self.story.customers}

    def doings(self):
        return {
            "quote": (self.quote, (9, 5)),
            "confirm": (self.confirm, (10, 0)),
            "promise": (self.change_promise, (11, 15)),
            "amend": (self.amend, (11, 40)),
            "cancel": (self.cancel, (16, 10)),
        }

    def quote(self, event):
        """Enter the order, or the quotation."""
        script = event.subject
        login = self.customer_rows[script.customer]["assistant"]
        orders = self.as_user(login)["sale.order"]
        order = orders.create(self._order_vals(script, orders.env.user))
        self.orders[script.number] = order
        if script.fate in ("quotation", "lost") and script.number % 3:
            order.action_quotation_sent()

    def confirm(self, event):
        self.orders[event.subject.number].action_confirm()

    def change_promise(self, event):
        """Tell who wants another date, and why."""
        order = self.orders[event.subject.number]
        commitments = order.env["adv.commitment"].search([("order_id", "=", order.id)])
        wizard = order.env["adv.commitment.promise"].create(
            {**event.detail, "commitment_ids": [Command.set(commitments.ids)]}
        )
        wizard.action_apply()

    def amend(self, event):
        """Change the quantity of the biggest line."""
        order = self.orders[event.subject.number]
        line = max(order.order_line, key=lambda line: line.product_uom_qty)
        line.product_uom_qty += event.detail

    def cancel(self, event):
        self.orders[event.subject.number].action_cancel()

    def _order_vals(self, script, user):
        partner = self.masters.customers[script.customer]
        vals = {
            "partner_id": partner.id,
            "company_id": self.company.id,
            "warehouse_id": self.stage.warehouse.id,
            "user_id": user.id,
            "team_id": self.stage.team.id,
            "client_order_ref": f"{partner.ref}-{self.rng.randint(1000, 9999)}",
            "adv_user_id": user.id,
            "adv_channel": script.channel,
            "adv_date_received": to_utc(script.received, 8, 40),
            "adv_date_requested": script.requested,
            "picking_policy": "direct" if script.fixed else "one",
            "order_line": [
                Command.create(self._line_vals(script, line)) for line in script.lines
            ],
        }
        if script.fixed:
            vals["commitment_date"] = to_utc(script.promise, 17)
        return vals

    def _line_vals(self, script, line):
        return {
            "product_id": self.masters.products[line.product].id,
            "product_uom_qty": line.quantity,
            "discount": DISCOUNT_BY_SIZE[self.customer_rows[script.customer]["size"]],
        }
