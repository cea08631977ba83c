"""Goods that seem to be there or on their way and are not; and the other way round."""

from odoo import Command
from odoo.tests import tagged

from ..common import MONDAY, AdvCommon


@tagged("post_install", "-at_install")
class TestShortfalls(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scarce = cls._create_product("Fonte", stock=0)

    def _create_place(self, name, parent):
        return self.env["stock.location"].create(
            {
                "name": name,
                "usage": "internal",
                "location_id": parent.id,
                "company_id": self.company.id,
            }
        )

    def _carry(self, qty, source, target, day):
        """Return the transfer that carries goods inside the company."""
        way = {"location_id": source.id, "location_dest_id": target.id}
        goods = {"product_id": self.scarce.id, "product_uom_qty": qty}
        with self.act(MONDAY):
            picking = self.env["stock.picking"].create(
                {
                    "picking_type_id": self.warehouse.int_type_id.id,
                    "move_ids": [Command.create({**goods, **way})],
                    **way,
                }
            )
            picking.action_confirm()
            picking.action_assign()
            picking.move_ids.date = f"{day} 10:00:00"
            self._run_engine()
        return picking

    def explain(self, order):
        with self.act("2026-03-03 12:00:00"):
            order.adv_commitment_ids.invalidate_recordset()
            return order.adv_commitment_ids.explanation

    # Stock ----------------------------------------------------------------------------

    def test_receipt_fills_a_negative_stock_first(self):
        self._set_stock(self.scarce, -5)
        self.receive(self.scarce, 5, "2026-03-10")
        order = self.sell((self.scarce, 5), promise="2026-03-20")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)
        self.receive(self.scarce, 5, "2026-03-12")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-12")

    def test_goods_that_change_their_place_on_the_shelf_stay_in_stock(self):
        self._set_stock(self.scarce, 5)
        order = self.sell_unreserved((self.scarce, 5), promise="2026-03-20")
        shelf = self.warehouse.lot_stock_id
        front = self._create_place("Front", shelf)
        transfer = self._carry(5, shelf, front, "2026-03-04")
        self.assertEqual(transfer.state, "assigned")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-04")

    def test_goods_in_quarantine_serve_nobody(self):
        quarantine = self._create_place("Quarantine", self.warehouse.view_location_id)
        self.env["stock.quant"]._update_available_quantity(self.scarce, quarantine, 10)
        receipt = self.receive(self.scarce, 5, "2026-03-10", confirm=False)
        with self.act(MONDAY):
            receipt.picking_id.location_dest_id = quarantine
            receipt.location_dest_id = quarantine
            receipt.picking_id.action_confirm()
        order = self.sell((self.scarce, 5), promise="2026-03-20")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)
        self._carry(5, quarantine, self.warehouse.lot_stock_id, "2026-03-12")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-12")

    # Transfers ------------------------------------------------------------------------

    def test_transfer_from_an_empty_depot_is_a_risk(self):
        depot = self.env["stock.warehouse"].create(
            {"name": "Dépôt", "code": "DEP", "company_id": self.company.id}
        )
        self._carry(5, depot.lot_stock_id, self.warehouse.lot_stock_id, "2026-03-10")
        order = self.sell((self.scarce, 5), promise="2026-03-20")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-10")
        self.receive(self.scarce, 5, "2026-03-03", warehouse=depot)
        with self.act("2026-03-03 09:00:00"):
            self._set_stock(self.scarce, 5, depot)
            self._run_engine()
            self.env["adv.commitment"]._refresh(order.order_line.ids)
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-10")

    def test_transfer_of_less_than_is_owed_leaves_the_rest_without_supply(self):
        order = self.sell(10, promise="2026-03-20")
        with self.act("2026-03-03 09:00:00"):
            order.picking_ids.move_ids.product_uom_qty = 8
            self._run_engine()
        self.assertCommitment(
            order, status="will_be_late", date_predicted=False, qty_open=10
        )
        self.assertIn("Transfers are planned for only 8 of them.", self.explain(order))
        with self.act("2026-03-04 09:00:00"):
            order.picking_ids.move_ids.product_uom_qty = 10
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-20")

    def test_goods_that_came_back_are_not_missed_in_the_plan(self):
        order = self.sell(10, promise="2026-03-20")
        picking = self.deliver(order, 6, at="2026-03-04 09:00:00")
        self.take_back(picking, 2, at="2026-03-05 09:00:00")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-20")

    # Units ----------------------------------------------------------------------------

    def test_parts_of_a_dozen_add_up(self):
        """Each of five pieces is 0.08 dozens, all of them are 0.42."""
        self.env["ir.config_parameter"].set_param("stock.propagate_uom", "1")
        dozen, piece = map(
            self.env.ref, ("uom.product_uom_dozen", "uom.product_uom_unit")
        )
        eggs = self._create_product("Œufs", stock=100, uom_id=dozen.id)
        line = {
            "product_id": eggs.id,
            "product_uom_qty": 5,
            "product_uom_id": piece.id,
            "price_unit": 1,
        }
        order = self.sell(promise="2026-03-20", order_line=[Command.create(line)])
        self.assertCommitment(order, qty_open=0.42, amount_open=5)
        for day in range(3, 8):
            self.deliver(order, 1, at=f"2026-03-0{day} 09:00:00")
        self.assertCommitment(
            order, status="delivered", date_delivered="2026-03-07", otif_count=1
        )
