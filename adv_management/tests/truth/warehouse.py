"""What happens in the warehouse of a random history."""

from datetime import timedelta

from odoo import Command

from .history import History


class WarehouseHistory(History):
    """Deliveries, returns, receipts, counts and reservations."""

    # Out ------------------------------------------------------------------------------

    def _open(self, order):
        return order.picking_ids.filtered(
            lambda picking: picking.state in ("confirmed", "waiting", "assigned")
        )

    def do_deliver(self, a, b, c):
        """Validate the next open transfer, all or a part, with or without backorder."""
        order = self.order(a, "sale")
        picking = self._open(order).filtered(
            lambda each: (
                not each.location_id._is_outgoing()
                and each.location_dest_id.usage != "internal"
                or each.picking_type_id == self.test.warehouse.pick_type_id
            )
        )[:1]
        if not picking:
            return
        self.tell("deliver", picking.id, picking.picking_type_id.name, "part", b, c)
        for move in picking.move_ids:
            qty = move.product_uom_qty if b % 3 == 0 else b % 11
            move.quantity = qty if b % 3 == 2 else min(qty, move.product_uom_qty)
            move.picked = bool(move.quantity)
        if any(picking.move_ids.mapped("quantity")):
            self.test._validate(picking, backorder=bool(c % 3))

    def do_cancel_rest(self, a, _b, _c):
        order = self.order(a, "sale")
        if self._open(order):
            self.tell("cancel rest", order.id)
            self._open(order).action_cancel()

    def do_take_back(self, a, b, c):
        """Return a part of a delivery; with an exchange if ``c`` is odd."""
        done = self.orders.picking_ids.filtered(
            lambda picking: (
                picking.state == "done" and picking.location_dest_id.usage == "customer"
            )
        )
        picking = self.pick(done.sorted("id"), a)
        if not picking:
            return
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = min(1 + b % 6, line.move_id.quantity)
        self.tell("take back", picking.id, b % 6 + 1, "exchange" if c % 2 else "")
        action = (
            wizard.action_create_exchanges()
            if c % 2
            else wizard.action_create_returns()
        )
        back = self.env["stock.picking"].browse(action["res_id"])
        back.move_ids.picked = True
        self.test._validate(back)

    def _done(self, index):
        """Return a done move that brought goods to a customer."""
        moves = self.orders.picking_ids.move_ids.filtered(
            lambda move: (
                move.state == "done" and move.location_dest_id.usage == "customer"
            )
        )
        return self.pick(moves.sorted("id"), index)

    def do_correct(self, a, b, _c):
        """Correct the quantity of a done delivery."""
        detail = self._done(a).move_line_ids[:1]
        if detail:
            self.tell("correct", detail.move_id.id, detail.quantity, "->", b % 9)
            detail.quantity = b % 9

    def do_date_back(self, a, b, _c):
        """Correct the date of a done delivery."""
        move = self._done(a)
        if move:
            moment = move.date - timedelta(days=b % 4)
            self.tell("date back", move.picking_id.id, moment)
            move.picking_id.date_done = moment

    def do_delete_cancelled(self, a, _b, _c):
        moves = self.line(a).move_ids.filtered(lambda move: move.state == "cancel")
        if moves:
            self.tell("delete", moves.ids)
            moves.unlink()

    def do_reserve(self, a, b, _c):
        pickings = self._open(self.order(a, "sale"))
        if pickings:
            self.tell("reserve" if b % 2 else "unreserve", pickings.ids)
            if b % 2:
                pickings.action_assign()
            else:
                pickings.do_unreserve()

    def _open_move(self, index):
        return self.pick(self._open(self.orders).move_ids.sorted("id"), index)

    def do_change_demand(self, a, b, _c):
        """Change by hand what a transfer should bring."""
        move = self._open_move(a)
        if move and move.state not in ("done", "cancel"):
            self.tell("demand", move.id, move.product_uom_qty, "->", 1 + b % 12)
            move.product_uom_qty = 1 + b % 12

    def do_cancel_move(self, a, _b, _c):
        move = self._open_move(a)
        if move and move.state not in ("done", "cancel"):
            self.tell("cancel move", move.id)
            move._action_cancel()

    def do_set_aside(self, a, b, _c):
        """Type what is prepared of a transfer, without sending it."""
        move = self._open_move(a)
        if move and move.state not in ("done", "cancel"):
            qty = min(b % 12, move.product_uom_qty)
            self.tell("prepared", move.id, qty)
            move.quantity = qty

    def do_tie(self, a, b, _c):
        """Have a transfer leave all at once, or as soon as possible."""
        picking = self.pick(self._open(self.orders).sorted("id"), a)
        if picking:
            picking.move_type = "one" if b % 3 else "direct"
            self.tell("policy", picking.id, picking.move_type)

    def do_plan(self, a, b, _c):
        pickings = self._open(self.order(a, "sale"))
        if pickings:
            self.tell("plan", pickings.ids, self.moment(b % 15))
            pickings.scheduled_date = self.moment(b % 15)

    # In -------------------------------------------------------------------------------

    def _coming(self, index):
        return self.pick(
            self.receipts.filtered(lambda each: each.state not in ("done", "cancel")),
            index,
        )

    def do_expect(self, a, b, c):
        """Expect a receipt, drafted or confirmed."""
        product = self.test.goods[a % len(self.test.goods)]
        kind = self.test.warehouse.in_type_id
        places = {
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": kind.default_location_dest_id.id,
        }
        picking = self.env["stock.picking"].create(
            {
                "partner_id": self.test.partner.id,
                "picking_type_id": kind.id,
                **places,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": 1 + c % 12,
                            "date": self.moment(b % 15),
                            **places,
                        }
                    )
                ],
            }
        )
        self.receipts |= picking
        if c % 3:
            picking.action_confirm()
        picking.move_ids.date = self.moment(b % 15)
        self.tell("expect", picking.id, a, 1 + c % 12, b % 15, picking.state)

    def do_expect_later(self, a, b, c):
        picking = self._coming(a)
        if not picking:
            self.do_expect(a, b, c)
        else:
            self.tell("receipt moves", picking.id, b % 15)
            picking.move_ids.date = self.moment(b % 15)

    def do_receive(self, a, b, c):
        picking = self._coming(a)
        if not picking:
            self.do_expect(a, b, c)
        else:
            self.tell("receive", picking.id, b, c)
            picking.action_confirm()
            for move in picking.move_ids:
                part = 1 + b % move.product_uom_qty
                move.quantity = part if b % 2 else move.product_uom_qty
                move.picked = True
            self.test._validate(picking, backorder=bool(c % 3))

    def do_cancel_receipt(self, a, _b, _c):
        picking = self._coming(a)
        if picking:
            self.tell("cancel receipt", picking.id)
            picking.action_cancel()

    def do_count(self, a, b, _c):
        """Correct the stock by an inventory."""
        product = self.test.goods[a % len(self.test.goods)]
        self.tell("count", a, b)
        quant = self.env["stock.quant"].with_context(inventory_mode=True)
        quant.create(
            {
                "product_id": product.id,
                "location_id": self.test.warehouse.lot_stock_id.id,
                "inventory_quantity": b,
            }
        ).action_apply_inventory()

    def do_nothing(self, _a, _b, _c):
        self.tell("nothing")
