"""Goods that are made for the order."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.adv_management.tests.common import AdvCommon


@tagged("post_install", "-at_install")
class TestProductions(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        mto = cls.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        mto.rule_ids.procure_method = "make_to_order"
        routes = mto | cls.warehouse.manufacture_pull_id.route_id
        cls.wood = cls._create_product("Bois", stock=100)
        cls.made = cls._create_product(
            "Armoire", stock=0, route_ids=[Command.set(routes.ids)]
        )
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.made.product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": cls.wood.id, "product_qty": 2})
                ],
            }
        )

    def sell_made(self, promise="2026-03-13", start="2026-03-09", end="2026-03-11"):
        """Return an order of five cupboards, and the production planned for it."""
        order = self.sell((self.made, 5), promise=promise)
        production = self.env["mrp.production"].search(
            [("product_id", "=", self.made.id)], order="id desc", limit=1
        )
        with self.act("2026-03-02 09:00:00"):
            production.date_start = f"{start} 06:00:00"
            production.date_finished = f"{end} 15:00:00"
            self._run_engine()
        return order, production

    def get_made_move(self, production):
        return production.move_finished_ids.filtered(
            lambda move: move.product_id == self.made
        )

    def test_production_in_time(self):
        order, production = self.sell_made()
        self.assertEqual(production.state, "confirmed")
        self.assertCommitment(
            order, status="on_time", date_predicted="2026-03-11", qty_open=5
        )

    def test_late_production_moves_the_prediction_only(self):
        order, production = self.sell_made()
        with self.act("2026-03-03 09:00:00"):
            production.date_finished = "2026-03-18 15:00:00"
            self._run_engine()
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted="2026-03-18",
            date_promise="2026-03-13",
            evidence_move_id=self.get_made_move(production),
            cause_id=self.env.ref("adv_management.adv_delay_cause_production"),
        )

    def test_overdue_production_is_a_risk(self):
        order, _production = self.sell_made(promise="2026-03-20")
        self.refresh("2026-03-16")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-16")

    def test_production_without_components_has_no_supply(self):
        self.wood.stock_quant_ids.unlink()
        order, _production = self.sell_made()
        self.assertCommitment(order, status="will_be_late", date_predicted=False)

    def test_production_ends_as_much_later_as_its_components_come(self):
        self._set_stock(self.wood, -100)
        order, _production = self.sell_made()
        receipt = self.receive(self.wood, 10, "2026-03-16", at="2026-03-03 09:00:00")
        # there on Monday, two days of work
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted="2026-03-18",
            evidence_move_id=receipt,
        )

    def test_longest_of_two_productions_counts_after_shared_components(self):
        self._set_stock(self.wood, -100)
        for days in (2, 4), (4, 2):
            order, production = self.sell_made(end=f"2026-03-{9 + days[0]}")
            other = production.copy({"product_qty": 5})
            receipt = self.receive(self.wood, 20, "2026-03-16")
            with self.act("2026-03-03 09:00:00"):
                other.action_confirm()
                other.date_start = "2026-03-09 06:00:00"
                other.date_finished = f"2026-03-{9 + days[1]} 15:00:00"
                both = production | other
                order.order_line.move_ids.move_orig_ids = both.move_finished_ids
                both.move_raw_ids.move_orig_ids = receipt
                self._run_engine()
            self.assertCommitment(order, date_predicted="2026-03-20")
            order._action_cancel()
            both.action_cancel()

    def test_finished_production_covers_the_order(self):
        order, production = self.sell_made()
        with self.act("2026-03-10 09:00:00"):
            production.qty_producing = 5
            production._set_qty_producing()
            production.move_raw_ids.picked = True
            production.button_mark_done()
            self._run_engine()
        self.assertEqual(production.state, "done")
        self.assertCommitment(order, status="on_time", qty_open=5, qty_delivered=0)
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(
            order, status="delivered", date_delivered="2026-03-12", otif_count=1
        )

    def test_cancelled_production_leaves_no_supply(self):
        order, production = self.sell_made()
        with self.act("2026-03-03 09:00:00"):
            production.action_cancel()
            self._run_engine()
        self.assertCommitment(order, qty_ordered=5, date_predicted=False)

    def test_cancelled_part_of_a_production_leaves_the_rest_without_supply(self):
        order, production = self.sell_made()
        with self.act("2026-03-03 09:00:00"):
            first, second = production._split_productions({production: [3, 2]})
            first.date_finished = "2026-03-11 15:00:00"
            second.date_finished = "2026-03-18 15:00:00"
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-18")
        with self.act("2026-03-04 09:00:00"):
            second.action_cancel()
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted=False)

    def test_production_is_named(self):
        order, production = self.sell_made(end="2026-03-18")
        with self.act("2026-03-04 12:00:00"):
            self.assertEqual(
                order.adv_commitment_ids._explain_supply(
                    self.get_made_move(production)
                ),
                f"Waits for production {production.name}, due March 18.",
            )
