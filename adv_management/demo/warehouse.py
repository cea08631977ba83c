"""The warehouse: receipts, deliveries, backorders, returns."""

import logging
from math import floor

from odoo import Command

from .actor import Actor
from .clock import to_utc
from .script import Shipment

_logger = logging.getLogger(__name__)

OPEN = ("confirmed", "waiting", "partially_available", "assigned")


class Warehouse(Actor):
    """The warehouse of the company and its chief, Bruno."""

    def __init__(self, *args):
        super().__init__(*args)
        self.env = self.as_user("bruno")
        self.receipts = {}

    def doings(self):
        return {
            "purchase": (self.announce, (8, 50)),
            "postpone": (self.postpone, (8, 55)),
            "receive": (self.receive, (8, 30)),
            "replan": (self.replan, (11, 50)),
            "deliver": (self.deliver, (14, 0)),
            "take_back": (self.take_back, (15, 40)),
        }

    # -- inbound -----------------------------------------------------------------

    def count_opening_stock(self):
        """Enter the stock on hand by a physical inventory."""
        quants = self.env["stock.quant"].with_context(inventory_mode=True).create(
            [
                {
                    "product_id": self.masters.products[code].id,
                    "location_id": self.stage.warehouse.lot_stock_id.id,
                    "inventory_quantity": quantity,
                }
                for code, quantity in sorted(self.story.supply.opening().items())
            ]
        )
        quants.action_apply_inventory()

    def announce(self, event):
        """Create the inbound transfer of a supplier's shipment."""
        receipt = event.subject
        picking_type = self.stage.warehouse.in_type_id
        source = self.env.ref("stock.stock_location_suppliers")
        vals = {
            "partner_id": self.masters.suppliers[receipt.supplier].id,
            "picking_type_id": picking_type.id,
            "location_id": source.id,
            "location_dest_id": picking_type.default_location_dest_id.id,
            "scheduled_date": to_utc(receipt.planned, 9),
            "move_ids": [
                Command.create(self._receipt_move_vals(receipt, code, quantity, source, picking_type))
                for code, quantity in receipt.quantities.items()
            ],
        }
        picking = self.env["stock.picking"].create(vals)
        picking.action_confirm()
        self.receipts[id(receipt)] = picking

    def _receipt_move_vals(self, receipt, code, quantity, source, picking_type):
        product = self.masters.products[code]
        return {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "price_unit": product.standard_price,
            "date": to_utc(receipt.planned, 9),
            "date_deadline": to_utc(receipt.planned, 9),
            "location_id": source.id,
            "location_dest_id": picking_type.default_location_dest_id.id,
            "company_id": self.company.id,
        }

    def postpone(self, event):
        """The supplier announces another date."""
        self.receipts[id(event.subject)].scheduled_date = to_utc(event.detail, 9)

    def receive(self, event):
        self._validate(self.receipts[id(event.subject)])

    # -- outbound ----------------------------------------------------------------

    def replan(self, event):
        """Plan the open delivery for another day."""
        self._open_deliveries(event.subject).scheduled_date = to_utc(event.detail, 10)

    def deliver(self, event):
        """Ship what the story says; what is not there yet waits for the next day."""
        shipment = event.detail
        pickings = self._open_deliveries(event.subject)
        moves = pickings.move_ids.filtered(lambda move: move.state in OPEN)
        wanted = self._wanted_quantities(event.subject, moves, shipment)
        if any(move.quantity < quantity for move, quantity in wanted.items()):
            pickings.action_assign()
        if any(move.quantity < quantity for move, quantity in wanted.items()):
            _logger.debug("%s waits for goods", event.subject)
            self.agenda.add(self.days.add(event.day, 1), "deliver", event.subject, shipment)
            return
        if shipment.shares:
            for move, quantity in wanted.items():
                move.quantity = quantity
                move.picked = bool(quantity)
        self._validate(pickings, shipment.backorder)

    def _wanted_quantities(self, script, moves, shipment):
        lines = self.orders[script.number].order_line.ids
        shares = dict(zip(lines, shipment.shares, strict=True)) if shipment.shares else {}
        return {
            move: floor(move.product_uom_qty * shares.get(move.sale_line_id.id, 1)) for move in moves
        }

    def _open_deliveries(self, script):
        pickings = self.orders[script.number].with_env(self.env).picking_ids
        return pickings.filtered(
            lambda picking: picking.picking_type_code == "outgoing" and picking.state in OPEN
        )

    def _validate(self, pickings, backorder=True):
        """Press the button, answer the question about the backorder."""
        action = pickings.button_validate()
        if isinstance(action, dict) and action["res_model"] == "stock.backorder.confirmation":
            wizard = self.env[action["res_model"]].with_context(action["context"]).create({})
            action = wizard.process() if backorder else wizard.process_cancel_backorder()

    # -- returns -----------------------------------------------------------------

    def take_back(self, event):
        """Take back a part of the first line; replace it, or leave it to the credit note."""
        script, kind = event.subject, event.detail
        delivery = self.orders[script.number].with_env(self.env).picking_ids.filtered(
            lambda picking: picking.state == "done" and picking.picking_type_code == "outgoing"
        )[:1]
        wizard = self.env["stock.return.picking"].with_context(
            active_id=delivery.id, active_ids=delivery.ids, active_model="stock.picking"
        ).create({})
        line = wizard.product_return_moves[:1]
        line.quantity = max(1, line.move_quantity // 4)
        is_exchange = kind == "exchange"
        action = wizard.action_create_exchanges() if is_exchange else wizard.action_create_returns()
        self._validate(self.env["stock.picking"].browse(action["res_id"]))
        day = self.days.add(event.day, self.rng.randint(2, 5))
        if is_exchange:
            self.agenda.add(day, "deliver", script, Shipment(day))
        else:
            self.agenda.add(day, "credit", script, "return")
