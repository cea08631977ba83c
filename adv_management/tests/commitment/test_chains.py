"""Goods that come from far: other warehouses, other companies, several steps."""

from odoo import Command
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestChains(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.depot = cls.env["stock.warehouse"].create(
            {"name": "Dépôt", "code": "DEP", "company_id": cls.company.id}
        )
        cls.warehouse.resupply_wh_ids = cls.depot
        cls.resupply = cls.env["stock.route"].search(
            [
                ("supplied_wh_id", "=", cls.warehouse.id),
                ("supplier_wh_id", "=", cls.depot.id),
            ]
        )
        cls.mto = cls.env.ref("stock.route_warehouse0_mto")
        cls.mto.active = True
        cls.mto.rule_ids.procure_method = "make_to_order"
        cls.far = cls._create_product("Fonte", stock=0)
        cls.far.route_ids = cls.resupply

    @classmethod
    def _order_from_depot(cls, **kwargs):
        cls.far.route_ids = cls.resupply | cls.mto
        return cls.sell((cls.far, 5), promise="2026-03-20", **kwargs)

    @classmethod
    def _receive_at_depot(cls, qty, day, **kwargs):
        return cls.receive(cls.far, qty, day, warehouse=cls.depot, **kwargs)

    # Another warehouse, for the order -------------------------------------------------

    def test_goods_of_the_other_warehouse_cover_the_order(self):
        self._set_stock(self.far, 5, self.depot)
        order = self._order_from_depot()
        self.assertEqual(len(self._chain(order)), 3)
        self.assertCommitment(
            order,
            status="on_time",
            date_predicted="2026-03-20",
            evidence_move_id=self.env["stock.move"],
        )

    def test_nothing_in_the_other_warehouse_is_no_supply(self):
        order = self._order_from_depot()
        self.assertCommitment(order, status="will_be_late", date_predicted=False)

    def test_receipt_of_the_other_warehouse_decides(self):
        receipt = self._receive_at_depot(5, "2026-03-16")
        order = self._order_from_depot()
        self.assertCommitment(
            order,
            status="on_time",
            date_predicted="2026-03-16",
            evidence_move_id=receipt,
        )
        with self.act("2026-03-05 09:00:00"):
            receipt.date = "2026-03-24 10:00:00"
            self._run_engine()
        self.assertCommitment(
            order,
            status="will_be_late",
            date_promise="2026-03-20",
            date_predicted="2026-03-24",
        )
        self.assertEqual(order.adv_commitment_ids.cause_id.code, "supplier")

    def test_goods_on_their_way_between_warehouses(self):
        self._set_stock(self.far, 5, self.depot)
        order = self._order_from_depot()
        leaving, coming, _delivery = self._chain(order)
        with self.act("2026-03-09 09:00:00"):
            leaving.picked = True
            leaving.picking_id.button_validate()
            coming.date = "2026-03-23 09:00:00"
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-23")

    def _chain(self, order):
        """Return the moves of an order from the first to the last."""
        moves = order.picking_ids.move_ids.filtered(
            lambda move: move.location_dest_id.usage == "customer"
        )
        chain = [moves]
        while chain[0].move_orig_ids:
            chain.insert(0, chain[0].move_orig_ids)
        return chain

    # Another warehouse, for the shelf -------------------------------------------------

    def test_transfer_for_the_shelf_covers_who_waits(self):
        self._set_stock(self.far, 20, self.depot)
        order = self.sell((self.far, 5), promise="2026-03-20")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)
        leaving, coming = self._transfer(20, "2026-03-11")
        self.assertCommitment(
            order,
            status="on_time",
            date_predicted="2026-03-11",
            evidence_move_id=coming,
        )
        with self.act("2026-03-05 09:00:00"):
            leaving.date = "2026-03-23 09:00:00"
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-23")

    def test_transfer_that_should_have_left_is_a_risk(self):
        self._set_stock(self.far, 20, self.depot)
        self._transfer(20, "2026-03-11")
        order = self.sell((self.far, 5), promise="2026-03-30")
        self.refresh("2026-03-12")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-12")

    def _transfer(self, qty, day):
        """Return the moves by which the shelf is filled from the other warehouse."""
        with self.act("2026-03-02 09:00:00"):
            rule = self.env["stock.warehouse.orderpoint"].create(
                {
                    "product_id": self.far.id,
                    "warehouse_id": self.warehouse.id,
                    "location_id": self.warehouse.lot_stock_id.id,
                    "route_id": self.resupply.id,
                    "product_min_qty": qty,
                    "product_max_qty": qty,
                }
            )
            rule.action_replenish()
            moves = self.env["stock.move"].search(
                [("product_id", "=", self.far.id), ("state", "not in", ("done",))],
                order="id",
            )
            moves = moves.filtered(lambda move: not move.sale_line_id)
            moves.date = f"{day} 09:00:00"
            self._run_engine()
        coming = moves.filtered(lambda move: move.location_id.usage == "transit")
        return coming.move_orig_ids, coming

    # Another company ------------------------------------------------------------------

    def test_goods_from_another_company_are_supply(self):
        between = self.env.ref("stock.stock_location_inter_company")
        receipt = self.receive(self.far, 5, "2026-03-24", source=between)
        order = self.sell((self.far, 5), promise="2026-03-20")
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted="2026-03-24",
            evidence_move_id=receipt,
        )

    def test_goods_handed_to_another_company_are_delivered(self):
        between = self.env.ref("stock.stock_location_inter_company")
        sister = self.partner.copy({"property_stock_customer": between.id})
        order = self.sell(5, promise="2026-03-20", partner_id=sister.id)
        self.deliver(order, at="2026-03-19 09:00:00")
        self.assertCommitment(
            order, status="delivered", date_delivered="2026-03-19", on_time_count=1
        )

    # Several steps --------------------------------------------------------------------

    def test_receipt_in_two_steps_covers_with_its_end(self):
        self.warehouse.reception_steps = "two_steps"
        receipt = self.receive(self.far, 5, "2026-03-16")
        order = self.sell((self.far, 5), promise="2026-03-30")
        self.assertCommitment(
            order,
            status="on_time",
            date_predicted="2026-03-16",
            evidence_move_id=receipt,
        )
        with self.act("2026-03-16 09:00:00"):
            receipt.quantity = 5
            receipt.picked = True
            receipt.picking_id.button_validate()
            self._run_engine()
        step = receipt.move_dest_ids
        self.assertEqual(step.state, "assigned")
        self.assertCommitment(order, status="on_time", evidence_move_id=step)

    def test_receipt_on_its_way_from_dock_to_control_is_supply(self):
        self.warehouse.reception_steps = "three_steps"
        receipt = self.receive(self.far, 5, "2026-03-16")
        order = self.sell((self.far, 5), promise="2026-03-30")
        with self.act("2026-03-16 09:00:00"):
            receipt.quantity = 5
            receipt.picked = True
            receipt.picking_id.button_validate()
            self._run_engine()
        step = receipt.move_dest_ids
        self.assertEqual(step.location_dest_id, self.warehouse.wh_qc_stock_loc_id)
        self.assertCommitment(order, status="on_time", evidence_move_id=step)

    def test_shortage_shows_before_the_pick_is_done(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        receipt = self.receive(self.far, 5, "2026-03-24")
        order = self.sell((self.far, 5), promise="2026-03-20")
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted="2026-03-24",
            evidence_move_id=receipt,
        )

    def test_ways_that_meet_in_a_circle_end(self):
        shelf = {
            "product_id": self.far.id,
            "product_uom_qty": 5,
            "location_id": self.depot.lot_stock_id.id,
            "date": "2026-03-12 10:00:00",
        }
        move = self.env["stock.move"]
        inside = {**shelf, "location_dest_id": self.depot.lot_stock_id.id}
        layers = [move.create([inside] * 6) for _layer in range(3)]
        here = {**shelf, "location_dest_id": self.warehouse.lot_stock_id.id}
        for before, after in zip(
            [*layers, layers[0]], [move.create(here), *layers], strict=True
        ):
            after.move_orig_ids |= before
        self.env["stock.move"].union(*layers).state = "waiting"
        after = layers[0].move_dest_ids - layers[-1]
        after.state = "waiting"
        after.date = "2026-03-11 10:00:00"
        order = self.sell((self.far, 5), promise="2026-03-20")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-12")

    # Holds ----------------------------------------------------------------------------

    def test_hold_is_a_risk_not_a_missing_supply(self):
        order = self.sell((self.far, 5), promise="2026-03-20")
        self.assertCommitment(order, status="will_be_late")
        order.adv_commitment_ids.sudo().is_hold = True
        with self.act("2026-03-03 09:00:00"):
            self.env["adv.commitment"]._refresh(order.order_line.ids)
        self.assertCommitment(order, status="at_risk")
        self.assertFalse(order.adv_commitment_ids.cause_id)

    # Shared goods of several lines ----------------------------------------------------

    def test_two_lines_of_one_order_share_the_shelf(self):
        self._set_stock(self.far, 8)
        self.warehouse.out_type_id.reservation_method = "manual"
        order = self.sell((self.far, 5), (self.far, 5), promise="2026-03-20")
        first, second = order.adv_commitment_ids.sorted("sale_line_id")
        self.assertEqual(first.status, "on_time")
        self.assertEqual(
            (second.status, second.date_predicted), ("will_be_late", False)
        )
        self.receive(self.far, 2, "2026-03-12")
        self.assertEqual(
            (second.status, str(second.date_predicted)), ("on_time", "2026-03-12")
        )

    def test_units_of_the_move_count_as_goods(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.receive(self.far, 12, "2026-03-12")
        with self.act("2026-03-02 08:00:00"):
            order = self.env["sale.order"].create(
                {
                    "partner_id": self.partner.id,
                    "commitment_date": "2026-03-20 12:00:00",
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.far.id,
                                "product_uom_qty": 1,
                                "product_uom_id": dozen.id,
                            }
                        )
                    ],
                }
            )
            order.action_confirm()
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-12")
