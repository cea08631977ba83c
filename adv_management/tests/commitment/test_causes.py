"""Why a promise is missed: proposed from the goods, corrected by people."""

from odoo.tests import tagged

from ...hooks import post_init_hook
from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestCauses(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scarce = cls._create_product("Fonte", stock=0)

    def assertCause(self, order, code):
        self.assertEqual(order.adv_commitment_ids.cause_id.code, code)

    def get_cause(self, code):
        return self.env.ref(f"adv_management.adv_delay_cause_{code}")

    # Proposed -------------------------------------------------------------------------

    def test_receipt_after_the_promise_is_the_suppliers(self):
        receipt = self.receive(self.scarce, 5, "2026-03-18")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCommitment(order, status="will_be_late", evidence_move_id=receipt)
        self.assertCause(order, "supplier")

    def test_production_after_the_promise_is_ours(self):
        self.receive(
            self.scarce, 5, "2026-03-18", source=self.scarce.property_stock_production
        )
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCause(order, "production")
        self.assertEqual(order.adv_commitment_ids.cause_id.responsibility, "us")

    def test_nothing_coming_is_a_shortage(self):
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCommitment(order, status="will_be_late")
        self.assertCause(order, "shortage")

    def test_goods_from_another_warehouse_are_a_shortage(self):
        transit = self.env.ref("stock.stock_location_inter_company")
        self.receive(self.scarce, 5, "2026-03-18", source=transit)
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCause(order, "shortage")

    def test_reserved_goods_that_stay_are_a_matter_of_picking(self):
        order = self.sell(5, promise="2026-03-13")
        self.assertCause(order, False)
        self.refresh("2026-03-16")
        self.assertCommitment(order, status="late")
        self.assertCause(order, "picking")

    def test_promise_that_is_kept_has_no_cause(self):
        self.receive(self.scarce, 5, "2026-03-05")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCommitment(order, status="on_time")
        self.assertCause(order, False)

    def test_cause_goes_when_the_danger_is_over(self):
        receipt = self.receive(self.scarce, 5, "2026-03-18")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCause(order, "supplier")
        with self.act("2026-03-03 09:00:00"):
            receipt.date = "2026-03-10 10:00:00"
            self._run_engine()
        self.assertCause(order, False)

    def test_last_cause_stays_with_what_was_delivered_late(self):
        order = self.sell(5, promise="2026-03-13")
        self.refresh("2026-03-16")
        self.deliver(order, at="2026-03-16 14:00:00")
        self.assertCommitment(order, status="delivered", delay_working_days=1)
        self.assertCause(order, "picking")

    def test_goods_that_came_too_late_stay_the_suppliers(self):
        receipt = self.receive(self.scarce, 5, "2026-03-18")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.refresh("2026-03-16")
        with self.act("2026-03-18 09:00:00"):
            receipt.write({"quantity": 5, "picked": True})
            self._validate(receipt.picking_id)
            self._run_engine()
        self.assertEqual(order.picking_ids.state, "assigned")
        self.assertCause(order, "supplier")
        self.deliver(order, at="2026-03-19 09:00:00")
        self.assertCommitment(order, status="delivered", evidence_move_id=receipt)
        self.assertCause(order, "supplier")

    def test_goods_that_came_in_time_and_stay_are_a_matter_of_picking(self):
        receipt = self.receive(self.scarce, 5, "2026-03-18")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        with self.act("2026-03-12 09:00:00"):
            receipt.write({"quantity": 5, "picked": True})
            self._validate(receipt.picking_id)
            self._run_engine()
        self.refresh("2026-03-16")
        self.assertCommitment(order, status="late", evidence_move_id=receipt.browse())
        self.assertCause(order, "picking")

    def test_delivered_on_time_after_all_has_no_cause(self):
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCause(order, "shortage")
        with self.act("2026-03-10 09:00:00"):
            self._set_stock(self.scarce, 5)
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(order, status="delivered", on_time_count=1)
        self.assertCause(order, False)

    def test_later_date_the_customer_asked_for_is_his(self):
        order = self.sell(5, promise="2026-03-13")
        self.change_promise(order, "2026-03-20", "customer", at="2026-03-05 09:00:00")
        self.refresh("2026-03-05")
        self.assertCommitment(order, status="on_time")
        self.assertCause(order, "customer_request")
        self.deliver(order, at="2026-03-19 09:00:00")
        self.assertCause(order, "customer_request")

    def test_hold_is_not_explained_by_goods(self):
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCause(order, "shortage")
        with self.act("2026-03-03 09:00:00"):
            order.adv_commitment_ids.is_hold = True
            self.env["adv.commitment"]._refresh(order.order_line.ids)
        self.assertCommitment(order, status="at_risk")
        self.assertCause(order, False)

    def test_archived_cause_is_not_proposed(self):
        self.get_cause("shortage").active = False
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCause(order, False)

    # Chosen ---------------------------------------------------------------------------

    def test_cause_that_a_person_chose_stays(self):
        user = self._create_user("desk", "adv_management.group_adv_user")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        order.adv_commitment_ids.with_user(user).cause_id = self.get_cause(
            "force_majeure"
        )
        self.refresh("2026-03-16")
        self.assertCommitment(order, status="late", is_cause_manual=True)
        self.assertCause(order, "force_majeure")

    def test_emptied_cause_is_proposed_again(self):
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        order.adv_commitment_ids.cause_id = self.get_cause("force_majeure")
        order.adv_commitment_ids.cause_id = False
        self.refresh("2026-03-04")
        self.assertCommitment(order, is_cause_manual=False)
        self.assertCause(order, "shortage")

    def test_causes_of_the_history_are_proposed_by_the_first_run(self):
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        fine = self.sell(5, promise="2026-03-13")
        self.env.cr.execute("UPDATE adv_commitment SET cause_id = NULL")
        self.env.invalidate_all()
        post_init_hook(self.env)
        self.env.cr.flush()
        self.env.cr.execute("SELECT sale_line_id FROM adv_commitment_todo")
        noted = {line for (line,) in self.env.cr.fetchall()}
        self.assertIn(order.order_line.id, noted)
        self.assertNotIn(fine.order_line.id, noted)
        self.refresh("2026-03-03")
        self.assertEqual(order.adv_commitment_ids.cause_id.code, "shortage")
