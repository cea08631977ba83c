"""Orders that were accepted and wait for their release buy nothing."""

from odoo import Command
from odoo.tests import tagged

from .common import AdvPurchaseCommon


@tagged("post_install", "-at_install")
class TestParked(AdvPurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["adv.control"].create(
            {
                "name": "Own rule",
                "domain": "[('client_order_ref', '=', False)]",
                "checkpoint": "release",
                "severity": "blocking",
            }
        )
        cls.service = cls.env["product.product"].create(
            {
                "name": "Pose",
                "type": "service",
                "service_to_purchase": True,
                "seller_ids": [Command.create({"partner_id": cls.vendor.id})],
            }
        )

    def test_services_and_goods_are_bought_at_the_release(self):
        made = self._create_bought(routes=[self.mto, self.buy])
        order = self.sell((self.service, 1), (made, 5))
        self.assertTrue(order.adv_is_parked)
        self.assertFalse(self.get_purchase(self.service) | self.get_purchase(made))
        order.client_order_ref = "PO 1"
        with self.act("2026-03-03 09:00:00"):
            order.action_adv_release()
        self.assertEqual(self.get_purchase(self.service).order_line.product_qty, 1)
        self.assertEqual(self.get_purchase(made).order_line.product_qty, 5)

    def test_service_added_to_a_parked_order_waits_with_it(self):
        order = self.sell(1)
        order.order_line = [Command.create({"product_id": self.service.id})]
        self.assertFalse(self.get_purchase(self.service))
        order.client_order_ref = "PO 1"
        with self.act("2026-03-03 09:00:00"):
            order.action_adv_release()
        self.assertTrue(self.get_purchase(self.service))

    def test_other_orders_buy_at_once(self):
        self.sell((self.service, 1), client_order_ref="PO 1")
        self.assertTrue(self.get_purchase(self.service))
