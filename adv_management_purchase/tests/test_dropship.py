"""Lines that a vendor delivers for us."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.adv_management.models.commitment.queries import Sources

from ..hooks import post_init_hook
from .common import AdvPurchaseCommon


@tagged("post_install", "-at_install")
class TestDropship(AdvPurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        route = cls.env.ref(
            "stock_dropshipping.route_drop_shipping", raise_if_not_found=False
        )
        if not route:
            cls.skipTest(cls, "stock_dropshipping is not installed")
        cls.dropshipped = cls._create_bought("Poutre", [route])

    def test_requested_dropship_is_unconfirmed_not_without_supply(self):
        order = self.sell((self.dropshipped, 5), promise="2026-03-13")
        bought = self.get_purchase(self.dropshipped).order_line
        self.assertFalse(order.order_line.move_ids)
        self.assertCommitment(
            order,
            status="at_risk",
            qty_ordered=5,
            qty_open=5,
            requested_line_ids=bought,
        )
        with self.act("2026-03-03 09:00:00"):
            bought.date_planned = "2026-03-18 10:00:00"
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-18")

    def test_confirmed_dropship_follows_the_vendors_date(self):
        order = self.sell((self.dropshipped, 5), promise="2026-03-13")
        bought = self.confirm_purchase(self.dropshipped, "2026-03-10")
        self.assertCommitment(
            order,
            status="on_time",
            date_predicted="2026-03-10",
            evidence_move_id=bought.move_ids,
        )
        with self.act("2026-03-03 09:00:00"):
            bought.date_planned = "2026-03-18 10:00:00"
            self._run_engine()
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted="2026-03-18",
            date_promise="2026-03-13",
        )

    def test_dropship_of_too_little_leaves_the_rest_without_supply(self):
        order = self.sell((self.dropshipped, 5), promise="2026-03-13")
        self.get_purchase(self.dropshipped).order_line.product_qty = 3
        self.confirm_purchase(self.dropshipped, "2026-03-10")
        self.assertCommitment(
            order, status="will_be_late", date_predicted=False, qty_open=5
        )

    def test_increase_waits_for_its_own_request(self):
        order = self.sell((self.dropshipped, 5), promise="2026-03-20")
        self.confirm_purchase(self.dropshipped, "2026-03-10")
        self.set_quantity(order, 8, "2026-03-03 09:00:00")
        self.assertCommitment(
            order,
            status="at_risk",
            qty_open=8,
            evidence_move_id=self.env["stock.move"],
            cause_id=self.env.ref("adv_management.adv_delay_cause_shortage"),
        )

    def test_delivered_by_the_vendor(self):
        order = self.sell((self.dropshipped, 5), promise="2026-03-13")
        self.confirm_purchase(self.dropshipped, "2026-03-10")
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-12",
            qty_delivered=5,
            otif_count=1,
        )

    def test_delivery_by_the_vendor_passes_the_checkpoint_of_shipments(self):
        self.env["adv.control"].create(
            {
                "name": "Own rule",
                "domain": "[('sale_id.client_order_ref', '=', False)]",
                "checkpoint": "shipment",
                "severity": "blocking",
            }
        )
        order = self.sell((self.dropshipped, 5), promise="2026-03-13")
        self.confirm_purchase(self.dropshipped, "2026-03-10")
        picking = order.picking_ids
        self.assertEqual(picking.picking_type_code, "dropship")
        self.assertEqual(picking.button_validate()["res_model"], "adv.control.stop")
        with self.assertRaisesRegex(UserError, "Own rule"), self.env.cr.savepoint():
            picking._action_done()
        order.client_order_ref = "PO 1"
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_cancelled_purchase_leaves_the_line_open_without_supply(self):
        order = self.sell((self.dropshipped, 5), promise="2026-03-13")
        purchase = self.confirm_purchase(self.dropshipped, "2026-03-10").order_id
        with self.act("2026-03-04 09:00:00"):
            purchase.button_cancel()
            self._run_engine()
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted=False,
            qty_ordered=5,
            qty_open=5,
        )

    def test_cancelled_request_leaves_no_supply(self):
        order = self.sell((self.dropshipped, 5), promise="2026-03-13")
        with self.act("2026-03-04 09:00:00"):
            self.get_purchase(self.dropshipped).button_cancel()
            self._run_engine()
        self.assertCommitment(
            order, status="will_be_late", date_predicted=False, qty_open=5
        )

    def test_requests_of_before_are_measured_at_install(self):
        Commitment = self.env.registry["adv.commitment"]
        with patch.object(Commitment, "_get_sources", lambda _self: Sources()):
            order = self.sell((self.dropshipped, 5), promise="2026-03-13")
            self.assertCommitment(order, status="will_be_late", date_predicted=False)
        with self.act("2026-03-02 09:00:00"):
            post_init_hook(self.env)
            self._run_engine()
        self.assertCommitment(order, status="at_risk")
