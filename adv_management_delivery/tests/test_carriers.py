"""The carrier's transit, where arrivals are promised."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.adv_management.tests.common import AdvCommon


@tagged("post_install", "-at_install")
class TestCarriers(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.adv_promise_basis = "arrival"
        cls.company.adv_transit_days = 2
        fee = cls.env["product.product"].create({"name": "Port", "type": "service"})
        cls.carrier = cls.env["delivery.carrier"].create(
            {"name": "Messagerie", "product_id": fee.id, "company_id": cls.company.id}
        )

    def test_carrier_goes_before_the_zone(self):
        self.carrier.write({"adv_has_transit": True, "adv_transit_days": 4})
        order = self.sell(10, promise="2026-03-13", carrier_id=self.carrier.id)
        self.assertCommitment(order, transit_days=4, basis="arrival")
        self.assertEqual(str(order.picking_ids.move_ids.date)[:10], "2026-03-09")

    def test_goods_that_are_fetched_travel_no_day(self):
        self.carrier.adv_has_transit = True
        order = self.sell(10, promise="2026-03-13", carrier_id=self.carrier.id)
        self.deliver(order, at="2026-03-13 10:00:00")
        self.assertCommitment(
            order, transit_days=0, date_delivered="2026-03-13", on_time_count=1
        )

    def test_carrier_without_a_time_follows_the_zone(self):
        order = self.sell(10, promise="2026-03-13", carrier_id=self.carrier.id)
        self.assertCommitment(order, transit_days=2)

    def test_departures_know_no_carrier(self):
        self.company.adv_promise_basis = "departure"
        self.carrier.write({"adv_has_transit": True, "adv_transit_days": 4})
        order = self.sell(10, promise="2026-03-13", carrier_id=self.carrier.id)
        self.assertCommitment(order, transit_days=0, basis="departure")

    def test_transit_beyond_all_reason_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "30"):
            self.carrier.adv_transit_days = 45
