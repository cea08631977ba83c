"""Promises that wait for a vendor."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.adv_management.models.commitment.queries import Sources

from ..hooks import uninstall_hook
from .common import AdvPurchaseCommon


@tagged("post_install", "-at_install")
class TestPurchases(AdvPurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ordered = cls._create_bought("Fonte", [cls.mto, cls.buy])
        cls.stocked = cls._create_bought("Acier", [cls.buy])

    def request(self, product, qty, day, at="2026-03-02 09:00:00"):
        """Return a request for quotation for the shelf."""
        with self.act(at):
            purchase = self.env["purchase.order"].create(
                {
                    "partner_id": self.vendor.id,
                    "order_line": [
                        (
                            0,
                            0,
                            {
                                "product_id": product.id,
                                "product_qty": qty,
                                "date_planned": f"{day} 10:00:00",
                            },
                        )
                    ],
                }
            )
            self._run_engine()
        return purchase

    # Make to order --------------------------------------------------------------------

    def test_vendor_slip_moves_the_prediction_never_the_promise(self):
        order = self.sell((self.ordered, 5), promise="2026-03-13")
        bought = self.confirm_purchase(self.ordered, "2026-03-11")
        self.assertCommitment(
            order, date_promise="2026-03-13", date_predicted="2026-03-11"
        )
        deadline = order.picking_ids.move_ids.date_deadline
        with self.act("2026-03-04 09:00:00"):
            bought.date_planned = "2026-03-18 10:00:00"
            self._run_engine()
        self.assertNotEqual(
            order.picking_ids.move_ids.date_deadline,
            deadline,
            "Odoo moved the deadline",
        )
        self.assertCommitment(
            order,
            date_promise="2026-03-13",
            date_first_promise="2026-03-13",
            date_headline="2026-03-13",
            date_predicted="2026-03-18",
            status="will_be_late",
            evidence_move_id=bought.move_ids,
            cause_id=self.env.ref("adv_management.adv_delay_cause_supplier"),
        )

    def test_receipt_rescheduled_by_the_planner_moves_the_prediction(self):
        order = self.sell((self.ordered, 5), promise="2026-03-13")
        bought = self.confirm_purchase(self.ordered, "2026-03-11")
        with self.act("2026-03-04 09:00:00"):
            bought.move_ids.picking_id.scheduled_date = "2026-03-18 10:00:00"
            self._run_engine()
        self.assertCommitment(
            order,
            date_promise="2026-03-13",
            date_predicted="2026-03-18",
            status="will_be_late",
        )

    def test_request_for_an_order_is_unconfirmed_supply(self):
        order = self.sell((self.ordered, 5), promise="2026-03-13")
        bought = self.get_purchase(self.ordered).order_line
        self.assertEqual(bought.order_id.state, "draft")
        self.assertCommitment(order, status="at_risk", requested_line_ids=bought)
        with self.act("2026-03-04 09:00:00"):
            bought.date_planned = "2026-03-18 10:00:00"
            self._run_engine()
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted="2026-03-18",
            date_promise="2026-03-13",
            cause_id=self.env.ref("adv_management.adv_delay_cause_shortage"),
        )

    def explain(self, order, today):
        """Return what the screen says about an order's only promise on a day."""
        with self.act(f"{today} 12:00:00"):
            self._run_engine()
            order.adv_commitment_ids.invalidate_recordset()
            return order.adv_commitment_ids.explanation

    def test_request_is_told_with_its_vendor(self):
        order = self.sell((self.ordered, 5), promise="2026-03-13")
        purchase = self.get_purchase(self.ordered)
        purchase.order_line.date_planned = "2026-03-11 10:00:00"
        self.assertIn(
            f"Waits for request {purchase.name} to Fonderie Morel:"
            " expected March 11, not confirmed.",
            self.explain(order, "2026-03-04"),
        )

    def test_vendor_is_named_as_the_cause_of_a_slip(self):
        order = self.sell((self.ordered, 5), promise="2026-03-13")
        purchase = self.confirm_purchase(self.ordered, "2026-03-11").order_id
        supply = (
            f"Waits for receipt {purchase.picking_ids.name} of Fonderie Morel"
            f" (purchase {purchase.name}), due"
        )
        self.assertIn(f"{supply} March 11.", self.explain(order, "2026-03-04"))
        purchase.order_line.date_planned = "2026-03-18 10:00:00"
        self.assertIn(f"{supply} March 18.", self.explain(order, "2026-03-04"))
        self.assertIn(
            f"{supply} March 18, still open.", self.explain(order, "2026-03-19")
        )

    def test_received_goods_cover_the_order(self):
        order = self.sell((self.ordered, 5), promise="2026-03-13")
        bought = self.confirm_purchase(self.ordered, "2026-03-11")
        with self.act("2026-03-11 09:00:00"):
            bought.move_ids.quantity = 5
            bought.move_ids.picked = True
            self._validate(bought.move_ids.picking_id)
            self._run_engine()
        self.assertCommitment(
            order,
            status="on_time",
            date_predicted="2026-03-13",
            evidence_move_id=self.env["stock.move"],
        )

    def test_receipt_of_too_little_leaves_the_rest_without_supply(self):
        order = self.sell((self.ordered, 5), promise="2026-03-13")
        bought = self.confirm_purchase(self.ordered, "2026-03-11")
        with self.act("2026-03-03 09:00:00"):
            bought.move_ids.product_uom_qty = 3
            self._run_engine()
        self.assertCommitment(
            order, status="will_be_late", date_predicted=False, qty_open=5
        )
        self.assertIn(
            "What is on order does not suffice.", self.explain(order, "2026-03-03")
        )
        with self.act("2026-03-03 10:00:00"):
            bought.move_ids.product_uom_qty = 5
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-11")

    def test_what_is_bought_beyond_an_order_serves_the_others(self):
        self.sell((self.ordered, 5), promise="2026-03-13")
        self.get_purchase(self.ordered).order_line.product_qty = 12
        self.confirm_purchase(self.ordered, "2026-03-11")
        self.ordered.route_ids = False
        second = self.sell((self.ordered, 7), promise="2026-03-13")
        third = self.sell((self.ordered, 1), promise="2026-03-20")
        self.assertCommitment(second, status="on_time", date_predicted="2026-03-11")
        self.assertCommitment(third, status="will_be_late", date_predicted=False)

    def test_cancelled_purchase_leaves_no_supply(self):
        order = self.sell((self.ordered, 5), promise="2026-03-13")
        purchase = self.confirm_purchase(self.ordered, "2026-03-11").order_id
        with self.act("2026-03-04 09:00:00"):
            purchase.button_cancel()
            self._run_engine()
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted=False,
            qty_open=5,
            qty_ordered=5,
        )

    # Make to stock --------------------------------------------------------------------

    def test_request_for_the_shelf_is_unconfirmed_supply(self):
        order = self.sell((self.stocked, 5), promise="2026-03-13")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)
        purchase = self.request(self.stocked, 5, "2026-03-10")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-10")
        with self.act("2026-03-03 09:00:00"):
            purchase.button_confirm()
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-10")

    def test_reordering_rule_requests_what_is_missing(self):
        with self.act("2026-03-01 09:00:00"):
            self.env["stock.warehouse.orderpoint"].create(
                {
                    "product_id": self.stocked.id,
                    "warehouse_id": self.warehouse.id,
                    "location_id": self.warehouse.lot_stock_id.id,
                    "product_min_qty": 0,
                    "product_max_qty": 0,
                    "trigger": "auto",
                    "route_id": self.buy.id,
                }
            )
        order = self.sell((self.stocked, 5), promise="2026-03-13")
        with self.act("2026-03-02 10:00:00"):
            self.env["stock.warehouse.orderpoint"].search(
                [("product_id", "=", self.stocked.id)]
            )._procure_orderpoint_confirm()
            self._run_engine()
        self.assertEqual(self.get_purchase(self.stocked).order_line.product_qty, 5)
        self.assertCommitment(order, status="at_risk")

    def test_request_of_too_little_does_not_cover(self):
        order = self.sell((self.stocked, 5), promise="2026-03-13")
        self.request(self.stocked, 4, "2026-03-10")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)

    def test_confirmed_receipt_goes_before_a_request(self):
        self.request(self.stocked, 5, "2026-03-05")
        confirmed = self.request(self.stocked, 5, "2026-03-11")
        confirmed.button_confirm()
        order = self.sell((self.stocked, 5), promise="2026-03-20")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-11")

    def test_deleted_request_supplies_nothing(self):
        order = self.sell((self.stocked, 5), promise="2026-03-13")
        purchase = self.request(self.stocked, 5, "2026-03-10")
        with self.act("2026-03-03 09:00:00"):
            purchase.order_line.unlink()
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted=False)

    def test_requests_supply_nothing_once_we_are_gone(self):
        order = self.sell((self.stocked, 5), promise="2026-03-13")
        self.request(self.stocked, 5, "2026-03-10")
        self.assertCommitment(order, status="at_risk")
        Commitment = self.env.registry["adv.commitment"]
        with (
            self.act("2026-03-03 09:00:00"),
            patch.object(Commitment, "_get_sources", lambda _self: Sources()),
        ):
            uninstall_hook(self.env)
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted=False)
