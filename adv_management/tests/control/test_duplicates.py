from odoo import Command
from odoo.tests import tagged

from ..common import MONDAY
from .common import ControlCase

CODE = "duplicate_order"


@tagged("post_install", "-at_install")
class TestDuplicates(ControlCase):
    """The same order twice, and what only looks like it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = cls._create_product("Table", list_price=30)

    def judge(self, code, documents, at=MONDAY):
        with self.act(at):
            return super().judge(code, documents)

    def test_reference_without_case_spaces_punctuation_and_leading_zeros(self):
        first = self.sell(1, client_order_ref="PO-00123/04")
        order = self.quote(2)
        for reference in ("po 123.4", "PO00123 / 4", " p.o. 0123-04"):
            order.client_order_ref = reference
            found = self.assertFails(
                CODE,
                order,
                fix=("sale.order", first.id),
                seen=first.name,
                amount=20.0,
            )
            text = f"Same reference ({reference}) as {first.name}"
            self.assertEqual(found.text, text)
        for reference in ("PO 1230/4", "PO 123", "PO 100123/4", "0", "-", False):
            order.client_order_ref = reference
            self.assertPasses(CODE, order)
        first.client_order_ref = "-"  # nothing is left of it to compare
        order.client_order_ref = "/"
        self.assertPasses(CODE, order)

    def test_reference_counts_at_any_time_unless_it_is_but_words(self):
        self.sell(1, client_order_ref="PO 7", at="2025-03-02 08:00:00")
        self.sell(3, client_order_ref="By phone", at="2025-03-02 08:00:00")
        self.assertFails(CODE, self.quote(2, client_order_ref="po7"))
        self.assertPasses(CODE, self.quote(4, client_order_ref="by phone"))
        self.sell(6, client_order_ref="BY PHONE", at="2026-02-27 08:00:00")
        self.assertFails(CODE, self.quote(5, client_order_ref="by phone"))

    def test_same_articles_and_quantities_within_seven_days(self):
        first = self.sell((self.table, 2), 5, at="2026-03-02 22:30:00")
        same = self.quote(5, (self.table, 1), (self.table, 1))
        found = self.assertFails(CODE, same, text="Same articles and quantities as")
        self.assertIn(first.name, found.text)
        self.assertEqual(found.amount, 110)
        # the 9th is the last day, in Paris
        self.assertTrue(self.judge(CODE, same, at="2026-03-09 22:30:00"))
        self.assertEqual(self.judge(CODE, same, at="2026-03-09 23:30:00"), [])
        self.get_control(CODE).days = 8
        self.assertTrue(self.judge(CODE, same, at="2026-03-09 23:30:00"))
        self.assertPasses(CODE, self.quote(5, (self.table, 3)))
        self.assertPasses(CODE, self.quote(5))

    def test_a_dozen_is_twelve(self):
        self.sell(24)
        line = {
            "product_id": self.product.id,
            "product_uom_qty": 2,
            "product_uom_id": self.env.ref("uom.product_uom_dozen").id,
        }
        self.assertFails(CODE, self.quote(order_line=[Command.create(line)]))

    def test_cancelled_orders_other_customers_and_other_companies_are_apart(self):
        gone = self.sell(5, client_order_ref="PO 9")
        gone._action_cancel()
        stranger = self.env["res.partner"].create({"name": "Garage Petit"})
        self.sell(5, client_order_ref="PO 9", partner_id=stranger.id)
        other = self.env["res.company"].create({"name": "Delorme Sud"})
        self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": other.id,
                "client_order_ref": "PO 9",
            }
        )
        order = self.quote(5, client_order_ref="PO 9")
        self.assertPasses(CODE, order)
        contact = self.env["res.partner"].create(
            {"name": "Atelier", "parent_id": self.partner.id}
        )
        self.sell(5, client_order_ref="PO 9", partner_id=contact.id)
        self.assertFails(CODE, order, text="Same reference (PO 9) and same goods as")

    def test_of_two_the_later_one_is_the_duplicate(self):
        first, second = self.quote(5), self.quote(5)
        both = first + second
        self.assertEqual([f.document for f in self.judge(CODE, both)], second.ids)
        # confirmed before the other it is the order, and the other one its duplicate
        with self.act("2026-03-03 08:00:00"):
            second.action_confirm()
        self.assertEqual([f.document for f in self.judge(CODE, both)], first.ids)
        with self.act("2026-03-04 08:00:00"):
            first.action_confirm()
        self.assertEqual([f.document for f in self.judge(CODE, both)], first.ids)

    def test_all_earlier_ones_are_named_confirmed_ones_first(self):
        drafts = [self.quote(5), self.quote(5)]
        confirmed = self.sell(5)
        found = self.assertFails(CODE, self.quote(5), fix=("sale.order", confirmed.id))
        names = ", ".join([confirmed.name, drafts[1].name, drafts[0].name])
        self.assertTrue(found.text.endswith(names), found.text)

    def test_waiver_falls_when_one_more_turns_up(self):
        self.set_blocking(CODE)
        self.sell(5, at="2026-02-27 08:00:00")
        order = self.quote(5, client_order_ref="PO 5")
        self.press_confirm(order)
        with self.act(MONDAY):
            self.waive(self.get_results(order), reason="Two sites")
        self.set_blocking(CODE, severity="info")
        self.sell(7, client_order_ref="PO-5")
        self.set_blocking(CODE)
        self.assertEqual(self.press_confirm(order)["res_model"], "adv.control.stop")
        with self.act(MONDAY):
            self.waive(self.get_results(order, "failed"), reason="Two sites")
        self.assertIs(self.press_confirm(order), True)

    def test_waiver_holds_when_one_of_them_goes(self):
        self.sell(5, at="2026-02-27 08:00:00")
        draft = self.quote(5)
        self.set_blocking(CODE)
        order = self.quote(5)
        self.press_confirm(order)
        with self.act(MONDAY):
            self.waive(self.get_results(order, "failed"), reason="Two sites")
        self.assertIs(self.press_confirm(order), True)
        # the draft comes after what is confirmed now, and the amount is another
        with self.act(MONDAY):
            order.with_user(self.paule).order_line.price_unit = 9
            draft.action_adv_check()
            order.action_adv_check()
        duplicate = self.get_control(CODE)
        states = [
            self.get_results(each).filtered(lambda r: r.control_id == duplicate).state
            for each in (order, draft)
        ]
        self.assertEqual(states, ["waived", "failed"])

    def test_deposits_and_orders_without_goods_are_no_duplicates(self):
        deposit = {"name": "Deposit", "is_downpayment": True, "product_uom_qty": 0}
        self.quote(order_line=[Command.create(deposit)])
        note = {"name": "Thank you", "display_type": "line_note"}
        self.quote(order_line=[Command.create(note)])
        for line in (deposit, note):
            self.assertPasses(CODE, self.quote(order_line=[Command.create(line)]))
