from odoo import Command
from odoo.tests import tagged

from ..common import MONDAY
from .common import ControlCase


@tagged("post_install", "-at_install")
class TestArticles(ControlCase):
    """Articles that are gone, that nobody ever ordered, or in a strange unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new = cls._create_product("Lampe")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.dozen.active = True  # where nobody uses units it is archived
        cls.product.uom_ids = cls.dozen

    def sell_in_dozens(self, **vals):
        line = {"product_id": self.product.id, "product_uom_id": self.dozen.id}
        return self.sell(order_line=[Command.create(line)], **vals)

    def test_archived_article_is_named_with_its_form(self):
        order = self.quote(1, (self.new, 2))
        self.assertPasses("archived_product", order)
        self.new.action_archive()
        self.assertFails(
            "archived_product",
            order,
            line=order.order_line[1].id,
            field="product_id",
            fix=("product.product", self.new.id),
            text="Lampe is archived",
        )

    def test_only_a_known_customer_orders_something_for_the_first_time(self):
        self.get_control("never_bought").threshold = 2
        self.sell(1)
        order = self.quote((self.new, 1), 1)
        self.assertPasses("never_bought", order)
        self.sell(1)
        found = self.assertFails("never_bought", order, line=order.order_line[0].id)
        self.assertEqual(found.text, "Lampe: Garage Martin never ordered it before")

    def test_what_any_contact_had_is_known_and_what_was_cancelled_is_not(self):
        self.get_control("never_bought").threshold = 1
        contact = self.env["res.partner"].create(
            {"name": "Atelier", "parent_id": self.partner.id, "type": "delivery"}
        )
        self.sell(1)
        self.quote((self.new, 1))
        gone = self.sell((self.new, 1))
        gone._action_cancel()
        order = self.quote((self.new, 1))
        self.assertFails("never_bought", order)
        self.sell((self.new, 1), partner_id=contact.id)
        self.assertPasses("never_bought", order)

    def test_another_company_knows_nothing_of_it(self):
        self.get_control("never_bought").threshold = 1
        self.sell((self.new, 1))
        other = self.env["res.company"].create({"name": "Delorme Sud"})
        self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": other.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        ).action_confirm()
        self.assertFails("never_bought", self.quote(1))

    def test_orders_confirmed_together_are_each_as_new_as_when_they_came(self):
        self.get_control("never_bought").threshold = 1
        self.sell(1)
        pair = self.quote((self.new, 1)) + self.quote((self.new, 1))
        self.assertEqual(
            [each.document for each in self.judge("never_bought", pair)], pair.ids
        )
        with self.act("2026-03-03 08:00:00"):
            pair.action_confirm()
        # after it the first one only was the first
        found = self.judge("never_bought", pair)
        self.assertEqual([each.document for each in found], pair[:1].ids)

    def test_article_added_later_is_compared_with_what_came_before_it(self):
        self.get_control("never_bought").threshold = 1
        self.sell(1)
        order = self.sell(1, at="2026-03-03 08:00:00")
        self.sell((self.new, 1), at="2026-03-04 08:00:00")
        with self.act("2026-03-05 08:00:00"):
            line = Command.create({"product_id": self.new.id, "product_uom_qty": 1})
            order.order_line = [line]
        self.assertPasses("never_bought", order)

    def test_units_are_the_article_s_own_and_its_packagings(self):
        order = self.quote(1)
        self.assertPasses("unit", order)
        order.order_line.product_uom_id = self.dozen
        self.assertPasses("unit", order)
        self.product.uom_ids = False
        self.assertFails(
            "unit",
            order,
            field="product_uom_id",
            seen=str(self.dozen.id),
            expected=str(self.product.uom_id.id),
            text="Chaise is not sold in Dozens: its unit is Units",
        )

    def test_unit_that_this_customer_never_takes(self):
        for _each in range(2):
            self.sell_in_dozens()
        self.assertPasses("unit", self.quote(1))  # no habit yet
        self.sell_in_dozens()
        self.assertPasses("unit", self.sell_in_dozens(confirm=False))
        found = self.assertFails(
            "unit", self.quote(1), expected=str(self.dozen.id), seen="1"
        )
        self.assertIn("this customer orders it in Dozens", found.text)
        # one of four lines is more than the tolerance of 10 %
        self.sell(1)
        self.assertPasses("unit", self.quote(1))
        self.get_control("unit").tolerance_percent = 25
        self.assertFails("unit", self.quote(1))

    def test_old_habits_are_forgotten(self):
        for _each in range(3):
            self.sell_in_dozens(at="2024-02-01 08:00:00")
        order = self.quote(1)
        with self.act(MONDAY):
            self.assertPasses("unit", order)
        self.get_control("unit").days = 0
        self.assertFails("unit", order)


@tagged("post_install", "-at_install")
class TestManyOrders(ControlCase):
    """What is judged in sets costs the same queries, however many orders there are."""

    def test_twelve_orders_cost_as_many_queries_as_three(self):
        codes = (
            *("archived_product", "never_bought", "unit", "duplicate_order"),
            *("requested_date_too_early", "requested_date_past"),
            *("requested_date_closed", "expired_quotation", "price_agreement"),
        )
        prices = self.env["product.pricelist"].create({"name": "Net"})
        vals = {"pricelist_id": prices.id, "adv_date_requested": "2026-03-20"}
        new = [self._create_product(f"Lampe {number}") for number in range(12)]
        orders = self.env["sale.order"].union(
            *(self.quote(1, (each, 1), **vals) for each in new)
        )
        for code in codes:
            self.judge(code, orders)  # what is cached for ever
            counts = []
            for documents in (orders[:3], orders):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.judge(code, documents)
                counts.append(self.env.cr.sql_log_count - before)
            self.assertLessEqual(counts[1], counts[0], code)
