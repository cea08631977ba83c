"""What salespeople may give away, and what has to be earned."""

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
