"""What a line waits for, and whose delay it is, in words and in searches."""

from lxml import etree

from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestEvidence(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scarce = cls._create_product("Fonte", stock=0)
        cls.vendor = cls.env["res.partner"].create({"name": "Fonderie Morel"})
        cls.desk = cls._create_user("desk", "adv_management.group_adv_user")

    def explain(self, order, today="2026-03-03"):
        self.refresh(today)
        order.adv_commitment_ids.invalidate_recordset()
        with self.act(f"{today} 11:00:00"):
            return order.adv_commitment_ids.with_user(self.desk).explanation

    def find(self, name, today="2026-03-03"):
        """Return the orders that a filter of the promises' search view finds."""
        view = self.env["adv.commitment"].get_view(
            self.env.ref("adv_management.adv_commitment_view_search").id, "search"
        )
        (node,) = etree.fromstring(view["arch"]).xpath(f"//filter[@name='{name}']")
        self.refresh(today)
        with self.act(f"{today} 11:00:00"):
            found = (
                self.env["adv.commitment"]
                .with_user(self.desk)
                .search(
                    Domain(safe_eval(node.get("domain"), {"uid": self.desk.id}))
                    & Domain("company_id", "=", self.company.id)
                )
            )
        return found.order_id.with_user(self.env.user)

    # In words -------------------------------------------------------------------------

    def test_receipt_that_decides_is_named_with_its_supplier(self):
        self.receive(self.scarce, 3, "2026-03-09")
        self.sell((self.scarce, 3), promise="2026-03-10")
        receipt = self.receive(self.scarce, 5, "2026-03-20", partner_id=self.vendor.id)
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        name = receipt.picking_id.name
        self.assertEqual(
            self.explain(order),
            "Promised March 13, planned for March 20: 5 working days too late. "
            "5 still to deliver. Out of stock. "
            f"Waits for receipt {name} of Fonderie Morel, due March 20.",
        )
        self.assertIn(
            "of Fonderie Morel, due March 20, still open.",
            self.explain(order, "2026-03-23"),
        )

    def test_draft_receipt_is_not_confirmed(self):
        receipt = self.receive(self.scarce, 5, "2026-03-10", confirm=False)
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertIn(
            f"Waits for receipt {receipt.picking_id.name}, due March 10, "
            "not confirmed.",
            self.explain(order),
        )

    def test_stock_promised_to_earlier_orders(self):
        product = self._create_product("Armoire", stock=10)
        first = self.sell_unreserved((product, 8), promise="2026-03-12")
        order = self.sell_unreserved((product, 6), promise="2026-03-30")
        self.assertIn(
            "The stock does not suffice for this order. Nothing is on order.",
            self.explain(order),
        )
        self.assertIn("In stock, not reserved yet in", self.explain(first))
        self.receive(product, 6, "2026-03-25", partner_id=self.vendor.id)
        self.assertIn(
            "The stock does not suffice for this order. Waits for receipt",
            self.explain(order),
        )

    def test_receipt_promised_to_earlier_orders(self):
        self.receive(self.scarce, 5, "2026-03-10")
        self.sell((self.scarce, 5), promise="2026-03-12")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertIn(
            "Out of stock. What is on order does not suffice.",
            self.explain(order),
        )

    def test_nothing_in_stock_and_nothing_on_order(self):
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertIn("Out of stock. Nothing is on order.", self.explain(order))

    def test_promise_of_arrival_says_by_when_to_leave(self):
        self.company.adv_promise_basis = "arrival"
        self.company.adv_transit_days = 2
        order = self.sell(5, promise="2026-03-16")  # a Monday
        self.assertEqual(str(order.adv_commitment_ids.date_to_leave), "2026-03-12")
        self.assertIn(
            "Promised March 16 (arrival, to leave by March 12).", self.explain(order)
        )
        self.company.adv_transit_days = 0
        near = self.sell(5, promise="2026-03-16")
        self.assertIn("Promised March 16 (arrival).", self.explain(near))

    # On the screens -------------------------------------------------------------------

    def test_evidence_opens_the_receipt(self):
        receipt = self.receive(self.scarce, 5, "2026-03-20", partner_id=self.vendor.id)
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        commitment = order.adv_commitment_ids.with_user(self.desk)
        self.assertEqual(
            commitment.evidence_name,
            f"receipt {receipt.picking_id.name} of Fonderie Morel",
        )
        action = commitment.action_open_evidence()
        self.assertEqual(action["res_model"], "stock.picking")
        self.assertEqual(action["res_id"], receipt.picking_id.id)

    def test_cause_is_chosen_and_emptied_on_the_form(self):
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        commitment = order.adv_commitment_ids.with_user(self.desk)
        self.assertEqual(commitment.responsibility, "us")
        with Form(commitment) as form:
            form.cause_id = self.env.ref("adv_management.adv_delay_cause_supplier")
        self.assertTrue(commitment.is_cause_manual)
        self.assertEqual(commitment.responsibility, "supplier")
        with Form(commitment) as form:
            form.cause_id = self.env["adv.delay.cause"]
        self.refresh("2026-03-03")
        self.assertFalse(commitment.is_cause_manual)
        self.assertEqual(commitment.cause_id.code, "shortage")

    def test_delays_are_grouped_by_who_answers_for_them(self):
        self.sell((self.scarce, 5), promise="2026-03-13")
        self.receive(self.scarce, 50, "2026-03-20", partner_id=self.vendor.id)
        self.sell((self._create_product("Vis", stock=0), 5), promise="2026-03-13")
        commitments = self.env["adv.commitment"].with_user(self.desk)
        groups = commitments.formatted_read_group(
            [("company_id", "=", self.company.id)], ["responsibility"], ["__count"]
        )
        self.assertEqual(
            {group["responsibility"]: group["__count"] for group in groups},
            {"supplier": 1, "us": 1},
        )
        groups = commitments.formatted_read_group(
            [
                ("company_id", "=", self.company.id),
                ("evidence_partner_id", "!=", False),
            ],
            ["evidence_partner_id"],
            ["__count"],
        )
        self.assertEqual(groups[0]["evidence_partner_id"][1], "Fonderie Morel")

    def test_lines_without_supply_are_found(self):
        self.receive(self.scarce, 5, "2026-03-20")
        self.sell((self.scarce, 5), promise="2026-03-13")
        nothing = self.sell((self.scarce, 5), promise="2026-03-13")
        held = self.sell((self.scarce, 5), promise="2026-03-13")
        held.adv_commitment_ids.is_hold = True
        self.assertEqual(self.find("no_supply"), nothing)
        self.assertIn(nothing, self.find("to_call"))

    def test_doubtful_supply_is_found(self):
        self.receive(self.scarce, 5, "2026-03-20")
        sure = self.sell((self.scarce, 5), promise="2026-03-13")
        other = self._create_product("Vis", stock=0)
        self.receive(other, 5, "2026-03-20", confirm=False)
        drafted = self.sell((other, 5), promise="2026-03-30")
        self.assertEqual(self.find("doubtful_supply"), drafted)
        self.assertEqual(self.find("doubtful_supply", "2026-03-23"), sure | drafted)


@tagged("post_install", "-at_install")
class TestFigures(AdvCommon):
    def get_fields(self, name):
        view = self.env.ref(f"adv_management.adv_commitment_view_{name}")
        arch = self.env["adv.commitment"].get_view(view.id, view.type)["arch"]
        return [node.get("name") for node in etree.fromstring(arch).iter("field")]

    def test_departures_and_arrivals_are_never_mixed_silently(self):
        self.env["adv.commitment"].search([]).basis = "departure"
        self.sell(5, promise="2026-03-13")
        self.assertNotIn("basis", self.get_fields("pivot_first"))
        self.company.adv_promise_basis = "arrival"
        self.sell(5, promise="2026-03-13")
        for name in ("pivot_first", "graph_first", "pivot_current", "graph_current"):
            self.assertIn("basis", self.get_fields(name))
        self.assertNotIn("basis", self.get_fields("pivot"), "shows no rates")
