"""Carriage is charged under the agreed amount, and not from it on."""

from odoo.tests import tagged

from odoo.addons.adv_management.tests.control.common import ControlCase


@tagged("post_install", "-at_install")
class TestCarriage(ControlCase):
    """Chairs at 10; carriage of 15, paid by us from 500 on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fee = cls.env["product.product"].create({"name": "Port", "type": "service"})
        cls.carrier = cls.env["delivery.carrier"].create(
            {
                "name": "Messagerie",
                "product_id": fee.id,
                "company_id": cls.company.id,
                "fixed_price": 15,
            }
        )
        cls.partner.adv_carriage_paid = 500

    @classmethod
    def get_control(cls, code):
        control = cls.env.ref(f"adv_management_delivery.adv_control_{code}")
        return control.with_env(cls.env)

    def _find(self, order):
        return [
            (finding.field, finding.seen, finding.expected, finding.amount)
            for finding in self.judge("carriage_paid", order)
        ]

    def test_carriage_follows_the_agreed_amount(self):
        for qty, price, found in [
            (49, None, [("carrier_id", "", "", 0.0)]),
            (49, 15, []),
            (49, 0, [("price_unit", "0", "", 0.0)]),
            (50, None, []),
            (50, 15, [("price_unit", "15", "0", 15.0)]),
            (50, 0, []),
        ]:
            with self.subTest(qty=qty, price=price):
                order = self.quote(qty)
                if price is not None:
                    order.set_delivery_line(self.carrier, price)
                self.assertEqual(self._find(order), found)

    def test_own_amount_reason_and_pick_up(self):
        order = self.quote(49)
        self.partner.adv_carriage_paid = 490
        self.assertEqual(self._find(order), [])
        self.partner.adv_carriage_paid = 0
        self.assertEqual(self._find(order), [], "nothing is agreed")
        self.set_blocking("carriage_paid", threshold=500)
        order.set_delivery_line(self.carrier, 0)
        self.assertTrue(self._find(order))
        order.order_line.filtered("is_delivery").adv_free_reason = "replacement"
        self.assertEqual(self._find(order), [])
        fetched = self.quote(1)
        self.carrier.fixed_price = 0
        fetched.set_delivery_line(self.carrier, 0)
        self.assertEqual(self._find(fetched), [])
        training = self._create_product(
            "Formation", stock=0, type="service", is_storable=False
        )
        self.assertEqual(self._find(self.quote((training, 1))), [])

    def test_order_is_stopped(self):
        self.set_blocking("carriage_paid")
        order = self.quote(49)
        self.assertStops("carriage_paid", order)
        order.set_delivery_line(self.carrier, 15)
        order.with_user(self.paule).action_confirm()
        self.assertEqual(order.state, "sale")
