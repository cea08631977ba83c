"""Partial deliveries, backorders and what is never delivered."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestCuts(AdvCommon):
    # Backorders -----------------------------------------------------------------------

    def test_backorder_within_the_promise_is_on_time(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 4, at="2026-03-06 09:00:00")
        self.assertCommitment(
            order,
            status="on_time",
            qty_delivered=4,
            qty_open=6,
            amount_open=60,
            date_delivered=False,
        )
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, date_delivered="2026-03-10", qty_on_time=10)
        self.assertEqual(self.get_rates(order), [1, 1, 1, 1])
        self.assertFalse(self.get_cuts(order))

    def test_deliveries_that_share_a_day_add_up(self):
        order = self.sell(10, promise="2026-03-10")
        for hour in ("08", "10", "12"):
            self.deliver(order, 3, at=f"2026-03-10 {hour}:00:00")
        self.assertCommitment(order, qty_delivered=9, qty_open=1)
        self.deliver(order, at="2026-03-10 22:59:00")
        self.assertCommitment(order, date_delivered="2026-03-10", otif_count=1)

    def test_backorder_planned_after_the_promise_will_be_late(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 4, at="2026-03-06 09:00:00")
        order.picking_ids.filtered(
            lambda picking: picking.state != "done"
        ).scheduled_date = "2026-03-16 09:00:00"
        self.refresh("2026-03-06")
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-16")

    # Refused backorders ---------------------------------------------------------------

    def test_backorder_refused_before_the_promise(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-06 09:00:00", backorder=False)
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-06",
            qty_ordered=10,
            qty_delivered=8,
            qty_on_time=8,
            qty_open=0,
        )
        self.assertEqual(self.get_rates(order), [1, 1, 0, 0])
        self.assertEqual(
            self.get_cuts(order), [("internal", "rest_cancelled", -2, "2026-03-06")]
        )

    def test_backorder_refused_on_the_promise_day(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-10 22:30:00", backorder=False)
        self.assertEqual(self.get_rates(order), [1, 1, 0, 0])
        self.assertEqual(
            self.get_cuts(order), [("internal", "rest_cancelled", -2, "2026-03-10")]
        )

    def test_backorder_refused_after_the_promise_repairs_nothing(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-11 09:00:00", backorder=False)
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-11",
            delay_days=1,
            qty_on_time=0,
        )
        self.assertEqual(self.get_rates(order), [1, 0, 0, 0])

    def test_two_backorders_the_second_refused(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 4, at="2026-03-05 09:00:00")
        self.deliver(order, 3, at="2026-03-09 09:00:00", backorder=False)
        self.assertCommitment(
            order, qty_delivered=7, qty_open=0, date_delivered="2026-03-09"
        )
        self.assertEqual(
            self.get_cuts(order), [("internal", "rest_cancelled", -3, "2026-03-09")]
        )

    # Cancelled rests ------------------------------------------------------------------

    def test_rest_cancelled_by_the_promise_day(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-06 09:00:00")
        self.cancel_rest(order, at="2026-03-10 12:00:00")
        self.assertCommitment(
            order, status="delivered", qty_open=0, date_delivered="2026-03-10"
        )
        self.assertEqual(self.get_rates(order), [1, 1, 0, 0])
        self.assertEqual(
            self.get_cuts(order), [("internal", "rest_cancelled", -2, "2026-03-10")]
        )

    def test_rest_cancelled_after_the_promise(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-06 09:00:00")
        self.cancel_rest(order, at="2026-03-11 12:00:00")
        self.assertCommitment(
            order, status="delivered", qty_on_time=8, first_qty_on_time=8, delay_days=1
        )
        self.assertEqual(self.get_rates(order), [1, 0, 0, 0])

    def test_all_transfers_cancelled_before_the_promise_leave_nothing_due(self):
        order = self.sell(10, promise="2026-03-10")
        self.cancel_rest(order, at="2026-03-09 12:00:00")
        self.assertCommitment(
            order,
            status="cancelled",
            date_delivered=False,
            qty_open=0,
            first_due_count=0,
        )
        self.assertEqual(self.get_rates(order), [0, 0, 0, 0])

    # Lowered quantities ---------------------------------------------------------------

    def test_quantity_lowered_before_the_promise(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 7, "2026-03-06 09:00:00")
        self.assertCommitment(order, qty_ordered=10, qty_open=7, amount_open=70)
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order, qty_delivered=7, qty_ordered=10, date_delivered="2026-03-10"
        )
        self.assertEqual(self.get_rates(order), [1, 1, 0, 0])
        self.assertEqual(
            self.get_cuts(order), [("internal", "decrease", -3, "2026-03-06")]
        )

    def test_quantity_lowered_after_the_promise_repairs_nothing(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 7, at="2026-03-10 09:00:00")
        self.set_quantity(order, 7, "2026-03-11 09:00:00")
        self.assertCommitment(
            order, status="delivered", date_delivered="2026-03-11", qty_on_time=7
        )
        self.assertEqual(self.get_rates(order), [1, 0, 0, 0])

    def test_quantity_lowered_to_zero_cancels_the_promise(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 0, "2026-03-06 09:00:00")
        self.assertCommitment(
            order, status="cancelled", qty_open=0, amount_open=0, due_count=0
        )

    def test_cut_taken_back_never_happened(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 7, "2026-03-05 09:00:00")
        self.set_quantity(order, 10, "2026-03-06 09:00:00")
        self.assertCommitment(order, qty_ordered=10, qty_open=10)
        self.assertEqual(
            self.get_cuts(order),
            [
                ("internal", "decrease", -3, "2026-03-05"),
                ("internal", "restored", 3, "2026-03-06"),
            ],
        )
        self.deliver(order, 7, at="2026-03-09 09:00:00")
        self.refresh("2026-03-11")
        self.assertCommitment(order, status="late", qty_open=3)
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertEqual(self.get_rates(order), [1, 0, 1, 0])

    def test_cut_is_noted_once(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 7, "2026-03-05 09:00:00")
        for day in ("06", "09", "10", "11"):
            with self.act(f"2026-03-{day} 09:00:00"):
                self.env["adv.commitment"]._refresh(order.order_line.ids)
        self.assertEqual(len(self.get_cuts(order)), 1)

    def test_cut_is_signed_by_whoever_made_it(self):
        user = self._create_user("paule", "adv_management.group_adv_user")
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-05 09:00:00"):
            order.with_user(user).order_line.product_uom_qty = 7
            self._run_engine()
        self.assertEqual(order.adv_commitment_ids.revision_ids.user_id, user)
