from odoo.tests import tagged

from ..common import MONDAY
from .common import ControlCase


@tagged("post_install", "-at_install")
class TestDates(ControlCase):
    """What day the customer asks for, and how long the quotation holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.sale_delay = 5
        cls.slow = cls._create_product("Buffet", sale_delay=9)
        cls.service = cls._create_product("Montage", stock=0, type="service")
        cls.service.sale_delay = 90

    def judge(self, code, documents, at=MONDAY):
        with self.act(at):
            return super().judge(code, documents)

    def test_before_the_lead_time_of_the_slowest_article(self):
        order = self.quote(1, (self.slow, 1), (self.service, 1))
        self.assertPasses("requested_date_too_early", order)  # no date, no fault
        order.adv_date_requested = "2026-03-11"
        self.assertPasses("requested_date_too_early", order)
        order.adv_date_requested = "2026-03-10"
        found = self.assertFails(
            "requested_date_too_early",
            order,
            line=None,
            field="adv_date_requested",
            seen="2026-03-10",
            expected="2026-03-11",
        )
        self.assertEqual(
            found.text, "Asked for 03/10/2026: Buffet cannot leave before 03/11/2026"
        )

    def test_delivery_date_stands_in_for_the_requested_date(self):
        # 23:30 UTC is the next day in Paris
        order = self.quote(1, commitment_date="2026-03-06 23:30:00")
        self.assertPasses("requested_date_too_early", order)
        order.commitment_date = "2026-03-06 22:30:00"
        self.assertFails(
            "requested_date_too_early",
            order,
            field="commitment_date",
            seen="2026-03-06 22:30:00",
            expected="2026-03-07",
        )
        order.adv_date_requested = "2026-03-20"
        self.assertPasses("requested_date_too_early", order)

    def test_confirmed_order_is_judged_as_of_its_confirmation(self):
        order = self.quote(1, adv_date_requested="2026-03-10")
        self.assertEqual(
            self.judge("requested_date_past", order, at="2026-03-10 12:00:00"), []
        )
        late = self.judge("requested_date_past", order, at="2026-03-11 12:00:00")
        self.assertEqual(late[0].text, "Asked for 03/10/2026, which is past")
        with self.act("2026-03-04 08:00:00"):
            order.action_confirm()
        for code in ("requested_date_past", "requested_date_too_early"):
            self.assertEqual(self.judge(code, order, at="2026-05-01 12:00:00"), [])

    def test_past_day_is_not_called_too_early_as_well(self):
        order = self.quote(1, adv_date_requested="2026-02-27")
        self.assertFails("requested_date_past", order)
        self.assertPasses("requested_date_too_early", order)

    def test_transit_counts_where_arrivals_are_promised(self):
        order = self.quote(1, adv_date_requested="2026-03-09")
        self.assertPasses("requested_date_too_early", order)
        self.company.write({"adv_promise_basis": "arrival", "adv_transit_days": 2})
        # ready on Saturday 7, two working days on the road
        self.assertFails("requested_date_too_early", order, expected="2026-03-10")

    def test_closed_day_of_the_warehouse_else_of_the_company(self):
        order = self.quote(1, adv_date_requested="2026-03-14")
        found = self.assertFails(
            "requested_date_closed", order, seen="2026-03-14", expected="2026-03-16"
        )
        self.assertEqual(found.text, "Asked for Saturday 14 March 2026, a closed day")
        self.warehouse.adv_calendar_id = self._create_calendar(
            "All week", "Europe/Paris", "0123456"
        )
        self.assertPasses("requested_date_closed", order)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Inventory",
                "calendar_id": self.warehouse.adv_calendar_id.id,
                "company_id": self.company.id,
                "date_from": "2026-03-13 23:00:00",
                "date_to": "2026-03-15 22:59:59",
            }
        )
        self.assertFails("requested_date_closed", order, expected="2026-03-16")

    def test_dates_nobody_keeps_a_calendar_for_break_nothing(self):
        orders = self.quote(1, adv_date_requested="2206-03-15")
        orders += self.quote(1, adv_date_requested="1926-03-14")
        orders += self.quote(1)
        self.assertPasses("requested_date_closed", orders)
        self.company.resource_calendar_id = False
        orders[2].adv_date_requested = "2026-03-14"
        self.assertPasses("requested_date_closed", orders)

    def test_quotation_holds_until_the_end_of_its_last_day(self):
        order = self.quote(1, validity_date="2026-03-06")
        self.assertEqual(
            self.judge("expired_quotation", order, at="2026-03-06 22:30:00"), []
        )
        [found] = self.judge("expired_quotation", order, at="2026-03-06 23:30:00")
        self.assertEqual((found.field, found.seen), ("validity_date", "2026-03-06"))
        self.assertIn("until 03/06/2026, the order is of 03/07/2026", found.text)

    def test_order_that_came_in_time_may_be_entered_later(self):
        order = self.quote(1, validity_date="2026-03-06")
        order.adv_date_received = "2026-03-06 15:00:00"
        late = "2026-03-09 08:00:00"
        self.assertEqual(self.judge("expired_quotation", order, at=late), [])
        # what came before there was a quotation had asked for one
        order.adv_date_received = "2026-02-20 15:00:00"
        self.assertTrue(self.judge("expired_quotation", order, at=late))
        order.signed_on = "2026-03-05 15:00:00"
        self.assertEqual(self.judge("expired_quotation", order, at=late), [])


@tagged("post_install", "-at_install")
class TestAgreements(ControlCase):
    """Prices of agreements that have ended: 8 until the 10th of March, 10 after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("product.group_product_pricelist")
        cls.prices = cls.env["product.pricelist"].create(
            {"name": "Martin", "company_id": cls.company.id}
        )
        cls.rule = cls._add_rule(8, date_end="2026-03-10 22:00:00")

    @classmethod
    def _add_rule(cls, price, **vals):
        return cls.env["product.pricelist.item"].create(
            {
                "pricelist_id": cls.prices.id,
                "applied_on": "1_product",
                "product_tmpl_id": cls.product.product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": price,
                **vals,
            }
        )

    def quote_listed(self, **vals):
        return self.quote(5, pricelist_id=self.prices.id, **vals)

    def judge(self, code, documents, at="2026-03-12 08:00:00"):
        with self.act(at):
            return super().judge(code, documents)

    def test_rule_that_ended_between_quotation_and_order(self):
        order = self.quote_listed()
        self.assertEqual(order.order_line.price_unit, 8)
        self.assertEqual(self.judge("price_agreement", order, at=MONDAY), [])
        found = self.assertFails(
            "price_agreement",
            order,
            line=order.order_line.id,
            field="price_unit",
            seen="8",
            expected="10",
            amount=10.0,
        )
        self.assertIn("ended on 03/10/2026", found.text)

    def test_confirmed_in_time_stays_right(self):
        order = self.quote_listed()
        with self.act("2026-03-09 08:00:00"):
            order.action_confirm()
        self.assertPasses("price_agreement", order)
        late = self.quote_listed()
        with self.act("2026-03-11 08:00:00"):
            late.action_confirm()
        self.assertFails("price_agreement", late, amount=10.0)

    def test_renewed_agreement_and_other_prices_are_not_its_matter(self):
        order = self.quote_listed()
        renewed = self._add_rule(8, date_start="2026-03-10 22:00:00")
        self.assertPasses("price_agreement", order)
        renewed.fixed_price = 8.5
        self.assertFails("price_agreement", order, amount=2.5, expected="8.5")
        # a price that somebody typed is not of the agreement
        order.order_line.price_unit = 9
        self.assertPasses("price_agreement", order)

    def test_discount_shown_is_the_price_of_the_rule(self):
        self.rule.write({"compute_price": "percentage", "percent_price": 20})
        order = self.quote_listed()
        line = order.order_line
        self.assertEqual(line.price_unit * (1 - line.discount / 100), 8)
        self.assertFails("price_agreement", order, amount=10.0)

    def test_archived_price_list(self):
        order = self.quote_listed()
        confirmed = self.quote_listed()
        with self.act("2026-03-03 08:00:00"):
            confirmed.action_confirm()
        with self.act("2026-03-04 08:00:00"):
            self.prices.action_archive()
            self.env.flush_all()
        at = "2026-03-05 08:00:00"
        [found] = self.judge("price_agreement", order, at=at)
        self.assertEqual(found.text, "The price list Martin is archived")
        self.assertEqual(self.judge("price_agreement", confirmed, at=at), [])

    def test_own_price_list_of_the_customer_is_archived(self):
        other = self.env["product.pricelist"].create({"name": "Public"})
        partner = self.partner.with_company(self.company)
        partner.specific_property_product_pricelist = self.prices
        self.prices.action_archive()
        found = self.assertFails(
            "price_agreement",
            self.quote(1, pricelist_id=other.id),
            fix=("res.partner", self.partner.id),
        )
        self.assertEqual(
            found.text,
            "Martin, the price list of Garage Martin, is archived: the order follows "
            "Public",
        )
