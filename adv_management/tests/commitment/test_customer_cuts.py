"""Cuts that the customer asked for are put in his name."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestCustomerCuts(AdvCommon):
    def test_cut_the_customer_asked_for_lowers_what_was_ordered(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 7, "2026-03-06 09:00:00")
        with self.act("2026-03-06 10:00:00"):
            order.adv_commitment_ids.revision_ids.action_reclassify_as_customer()
        self.assertCommitment(order, qty_ordered=7, qty_open=7)
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, first_otif_count=1, first_in_full_count=1)
        self.assertEqual(self.get_rates(order), [1, 1, 1, 1])
        self.assertEqual(
            self.get_cuts(order),
            [
                ("internal", "decrease", -3, "2026-03-06"),
                ("internal", "reclassified", 3, "2026-03-06"),
                ("customer", "reclassified", -3, "2026-03-06"),
            ],
        )

    def test_cut_asked_for_after_the_promise_does_not_repair_on_time(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-09 09:00:00")
        self.cancel_rest(order, at="2026-03-12 09:00:00")
        with self.act("2026-03-12 10:00:00"):
            order.adv_commitment_ids.revision_ids.action_reclassify_as_customer()
        self.assertCommitment(
            order,
            qty_ordered=8,
            status="delivered",
            date_delivered="2026-03-12",
            delay_days=2,
        )
        self.assertEqual(self.get_rates(order), [1, 0, 1, 0])

    def test_rest_waived_by_the_customer_in_time_is_in_full(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-06 09:00:00")
        self.cancel_rest(order, at="2026-03-09 09:00:00")
        with self.act("2026-03-12 10:00:00"):
            order.adv_commitment_ids.revision_ids.action_reclassify_as_customer()
        self.assertCommitment(
            order,
            qty_ordered=8,
            qty_open=0,
            date_delivered="2026-03-09",
            first_otif_count=1,
        )
        self.assertEqual(self.get_rates(order), [1, 1, 1, 1])

    def test_line_raised_after_the_customer_waived_its_rest(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-06 09:00:00")
        self.cancel_rest(order, at="2026-03-09 09:00:00")
        with self.act("2026-03-09 10:00:00"):
            order.adv_commitment_ids.revision_ids.action_reclassify_as_customer()
        self.set_quantity(order, 12, "2026-03-09 11:00:00")
        self.assertCommitment(order, qty_ordered=12, qty_open=4)

    def test_cancellation_asked_for_after_the_promise_is_due_and_fails(self):
        order = self.sell(10, promise="2026-03-10")
        self.cancel_rest(order, at="2026-03-12 09:00:00")
        self.assertEqual(self.get_rates(order), [1, 0, 0, 0])
        with self.act("2026-03-12 10:00:00"):
            order.adv_commitment_ids.revision_ids.action_reclassify_as_customer()
        self.assertCommitment(
            order, status="cancelled", qty_ordered=0, first_otif_count=0
        )
        self.assertEqual(self.get_rates(order), [1, 0, 0, 0])

    def test_only_our_own_cuts_can_be_put_in_the_customers_name(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 12, "2026-03-06 09:00:00")
        with self.assertRaises(UserError):
            order.adv_commitment_ids.revision_ids.action_reclassify_as_customer()

    def test_cut_cannot_be_put_in_the_customers_name_twice(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 7, "2026-03-06 09:00:00")
        cut = order.adv_commitment_ids.revision_ids
        cut.action_reclassify_as_customer()
        with self.assertRaises(UserError):
            cut.action_reclassify_as_customer()
        self.assertCommitment(order, qty_ordered=7)
