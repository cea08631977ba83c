"""What salespeople may give away, and what has to be earned."""

from odoo import Command
from odoo.exceptions import AccessError

from .lamp import LampCase


class TestDiscounts(LampCase):
    """Discounts keep to ceilings, lines earn a margin, gifts have a reason."""

    def test_user_may_give_up_to_his_ceiling(self):
        self.set_blocking("discount", threshold=5)
        seller = self.sam
        for ceiling, price, discount, found in [
            (0, 200, 10, []),  # what the list gives is not his
            (0, 200, 14.5, []),  # 171 = 180 less 5 %
            (0, 200, 15, [("discount", "15", "14.5", 3.0)]),
            (0, 170, 0, [("price_unit", "170", "171", 3.0)]),
            (20, 200, 15, []),
            (20, 143, 0, [("price_unit", "143", "144", 3.0)]),
            (2, 300, 50, [("discount", "50", "41.2", 79.2)]),
        ]:
            with self.subTest(ceiling=ceiling, price=price, discount=discount):
                seller.adv_discount_ceiling = ceiling
                order = self._quote(price, discount, user_id=seller.id)
                self.assertEqual(self._find("discount", order), found)

    def discount_order(self, order, percentage):
        """Use Odoo's button for a discount on the whole order."""
        wizard = self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": percentage / 100,
            }
        )
        wizard.action_apply_discount()
        return order.order_line[-1:]

    def test_discount_on_the_whole_order_counts_with_those_of_its_lines(self):
        self.set_blocking("discount", threshold=10)
        for discount, whole, found in [
            (10, 10, []),
            (10, 11, [("discount", "11", "10", 5.4)]),  # of 540, 54 may be given
            (14.5, 5, []),  # 513 less 5 % is 487.35, 486 at least
            (14.5, 6, [("discount", "10.7", "10", 3.78)]),
        ]:
            with self.subTest(discount=discount, whole=whole):
                order = self._quote(200, discount)
                self.discount_order(order, whole)
                self.assertEqual(self._find("discount", order), found)

    def test_discount_on_the_whole_order_counts_what_no_list_prices(self):
        self.set_blocking("discount", threshold=10)
        nameless = self._create_product("Sans prix", list_price=0)
        order = self._quote(200, 10)
        order.order_line = [
            Command.create({"product_id": nameless.id, "price_unit": 5000})
        ]
        self.discount_order(order, 9)
        self.assertEqual(self._find("discount", order), [])
        self.discount_order(order, 2)
        ((_field, seen, _expected, _amount),) = self._find("discount", order)
        self.assertEqual(seen, "10.82")

    def test_article_of_the_discount_button_is_a_discount_on_the_order(self):
        self.set_blocking("discount", threshold=10)
        order = self._quote(200, 10)
        article = self.discount_order(order, 1).product_id
        other = self._quote(200, 10)
        other.order_line = [
            Command.create({"product_id": article.id, "price_unit": -100})
        ]
        (finding,) = self.judge("discount", other)
        self.assertEqual((finding.amount, finding.line), (46, other.order_line[-1].id))

    def test_discount_on_the_whole_order_is_taken_off_the_margin(self):
        self.set_blocking("margin", threshold=20)
        order = self._quote(200, 0)  # 187.50 is the least
        self.discount_order(order, 6)
        self.assertEqual(self._find("margin", order), [])
        order = self._quote(200, 0)
        self.discount_order(order, 10)
        (found,) = self._find("margin", order)
        self.assertEqual(found, ("price_unit", "200", "208.333333", 22.5))

    def test_manager_sets_ceilings_but_not_his_own(self):
        seller = self.sam
        wizard = self.env["adv.discount.ceiling.set"].with_user(self.marc)
        wizard.create({"user_ids": seller.ids, "ceiling": 7.5}).action_apply()
        self.assertEqual(seller.adv_discount_ceiling, 7.5)
        for user, target in (
            (self.paule, seller),
            (seller, seller),
            (self.marc, self.marc),
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                target.with_user(user).write({"adv_discount_ceiling": 90})
        with self.assertRaises(AccessError):
            seller.with_user(self.marc).write({"adv_discount_ceiling": 9, "name": "G"})

    def test_line_has_to_earn_its_margin(self):
        self.set_blocking("margin", threshold=20)
        # a cost of 150 asks for 187.50
        for price, discount, found in [
            (187.5, 0, []),
            (375, 50, []),
            (180, 0, [("price_unit", "180", "187.5", 22.5)]),
            (200, 10, [("price_unit", "200", "208.333333", 22.5)]),
            (0, 0, [("price_unit", "0", "187.5", 562.5)]),
        ]:
            with self.subTest(price=price, discount=discount):
                order = self._quote(price, discount)
                self.assertEqual(self._find("margin", order), found)
        self.lamp.standard_price = 0
        self.assertEqual(self._find("margin", self._quote(1, 0)), [])

    def test_gift_needs_a_reason(self):
        for code in ("price", "margin", "discount", "free_price"):
            self.set_blocking(code)
        for price, discount, found in [
            (0, 0, ("price_unit", "0", "", 600.0)),
            (200, 100, ("discount", "100", "", 600.0)),
        ]:
            order = self._quote(price, discount)
            self.assertEqual(self._find("free_price", order), [found])
            self.assertTrue(self.judge("price", order))
            order.order_line.adv_free_reason = "sample"
            for code in ("price", "margin", "discount", "free_price"):
                self.assertFalse(self.judge(code, order))
        nameless = self._create_product("Sans prix", list_price=0)
        (finding,) = self.judge("free_price", self._quote(product=nameless))
        self.assertEqual(finding.fix, ("product.product", nameless.id))
