"""The order desk: quotations, confirmations, changes, corrections, cancellations."""

from odoo import Command

from .actor import Actor
from .clock import to_utc
from .mistakes import AT_THE_BUTTON, typed_lines

OLD_TARIFF = 0.92  # what last year's price list said
LATER = 20  # working days: a date typed in the wrong month


class Desk(Actor):
    """The assistants, each for the customers of the portfolio."""

    def __init__(self, *args):
        super().__init__(*args)
        self.customer_rows = {row["ref"]: row for row in self.story.customers}
        self.product_codes = list(self.masters.products)
        self.right_prices = {}  # number of an order -> the price that was mistyped

    def doings(self):
        return {
            "quote": (self.quote, (9, 5)),
            "confirm": (self.confirm, (10, 0)),
            "promise": (self.change_promise, (11, 15)),
            "amend": (self.amend, (11, 40)),
            "caught": (self.put_right, (10, 5)),
            "correct": (self.correct, (11, 45)),
            "cancel": (self.cancel, (16, 10)),
        }

    def quote(self, event):
        """Enter the order, or the quotation."""
        script = event.subject
        login = self.customer_rows[script.customer]["assistant"]
        orders = self.as_user(login)["sale.order"]
        order = orders.create(self._order_vals(script, orders.env.user))
        self.orders[script.number] = order
        if script.mistake:
            getattr(self, f"_mistype_{script.mistake.kind}", lambda *_: None)(
                order, script
            )
        if script.fate in ("quotation", "lost") and script.number % 3:
            order.action_quotation_sent()

    def confirm(self, event):
        script = event.subject
        order = self.orders[script.number]
        if script.mistake and script.mistake.fate in AT_THE_BUTTON:
            self._press(order)  # stopped: the next event tells how it goes on
            self.agenda.add(event.day, script.mistake.fate, script)
        else:
            order.action_confirm()

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

    def _press(self, order):
        """Press the button, whose findings are kept in the language of the desk."""
        lang = self.stage.active_lang("fr_FR")
        order.with_context(lang=lang).action_adv_confirm()

    # -- mistakes ----------------------------------------------------------------------

    def _mistype_price(self, order, script):
        line = order.order_line[:1]
        self.right_prices[script.number] = line.price_unit
        line.price_unit = round(line.price_unit * OLD_TARIFF, 2)

    def _mistype_address(self, order, script):
        order.partner_shipping_id = self.masters.sites[script.customer]

    def _mistype_date(self, order, script):
        order.adv_date_requested = self.days.add(script.requested, LATER)

    def _mistype_reference(self, order, script):
        """Take the reference from the last order of the customer."""
        last = order.search(
            [("partner_id", "=", order.partner_id.id), ("id", "<", order.id)], limit=1
        )
        order.client_order_ref = last.client_order_ref

    def put_right(self, event):
        """Put right what the button stopped, and press it once more."""
        script = event.subject
        order = self.orders[script.number]
        getattr(self, f"_correct_{script.mistake.kind}")(order, script)
        self._press(order)

    def correct(self, event):
        """A colleague puts right on the order what was typed wrong."""
        script = event.subject
        order = self.orders[script.number].with_env(self.as_user(script.mistake.by))
        getattr(self, f"_correct_{script.mistake.kind}")(order, script)

    def _correct_price(self, order, script):
        order.order_line[:1].price_unit = self.right_prices[script.number]

    def _correct_quantity(self, order, script):
        for line, ordered in zip(order.order_line, script.lines, strict=True):
            if line.product_uom_qty != ordered.quantity:
                line.product_uom_qty = ordered.quantity

    def _correct_article(self, order, script):
        """Lines of confirmed orders cannot be removed: nothing is ordered of it."""
        right = Command.create(self._line_vals(*self._last_line(script)))
        gone = Command.update(order.order_line[-1:].id, {"product_uom_qty": 0})
        order.write({"order_line": [gone, right]})

    def _correct_forgotten(self, order, script):
        right = Command.create(self._line_vals(*self._last_line(script)))
        order.write({"order_line": [right]})

    def _correct_address(self, order, script):
        order.partner_shipping_id = self.masters.customers[script.customer]
        waiting = order.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        waiting.partner_id = order.partner_shipping_id

    def _correct_reference(self, order, script):
        order.client_order_ref = f"{order.partner_id.ref}-{self._reference(script)}"

    def _correct_date(self, order, script):
        order.adv_date_requested = script.requested

    def _last_line(self, script):
        return script.lines[-1].product, script.lines[-1].quantity

    # -- what is typed -----------------------------------------------------------------

    def _order_vals(self, script, user):
        partner = self.masters.customers[script.customer]
        vals = {
            "partner_id": partner.id,
            "company_id": self.company.id,
            "warehouse_id": self.stage.warehouse.id,
            "user_id": user.id,
            "team_id": self.stage.team.id,
            "client_order_ref": f"{partner.ref}-{self._reference(script)}",
            "adv_user_id": user.id,
            "adv_channel": script.channel,
            "adv_date_received": to_utc(script.received, 8, 40),
            "adv_date_requested": script.requested,
            "picking_policy": "direct" if script.fixed else "one",
            "order_line": [
                Command.create(self._line_vals(product, quantity))
                for product, quantity in typed_lines(script, self.product_codes)
            ],
        }
        if script.fixed:
            vals["commitment_date"] = to_utc(script.promise, 17)
        return vals

    def _reference(self, script):
        """Return the customer's number of an order, none twice."""
        return 1000 + 17 * script.number

    def _line_vals(self, product, quantity):
        return {
            "product_id": self.masters.products[product].id,
            "product_uom_qty": quantity,
        }
