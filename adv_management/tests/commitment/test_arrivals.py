"""Promises of arrival: goods leave their transit before, in working days."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestArrivals(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.adv_promise_basis = "arrival"
        cls.company.adv_transit_days = 2
        cls.scarce = cls._create_product("Fonte", stock=0)

    # The promise ----------------------------------------------------------------------

    def test_delivery_leaves_its_transit_before_the_promise(self):
        order = self.sell(10, promise="2026-03-13")  # a Friday
        self.assertCommitment(
            order, basis="arrival", transit_days=2, date_promise="2026-03-13"
        )
        self.assertEqual(str(order.picking_ids.move_ids.date), "2026-03-11 12:00:00")
        self.assertEqual(str(order.commitment_date), "2026-03-13 12:00:00")

    def test_transit_counts_working_days_only(self):
        order = self.sell(10, promise="2026-03-16")  # a Monday
        self.assertEqual(str(order.picking_ids.move_ids.date), "2026-03-12 12:00:00")

    def test_lead_time_is_followed_by_the_transit(self):
        self.product.sale_delay = 4  # Friday
        order = self.sell(10)
        self.assertCommitment(order, date_promise="2026-03-10")
        self.assertEqual(str(order.picking_ids.move_ids.date)[:10], "2026-03-06")

    def test_departures_are_promised_without_the_setting(self):
        self.company.adv_promise_basis = "departure"
        order = self.sell(10, promise="2026-03-13")
        self.deliver(order, at="2026-03-13 10:00:00")
        self.assertCommitment(
            order,
            basis="departure",
            transit_days=0,
            date_delivered="2026-03-13",
            on_time_count=1,
        )

    def test_setting_changed_later_leaves_old_promises_alone(self):
        order = self.sell(10, promise="2026-03-13")
        self.company.adv_promise_basis = "departure"
        self.company.adv_transit_days = 0
        self.deliver(order, at="2026-03-12 10:00:00")
        self.assertCommitment(order, basis="arrival", on_time_count=0)

    # What became of it ----------------------------------------------------------------

    def test_leaving_on_the_last_day_arrives_in_time(self):
        order = self.sell(10, promise="2026-03-13")
        self.deliver(order, at="2026-03-11 10:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-13",
            on_time_count=1,
            first_on_time_count=1,
            otif_count=1,
            delay_days=0,
        )

    def test_leaving_a_day_later_arrives_after_the_weekend(self):
        order = self.sell(10, promise="2026-03-13")
        self.deliver(order, at="2026-03-12 10:00:00")
        self.assertCommitment(
            order,
            date_delivered="2026-03-16",
            on_time_count=0,
            qty_on_time=0,
            delay_days=3,
            delay_working_days=1,
            first_delay_days=3,
            first_delay_working_days=1,
        )

    def test_promise_on_a_closed_day_is_that_of_the_next_open_one(self):
        order = self.sell(10, promise="2026-03-14")  # a Saturday: Monday counts
        self.deliver(order, at="2026-03-12 10:00:00")
        self.assertCommitment(order, date_delivered="2026-03-16", on_time_count=1)

    def test_part_that_left_too_late_is_not_on_time(self):
        order = self.sell(10, promise="2026-03-13")
        self.deliver(order, 6, at="2026-03-11 10:00:00")
        self.deliver(order, 4, at="2026-03-12 10:00:00")
        self.assertCommitment(order, qty_on_time=6, on_time_count=0, in_full_count=1)

    # The prediction -------------------------------------------------------------------

    def test_receipt_is_followed_by_the_transit(self):
        self.receive(self.scarce, 5, "2026-03-12")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-16")

    def test_what_has_not_left_in_time_will_be_late(self):
        order = self.sell(10, promise="2026-03-13")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-13")
        self.refresh("2026-03-12")
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-16")
        self.refresh("2026-03-16")
        self.assertCommitment(order, status="late", delay_working_days=1)

    def test_buffer_is_before_the_departure(self):
        order = self.sell_unreserved(10, promise="2026-03-13")
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="on_time")
        self.refresh("2026-03-10")
        self.assertCommitment(order, status="at_risk")

    def test_agreed_date_moves_the_departure(self):
        order = self.sell(10, promise="2026-03-13")
        self.change_promise(order, "2026-03-20", "customer", at="2026-03-04 09:00:00")
        self.assertEqual(str(order.picking_ids.move_ids.date), "2026-03-18 12:00:00")
        self.deliver(order, at="2026-03-18 10:00:00")
        self.assertCommitment(order, date_delivered="2026-03-20", on_time_count=1)

    # Zones ----------------------------------------------------------------------------

    def test_first_zone_that_fits_the_address_counts(self):
        france, spain = self.env.ref("base.fr"), self.env.ref("base.es")
        self._create_zone("Corse", 4, zip_prefixes="20, 2A", country_ids=france)
        self._create_zone("Métropole", 1, country_ids=france)
        for country, code, days in [
            (france, "20090", 4),
            (france, "75011", 1),
            (france, False, 1),
            (spain, "20090", 2),
        ]:
            with self.subTest(country=country.code, code=code):
                address = self.partner.copy({"country_id": country.id, "zip": code})
                order = self.sell(
                    1, promise="2026-03-13", partner_shipping_id=address.id
                )
                self.assertCommitment(order, transit_days=days)

    def test_zone_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Autre"})
        self._create_zone("Ailleurs", 9, company_id=other.id)
        order = self.sell(1, promise="2026-03-13")
        self.assertCommitment(order, transit_days=2)

    def test_transit_beyond_all_reason_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "30"):
            self._create_zone("Lune", 31)
        with self.assertRaisesRegex(ValidationError, "30"):
            self.company.adv_transit_days = -1

    def _create_zone(self, name, days, country_ids=(), **vals):
        return self.env["adv.transit.zone"].create(
            {
                "name": name,
                "transit_days": days,
                "company_id": self.company.id,
                "country_ids": [Command.link(each.id) for each in country_ids],
                **vals,
            }
        )
