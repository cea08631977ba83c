"""What the customer can have meant, and what he was told he may order."""

from odoo import Command
from odoo.exceptions import ValidationError

from .common import ControlCase


class TestQuantities(ControlCase):
    """Garage Martin orders chairs at 10, one contact or the other."""

    def _find(self, code, order):
        """Return ``(field, seen, expected, amount)`` of all that was found."""
        return [
            (finding.field, finding.seen, finding.expected, finding.amount)
            for finding in self.judge(code, order)
        ]

    def _quote(self, *quantities, **vals):
        return self.sell(*quantities, confirm=False, **vals)

    # Habits ---------------------------------------------------------------------------

    def test_habit_is_the_median_of_the_last_orders(self):
        self.set_blocking("usual_quantity", "info", threshold=5, days=365)
        buyer = self.env["res.partner"].create(
            {"name": "Luc", "parent_id": self.partner.id}
        )
        dozen = self.env.ref("uom.product_uom_dozen")
        self.sell(12, at="2026-01-12 08:00:00")
        by_dozen = self.sell(1, at="2026-01-19 08:00:00", confirm=False)
        by_dozen.order_line.product_uom_id = dozen
        with self.act("2026-01-19 09:00:00"):
            by_dozen.action_confirm()
        self._quote(1000)  # a quotation is no habit
        order = self._quote(100)
        self.assertEqual(self._find("usual_quantity", order), [], "two are no habit")
        self.sell(4, 4, 2, at="2026-01-26 08:00:00", partner_id=buyer.id)
        self.assertEqual(
            self._find("usual_quantity", order),
            [("product_uom_qty", "100", "12", 880.0)],
        )
        for qty, is_odd in ((60, False), (61, True), (2.4, False), (2.3, True)):
            with self.subTest(qty=qty):
                order.order_line.product_uom_qty = qty
                self.assertEqual(bool(self.judge("usual_quantity", order)), is_odd)
        # the order itself, once confirmed, and what came after it change nothing
        order.order_line.product_uom_qty = 100
        with self.act("2026-03-03 08:00:00"):
            order.action_confirm()
        for _each in range(4):
            self.sell(100, at="2026-03-04 08:00:00")
        self.assertEqual(self.judge("usual_quantity", order)[0].expected, "12")

    def test_habit_forgets_and_knows_whose_it_is(self):
        self.set_blocking("usual_quantity", "info", threshold=5, days=30)
        for day in ("2026-02-09", "2026-02-10", "2026-01-30"):
            self.sell(10, at=f"{day} 08:00:00")
        order = self._quote(100)
        self.assertEqual(self._find("usual_quantity", order), [])
        self.set_blocking("usual_quantity", "info", threshold=5, days=31)
        self.assertTrue(self.judge("usual_quantity", order))
        other = self.env["res.partner"].create({"name": "Garage Petit"})
        order = self._quote(100, partner_id=other.id)
        self.assertEqual(self._find("usual_quantity", order), [])

    def test_lines_of_an_article_count_together_in_two_queries(self):
        self.set_blocking("usual_quantity", "info", threshold=5, days=365)
        for day in ("09", "10", "11"):
            self.sell(10, at=f"2026-02-{day} 08:00:00")
        split = self._quote(25, 35)
        self.assertEqual(
            self._find("usual_quantity", split), [("product_uom_qty", "35", "", 500.0)]
        )
        orders = split.union(*(self._quote(60) for _each in range(10)))
        self.env.flush_all()
        self.judge("usual_quantity", orders)
        with self.assertQueryCount(2):
            self.assertEqual(len(self.judge("usual_quantity", orders)), 11)

    # Packagings -----------------------------------------------------------------------

    def test_quantity_is_a_multiple_of_the_smallest_packaging(self):
        self.set_blocking("packaging")
        pack, dozen = (
            self.env.ref(f"uom.product_uom_{name}") for name in ("pack_6", "dozen")
        )
        order = self._quote(7)
        self.assertEqual(self._find("packaging", order), [], "sold by the piece")
        self.product.uom_ids = pack | dozen
        self.assertEqual(
            self._find("packaging", order), [("product_uom_qty", "7", "12", 0.0)]
        )
        self.assertIn("6", self.judge("packaging", order)[0].text)
        for qty, unit, found in [
            (18, self.product.uom_id, []),
            (2, dozen, []),
            (0.75, dozen, [("product_uom_qty", "0.75", "1", 0.0)]),
            (5, pack, []),
        ]:
            with self.subTest(qty=qty, unit=unit.name):
                line = order.order_line
                line.product_uom_id = unit
                line.product_uom_qty = qty
                self.assertEqual(self._find("packaging", order), found)

    # Totals ---------------------------------------------------------------------------

    def test_minimum_of_the_customer_comes_before_the_general_one(self):
        buyer = self.env["res.partner"].create(
            {"name": "Luc", "parent_id": self.partner.id}
        )
        self.set_blocking("minimum_order", threshold=0)
        order = self._quote(9, partner_id=buyer.id)
        self.assertEqual(self._find("minimum_order", order), [])
        self.set_blocking("minimum_order", threshold=100)
        self.assertEqual(
            self._find("minimum_order", order), [(None, "90", "100", 10.0)]
        )
        self.partner.adv_minimum_order = 90
        self.assertEqual(self._find("minimum_order", order), [])
        self.partner.adv_minimum_order = 150
        self.assertEqual(self.judge("minimum_order", order)[0].amount, 60.0)
        order.order_line.write({"price_unit": 0, "adv_free_reason": "sample"})
        self.assertEqual(self._find("minimum_order", order), [], "samples")

    def test_minimum_counts_in_company_currency(self):
        self.set_blocking("minimum_order", threshold=100)
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "name": "2026-03-01",
                "rate": 1.25,
                "currency_id": dollar.id,
                "company_id": self.company.id,
            }
        )
        abroad = self.env["product.pricelist"].create(
            {"name": "USD", "currency_id": dollar.id}
        )
        chair = self._create_product(company_id=self.company.id)
        order = self._quote((chair, 9), pricelist_id=abroad.id)
        self.assertEqual(order.amount_untaxed, 112.5)
        self.assertEqual(self.judge("minimum_order", order)[0].amount, 10.0)

    def test_totals_typed_at_receipt(self):
        self.set_blocking("control_totals", tolerance_percent=0, tolerance_amount=0)
        order = self._quote(5, 5)
        order.order_line = [
            Command.create({"display_type": "line_note", "name": "Merci"})
        ]
        self.assertEqual(self._find("control_totals", order), [])
        order.write({"adv_control_line_count": 3, "adv_control_amount_untaxed": 130})
        self.assertEqual(
            self._find("control_totals", order),
            [
                (None, "2", "3", 0.0),
                ("amount_untaxed", "100", "130", 30.0),
            ],
        )
        order.write({"adv_control_line_count": 2, "adv_control_amount_untaxed": 100.01})
        self.assertEqual(self.judge("control_totals", order)[0].amount, 0.01)
        self.set_blocking("control_totals", tolerance_amount=0.05)
        self.assertEqual(self._find("control_totals", order), [])
        self.assertFalse(order.copy().adv_control_line_count)

    def test_the_customers_order_has_no_negative_number_of_lines(self):
        with self.assertRaisesRegex(ValidationError, "negative number of lines"):
            self.quote(1).adv_control_line_count = -1
