"""Time zones, warehouses, companies, and what counts as outside."""

from odoo import Command
from odoo.tests import tagged

from ..common import MONDAY, AdvCommon


@tagged("post_install", "-at_install")
class TestPlaces(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_york = cls.env["stock.warehouse"].create(
            {
                "name": "New York",
                "code": "NYC",
                "company_id": cls.company.id,
                "adv_calendar_id": cls._create_calendar(
                    "Eastern", "America/New_York"
                ).id,
            }
        )
        cls._set_stock(cls.product, 10000, cls.new_york)

    def _other_company(self, tz="Asia/Tokyo", weekdays="01234"):
        """Return a company of its own, with a warehouse, a calendar and stock."""
        company = self.env["res.company"].create(
            {"name": f"Sister {tz}", "currency_id": self.env.ref("base.EUR").id}
        )
        self.env.user.company_ids = [Command.link(company.id)]
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        calendar = env["resource.calendar"].create(
            {
                "name": tz,
                "tz": tz,
                "company_id": company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 8,
                            "hour_to": 17,
                            "day_period": "morning",
                        }
                    )
                    for day in weekdays
                ],
            }
        )
        company.resource_calendar_id = calendar
        warehouse = env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        env["stock.quant"]._update_available_quantity(
            self.product, warehouse.lot_stock_id, 1000
        )
        return company.with_env(env)

    def _sell_from(self, company, promise):
        with self.act(MONDAY):
            order = company.env["sale.order"].create(
                {
                    "partner_id": self.partner.id,
                    "company_id": company.id,
                    "commitment_date": promise,
                    "order_line": [
                        Command.create(
                            {"product_id": self.product.id, "product_uom_qty": 10}
                        )
                    ],
                }
            )
            order.action_confirm()
            self._run_engine()
        return order

    # Warehouses -----------------------------------------------------------------------

    def test_promise_is_a_day_of_the_warehouse(self):
        moment = "2026-03-11 02:00:00"  # the 10th in New York, the 11th in Paris
        paris = self.sell(10, promise=moment)
        order = self.sell(10, promise=moment, warehouse_id=self.new_york.id)
        self.assertCommitment(paris, date_promise="2026-03-11")
        self.assertCommitment(
            order, date_promise="2026-03-10", warehouse_id=self.new_york
        )

    def test_delivery_is_a_day_of_the_warehouse(self):
        order = self.sell(10, promise="2026-03-10", warehouse_id=self.new_york.id)
        self.deliver(order, at="2026-03-11 03:30:00")
        self.assertCommitment(order, date_delivered="2026-03-10", otif_count=1)

    def test_today_is_a_day_of_the_warehouse(self):
        paris = self.sell(10, promise="2026-03-10")
        order = self.sell(10, promise="2026-03-10", warehouse_id=self.new_york.id)
        with self.act("2026-03-11 02:00:00"):
            self._run_engine()
        self.assertCommitment(paris, status="late")
        self.assertCommitment(order, status="on_time")
        with self.act("2026-03-11 04:30:00"):
            self._run_engine()
        self.assertCommitment(order, status="late", delay_days=1)

    def test_confirmation_is_a_day_of_the_warehouse(self):
        order = self.sell(
            10,
            promise="2026-03-10",
            warehouse_id=self.new_york.id,
            at="2026-03-03 02:00:00",
        )
        self.assertCommitment(order, date_confirmed="2026-03-02")

    def test_change_of_promise_is_dated_at_the_warehouse(self):
        order = self.sell(10, promise="2026-03-10", warehouse_id=self.new_york.id)
        self.change_promise(order, "2026-03-17", "customer", at="2026-03-11 03:00:00")
        self.assertCommitment(
            order, date_headline="2026-03-17", date_promise="2026-03-17"
        )
        self.assertEqual(
            str(order.adv_commitment_ids.revision_ids.date_effective), "2026-03-10"
        )
        # noon UTC was 8 o'clock there before the clocks changed, and still is
        self.assertEqual(str(order.commitment_date), "2026-03-17 12:00:00")

    def test_change_of_promise_keeps_the_local_hour_when_clocks_change(self):
        order = self.sell(
            10, promise="2026-03-06 13:00:00", warehouse_id=self.new_york.id
        )  # 8 o'clock
        self.change_promise(order, "2026-03-10", "customer", at="2026-03-05 15:00:00")
        self.assertEqual(str(order.commitment_date), "2026-03-10 12:00:00")

    def test_closed_days_are_those_of_the_warehouse(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Local holiday",
                "company_id": self.company.id,
                "calendar_id": self.new_york.adv_calendar_id.id,
                "date_from": "2026-03-10 04:00:00",
                "date_to": "2026-03-11 03:59:59",
            }
        )
        paris = self.sell(10, promise="2026-03-10")
        order = self.sell(10, promise="2026-03-10", warehouse_id=self.new_york.id)
        for each in (paris, order):
            self.deliver(each, at="2026-03-11 15:00:00")
        self.assertCommitment(paris, on_time_count=0, delay_days=1)
        self.assertCommitment(order, on_time_count=1, delay_days=0)

    # Companies ------------------------------------------------------------------------

    def test_each_company_has_its_own_today(self):
        tokyo = self._other_company("Asia/Tokyo")
        order = self._sell_from(tokyo, "2026-03-10 03:00:00")
        here = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-10 15:30:00"):  # past midnight in Tokyo
            self._run_engine()
        self.assertCommitment(here, status="on_time")
        self.assertCommitment(
            order, status="late", company_id=tokyo, date_promise="2026-03-10"
        )

    def test_each_company_has_its_own_open_days(self):
        cairo = self._other_company(
            "Africa/Cairo", weekdays="01236"
        )  # Sunday to Thursday
        order = self._sell_from(cairo, "2026-03-06 10:00:00")  # a Friday
        here = self.sell(10, promise="2026-03-06")
        with self.act("2026-03-08 09:00:00"):  # a Sunday
            self._run_engine()
        self.assertCommitment(order, status="on_time")
        self.assertCommitment(here, status="late")

    def test_buffer_is_that_of_the_company(self):
        other = self._other_company("Europe/Paris")
        other.adv_risk_buffer_days = 4
        order = self._sell_from(other, "2026-03-10 12:00:00")
        order.picking_ids.do_unreserve()
        here = self.sell_unreserved(1, promise="2026-03-10")
        self.refresh("2026-03-05")
        self.assertCommitment(order, status="at_risk")
        self.assertCommitment(here, status="on_time")

    def test_desk_of_one_company_does_not_see_the_other(self):
        order = self._sell_from(self._other_company(), "2026-03-10 03:00:00")
        here = self.sell(10, promise="2026-03-10")
        user = self._create_user("paule", "adv_management.group_adv_user")
        seen = (
            self.env["adv.commitment"]
            .with_user(user)
            .search([("order_id", "in", [order.id, here.id])])
        )
        self.assertEqual(seen.order_id, here)

    # What is outside ------------------------------------------------------------------

    def test_goods_in_transit_to_a_sister_company_have_left(self):
        transit = self.env.ref("stock.stock_location_inter_company")
        transit.active = True
        customer = self.env["res.partner"].create(
            {"name": "Sister", "property_stock_customer": transit.id}
        )
        order = self.sell(10, promise="2026-03-10", partner_id=customer.id)
        self.assertEqual(order.picking_ids.location_dest_id, transit)
        self.assertCommitment(
            order, status="on_time", date_predicted="2026-03-10", qty_open=10
        )
        with self.act("2026-03-09 09:00:00"):
            order.picking_ids.move_ids.write({"quantity": 10, "picked": True})
            self._validate(order.picking_ids)
            self._run_engine()
        self.assertCommitment(order, status="delivered", otif_count=1, qty_delivered=10)

    def test_goods_in_transit_between_our_warehouses_have_not_left(self):
        own = self.company.internal_transit_location_id
        own.active = True
        order = self.sell(10, promise="2026-03-10")
        move = order.picking_ids.move_ids
        with self.act("2026-03-09 09:00:00"):
            order.picking_ids.location_dest_id = own
            move.location_dest_id = own
            move.write({"quantity": 10, "picked": True})
            self._validate(order.picking_ids)
            self._run_engine()
        self.assertCommitment(order, qty_delivered=0, date_delivered=False)
