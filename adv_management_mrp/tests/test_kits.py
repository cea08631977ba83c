"""Kits: one promise, kept by the last component."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from odoo.addons.adv_management.models.commitment.adv_commitment_promising import (
    AdvCommitmentPromising,
)
from odoo.addons.adv_management.models.commitment.queries import Sources
from odoo.addons.adv_management.tests.common import AdvCommon

from ..hooks import post_init_hook, uninstall_hook


@tagged("post_install", "-at_install")
class TestKits(AdvCommon):
    """A table of one top and four legs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.top = cls._create_product("Plateau", stock=100)
        cls.leg = cls._create_product("Pied", stock=100)
        cls.kit = cls._create_kit("Table en kit", (cls.top, 1), (cls.leg, 4))

    @classmethod
    def _create_kit(cls, name, *parts, qty=1):
        kit = cls._create_product(name, stock=0)
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "product_qty": qty,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": each})
                    for part, each in parts
                ],
            }
        )
        return kit

    def ship(self, order, quantities, *, at, backorder=True):
        """Validate the open transfer with quantities by product."""
        with self.act(at):
            picking = order.picking_ids.filtered(
                lambda each: each.state not in ("done", "cancel")
            )
            for move in picking.move_ids:
                move.quantity = quantities.get(move.product_id, 0)
                move.picked = bool(move.quantity)
            self._validate(picking, backorder)
            self._run_engine()
        return picking

    def test_kit_is_one_promise_in_kits(self):
        order = self.sell((self.kit, 5), promise="2026-03-13")
        self.assertEqual(len(order.order_line.move_ids), 2)
        self.assertCommitment(
            order,
            status="on_time",
            qty_ordered=5,
            qty_open=5,
            amount_open=50,
            date_predicted="2026-03-13",
        )

    def test_only_whole_kits_count(self):
        order = self.sell((self.kit, 5), promise="2026-03-13")
        self.ship(order, {self.top: 5, self.leg: 13}, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order, status="on_time", qty_delivered=3, qty_open=2, date_delivered=False
        )
        self.assertEqual(order.order_line.qty_delivered, 3)

    def test_kit_is_delivered_with_its_last_component(self):
        order = self.sell((self.kit, 5), promise="2026-03-13")
        self.ship(order, {self.top: 5}, at="2026-03-10 09:00:00")
        self.assertCommitment(order, qty_delivered=0, qty_open=5)
        self.ship(order, {self.leg: 20}, at="2026-03-16 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-16",
            qty_delivered=5,
            qty_on_time=0,
            on_time_count=0,
            in_full_count=1,
            delay_working_days=1,
        )

    def test_refused_backorder_of_a_component_cuts_kits(self):
        order = self.sell((self.kit, 5), promise="2026-03-13")
        self.ship(
            order,
            {self.top: 5, self.leg: 12},
            at="2026-03-10 09:00:00",
            backorder=False,
        )
        self.assertCommitment(
            order,
            status="delivered",
            qty_delivered=3,
            qty_ordered=5,
            qty_open=0,
            on_time_count=1,
            in_full_count=0,
        )
        self.assertEqual(
            order.adv_commitment_ids.revision_ids.mapped("qty_delta"), [-2]
        )

    def test_lowered_line_is_a_cut_in_kits(self):
        order = self.sell((self.kit, 5), promise="2026-03-13")
        with self.act("2026-03-04 09:00:00"):
            order.order_line.product_uom_qty = 3
            self._run_engine()
        self.assertEqual(
            order.adv_commitment_ids.revision_ids.mapped("qty_delta"), [-2]
        )
        self.assertCommitment(order, qty_open=3, qty_ordered=5)

    def test_returned_component_breaks_a_kit(self):
        order = self.sell((self.kit, 5), promise="2026-03-13")
        picking = self.ship(
            order, {self.top: 5, self.leg: 16}, at="2026-03-10 09:00:00"
        )
        self.assertCommitment(order, qty_delivered=4, qty_open=1)
        with self.act("2026-03-11 09:00:00"):
            wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
            wizard.product_return_moves.filtered(
                lambda line: line.product_id == self.leg
            ).quantity = 1
            back = self.env["stock.picking"].browse(
                wizard.action_create_returns()["res_id"]
            )
            back.move_ids.quantity = 1
            back.move_ids.picked = True
            back.button_validate()
            self._run_engine()
        self.assertCommitment(order, qty_open=2)

    def test_kit_in_two_steps(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.sell((self.kit, 5), promise="2026-03-13")
        self.assertCommitment(order, status="on_time", qty_open=5)
        self.ship(order, {self.top: 5, self.leg: 20}, at="2026-03-10 09:00:00")
        self.assertCommitment(order, status="on_time", qty_delivered=0, qty_open=5)
        self.ship(order, {self.top: 5, self.leg: 20}, at="2026-03-11 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            qty_delivered=5,
            date_delivered="2026-03-11",
            otif_count=1,
        )

    def test_missing_component_keeps_the_kit(self):
        rare = self._create_product("Verre", stock=0)
        kit = self._create_kit("Table en verre", (rare, 1), (self.leg, 4))
        order = self.sell((kit, 5), promise="2026-03-13")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)
        with self.act("2026-03-03 09:00:00"):
            self._set_stock(rare, 5)
            order.picking_ids.action_assign()
            self._run_engine()
        self.assertCommitment(order, status="on_time")

    def test_kit_of_kits_and_bills_of_several(self):
        screws = self._create_product("Vis", stock=1000)
        bags = self._create_kit("Sachets", (screws, 60), qty=10)  # 6 screws a bag
        kit = self._create_kit("Table complète", (self.top, 1), (bags, 2))
        order = self.sell((kit, 5), promise="2026-03-13")
        self.assertEqual(
            order.order_line.move_ids.filtered(
                lambda move: move.product_id == screws
            ).product_uom_qty,
            60,
        )
        self.ship(order, {self.top: 5, screws: 36}, at="2026-03-10 09:00:00")
        self.assertCommitment(order, qty_delivered=3, qty_open=2)
        self.ship(order, {screws: 24}, at="2026-03-11 09:00:00")
        self.assertCommitment(
            order, status="delivered", qty_delivered=5, date_delivered="2026-03-11"
        )

    def test_dozens_of_kits(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.sell((self.kit, 1), promise="2026-03-13", confirm=False)
        order.order_line.product_uom_id = dozen
        with self.act("2026-03-02 09:00:00"):
            order.action_confirm()
            self._run_engine()
        self.assertCommitment(order, qty_ordered=12, qty_open=12)
        self.ship(order, {self.top: 12, self.leg: 46}, at="2026-03-10 09:00:00")
        self.assertCommitment(order, qty_delivered=11, qty_open=1)

    def test_kit_of_which_a_vendor_ships_the_components(self):
        route = self.env.ref("stock_dropshipping.route_drop_shipping", False)
        if not route:
            self.skipTest("stock_dropshipping is not installed")
        vendor = self.env["res.partner"].create({"name": "Fonderie Morel"})
        (self.top | self.leg).write(
            {
                "route_ids": [Command.set(route.ids)],
                "seller_ids": [Command.create({"partner_id": vendor.id})],
            }
        )
        order = self.sell((self.kit, 5), promise="2026-03-13")
        with self.act("2026-03-02 10:00:00"):
            bought = self.env["purchase.order.line"].search(
                [("product_id", "=", self.leg.id)]
            )
            bought.order_id.button_confirm()
            self._run_engine()
        self.assertCommitment(order, qty_open=5, qty_delivered=0)
        self.ship(order, {self.top: 5, self.leg: 19}, at="2026-03-10 09:00:00")
        self.assertCommitment(order, qty_delivered=4, qty_open=1)
        self.ship(order, {self.leg: 1}, at="2026-03-11 09:00:00")
        self.assertCommitment(order, status="delivered", date_delivered="2026-03-11")

    # Come, go, come back --------------------------------------------------------------

    @contextmanager
    def without_us(self):
        """Let the ledger work as in a database without this addon."""
        Commitment = self.env.registry["adv.commitment"]
        alone = AdvCommitmentPromising._get_kit_condition
        with (
            patch.object(Commitment, "_get_sources", lambda _self: Sources()),
            patch.object(Commitment, "_get_kit_condition", alone),
        ):
            yield

    def test_kits_promise_nothing_without_us(self):
        with self.without_us():
            order = self.sell((self.kit, 5), (self.product, 5), promise="2026-03-13")
        self.assertEqual(order.adv_commitment_ids.product_id, self.product)

    def test_kits_of_before_get_their_promises_at_install(self):
        with self.without_us():
            order = self.sell((self.kit, 5), promise="2026-03-13")
            self.ship(order, {self.top: 5, self.leg: 20}, at="2026-03-10 09:00:00")
            waiting = self.sell((self.kit, 2), promise="2026-03-20")
            quotation = self.sell((self.kit, 1), promise="2026-03-20", confirm=False)
            goods = self.sell(5, promise="2026-03-13")
        self.assertFalse((order | waiting).adv_commitment_ids)
        known = goods.adv_commitment_ids
        with self.act("2026-03-11 09:00:00"):
            post_init_hook(self.env)
        self.assertCommitment(
            order,
            status="delivered",
            date_promise="2026-03-13",
            date_confirmed="2026-03-02",
            qty_delivered=5,
            otif_count=1,
            date_delivered="2026-03-10",
        )
        self.assertCommitment(waiting, status="on_time", qty_ordered=2, qty_open=2)
        self.assertFalse(quotation.adv_commitment_ids)
        self.assertEqual(goods.adv_commitment_ids, known)

    def test_installed_again_writes_no_promise_twice(self):
        order = self.sell((self.kit, 5), promise="2026-03-13")
        known = order.adv_commitment_ids
        self.change_promise(order, "2026-03-20", "customer", at="2026-03-04 09:00:00")
        with self.act("2026-03-11 09:00:00"):
            post_init_hook(self.env)
        self.assertEqual(order.adv_commitment_ids, known)
        self.assertCommitment(order, date_promise="2026-03-20", status="on_time")
        self.assertEqual(len(known.revision_ids), 1)

    def test_kits_leave_the_ledger_with_us(self):
        order = self.sell((self.kit, 5), (self.product, 5), promise="2026-03-13")
        gone = self.sell((self.kit, 5), promise="2026-03-13")
        self.ship(gone, {self.top: 5, self.leg: 20}, at="2026-03-10 09:00:00")
        with self.act("2026-03-11 09:00:00"):
            uninstall_hook(self.env)
        self.assertFalse(gone.adv_commitment_ids)
        self.assertEqual(order.adv_commitment_ids.product_id, self.product)
        with self.act("2026-03-16 09:00:00"), self.without_us():
            self._run_engine()
            self.assertCommitment(order, status="late")
        with self.act("2026-03-16 10:00:00"):
            post_init_hook(self.env)
        self.assertCommitment(gone, status="delivered", date_delivered="2026-03-10")
        self.assertEqual(order.adv_commitment_ids.product_id, self.kit | self.product)
