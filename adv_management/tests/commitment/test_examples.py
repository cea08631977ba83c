"""The exact results on which the trade's figures rest (Europe/Paris, 2026)."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestExamples(AdvCommon):
    def test_shipped_at_half_past_midnight_is_one_day_late(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, at="2026-03-10 23:30:00")
        self.assertCommitment(
            order,
            date_promise="2026-03-10",
            date_delivered="2026-03-11",
            delay_days=1,
            delay_working_days=1,
            status="delivered",
            due_count=1,
            on_time_count=0,
            in_full_count=1,
            otif_count=0,
        )

    def test_rest_after_the_promise_fails_the_line(self):
        order = self.sell(100, promise="2026-03-10")
        self.deliver(order, 60, at="2026-03-09 10:00:00")
        self.refresh("2026-03-10")
        self.assertNotEqual(order.adv_commitment_ids.status, "late")
        self.refresh("2026-03-11")
        self.assertCommitment(
            order, status="late", delay_days=1, due_count=1, on_time_count=0
        )
        self.deliver(order, 40, at="2026-03-12 10:00:00")
        self.assertCommitment(
            order,
            on_time_count=0,
            otif_count=0,
            in_full_count=1,
            qty_on_time=60,
            delay_days=2,
            qty_delivered=100,
        )

    def test_accepted_date_counts_for_the_current_promise_only(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "accepted", at="2026-03-08 09:00:00")
        self.deliver(order, at="2026-03-16 10:00:00")
        self.assertCommitment(
            order,
            date_first_promise="2026-03-10",
            date_promise="2026-03-17",
            on_time_count=1,
            first_on_time_count=0,
            first_delay_working_days=4,
        )

    def test_date_not_accepted_is_late_on_both(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "internal", at="2026-03-08 09:00:00")
        self.assertCommitment(
            order,
            date_promise="2026-03-10",
            date_predicted="2026-03-17",
            status="will_be_late",
        )
        self.deliver(order, at="2026-03-16 10:00:00")
        self.assertCommitment(
            order,
            date_promise="2026-03-10",
            on_time_count=0,
            first_on_time_count=0,
            delay_working_days=4,
            first_delay_working_days=4,
        )

    def test_exchange_does_not_reopen_the_line(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, at="2026-03-09 10:00:00")
        self.take_back(picking, 3, at="2026-03-12 10:00:00", exchange=True)
        self.assertCommitment(
            order,
            status="delivered",
            otif_count=1,
            date_delivered="2026-03-09",
            qty_delivered=10,
        )
        self.deliver(order, at="2026-03-16 10:00:00")
        self.assertCommitment(
            order, status="delivered", otif_count=1, date_delivered="2026-03-09"
        )

    def _four_lines(self, cut_at):
        """Four lines due on the 10th; the rest of the third is cut at this time."""
        orders = [self.sell(10, promise="2026-03-10") for _line in range(4)]
        self.deliver(orders[3], at="2026-03-08 10:00:00")
        self.deliver(orders[1], 6, at="2026-03-09 10:00:00")
        self.deliver(
            orders[2], 8, at="2026-03-10 10:00:00", backorder=cut_at > "2026-03-11"
        )
        self.deliver(orders[0], at="2026-03-10 22:30:00")
        self.deliver(orders[1], 4, at="2026-03-12 10:00:00")
        self.cancel_rest(orders[2], at=cut_at)
        return self.env["adv.commitment"].union(
            *[order.adv_commitment_ids for order in orders]
        )

    def _rates(self, lines):
        due = sum(lines.mapped("due_count"))
        return [
            100 * sum(lines.mapped("on_time_count")) / due,
            100 * sum(lines.mapped("in_full_count")) / due,
            100 * sum(lines.mapped("otif_count")) / due,
            100 * sum(lines.mapped("qty_on_time")) / sum(lines.mapped("qty_ordered")),
        ]

    def test_rates_of_four_lines(self):
        lines = self._four_lines(cut_at="2026-03-15 10:00:00")
        self.assertEqual(self._rates(lines), [50, 75, 50, 85])

    def test_rest_refused_by_the_promise_day_is_on_time_but_not_in_full(self):
        lines = self._four_lines(cut_at="2026-03-10 10:00:00")
        self.assertEqual(self._rates(lines), [75, 75, 50, 85])
