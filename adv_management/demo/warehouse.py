"""The warehouse: receipts, deliveries, backorders, returns."""

from math import floor

from odoo import Command

from .actor import Actor
from .clock import to_utc
from .script import Shipment

OPEN = ("confirmed", "waiting", "partially_available", "assigned")


class Warehouse(Actor):
    """The warehouse of the company and its chief, Bruno."""

    def __init__(self, *args):
        super().__init__(*args)
        self.env = self.as_user("bruno")
        self.receipts = {}

    def doings(self):
        return {
            "count": (self.count, (8, 0)),
            "purchase": (self.announce, (8, 50)),
            "postpone": (self.postpone, (8, 55)),
            "receive": (self.receive, (8, 30)),
            "replan": (self.replan, (11, 50)),
            "deliver": (self.deliver, (14, 0)),
            "take_back": (self.take_back, (15, 40)),
        }

    # -- inbound -----------------------------------------------------------------

    def count(self, _event):
        """Enter the stock on hand by a physical inventory."""
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        counted = [
            {
                "product_id": self.masters.products[code].id,
                "location_id": self.stage.warehouse.lot_stock_id.id,
                "inventory_quantity": quantity,
            }
            for code, quantity in sorted(self.story.supply.opening().items())
        ]
        quants.create(counted).action_apply_inventory()

    def announce(self, event):
        """Create the inbound transfer of a supplier's shipment."""
        receipt = event.subject
        picking_type = self.stage.warehouse.in_type_id
        places = {
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": picking_type.default_location_dest_id.id,
            "company_id": self.company.id,
        }
        moves = [
            {**places, **self._receipt_move_vals(receipt, code, quantity)}
            for code, quantity in receipt.quantities.items()
        ]
        picking = self.env["stock.picking"].create(
            {
                **places,
                "partner_id": self.masters.suppliers[receipt.supplier].id,
                "picking_type_id": picking_type.id,
                "scheduled_date": to_utc(receipt.planned, 9),
                "move_ids": [Command.create(vals) for vals in moves],
            }
        )
        picking.action_confirm()
        self.receipts[id(receipt)] = picking

    def _receipt_move_vals(self, receipt, code, quantity):
        product = self.masters.products[code]
        return {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "price_unit": product.standard_price,
            "date": to_utc(receipt.planned, 9),
            "date_deadline": to_utc(receipt.planned, 9),
        }

    def postpone(self, event):
        """The supplier announces another date."""
        self.receipts[id(event.subject)].scheduled_date = to_utc(event.detail, 9)

    def receive(self, event):
        self._validate(self.receipts[id(event.subject)])

    # -- outbound ----------------------------------------------------------------

    def replan(self, event):
        """Plan the open delivery for another day."""
        self._deliveries(event.subject, *OPEN).scheduled_date = to_utc(event.detail, 10)

    def deliver(self, event):
        """Ship what the story says; what is not there yet waits for the next day."""
        shipment = event.detail
        pickings = self._deliveries(event.subject, *OPEN)
        moves = pickings.move_ids.filtered(lambda move: move.state in OPEN)
        wanted = self._wanted_quantities(event.subject, moves, shipment)
        if any(move.quantity < quantity for move, quantity in wanted.items()):
            pickings.action_assign()
        if any(move.quantity < quantity for move, quantity in wanted.items()):
            tomorrow = self.days.add(event.day, 1)
            self.agenda.add(tomorrow, "deliver", event.subject, shipment)
            return
        if shipment.shares:
            for move, quantity in wanted.items():
                move.quantity = quantity
                move.picked = bool(quantity)
        self._validate(pickings, shipment.backorder)

    def _wanted_quantities(self, script, moves, shipment):
        lines = self.orders[script.number].order_line.ids
        shares = dict(zip(lines, shipment.shares, strict=bool(shipment.shares)))
        return {
            move: floor(move.product_uom_qty * shares.get(move.sale_line_id.id, 1))
            for move in moves
        }

    def _deliveries(self, script, *states):
        pickings = self.orders[script.number].with_env(self.env).picking_ids
        outgoing = pickings.filtered(lambda p: p.picking_type_code == "outgoing")
        return outgoing.filtered(lambda picking: picking.state in states)

    def _validate(self, pickings, backorder=True):
        """Press the button, answer the question about the backorder."""
        action = pickings.button_validate()
        if action is True:
            return
        questions = self.env["stock.backorder.confirmation"]
        question = questions.with_context(**action["context"]).create({})
        if backorder:
            question.process()
        else:
            question.process_cancel_backorder()

    # -- returns -----------------------------------------------------------------

    def take_back(self, event):
        """Take back a part of the first line; replace it, or have it credited."""
        script = event.subject
        delivery = self._deliveries(script, "done")[:1]
        wizard = self.env["stock.return.picking"].create({"picking_id": delivery.id})
        line = wizard.product_return_moves[:1]
        line.quantity = max(1, line.move_quantity // 4)
        day = self.days.add(event.day, self.rng.randint(2, 5))
        if event.detail == "exchange":
            action = wizard.action_create_exchanges()
            self.agenda.add(day, "deliver", script, Shipment(day))
        else:
            action = wizard.action_create_returns()
            self.agenda.add(day, "credit", script, "return")
        self._validate(self.env["stock.picking"].browse(action["res_id"]))
