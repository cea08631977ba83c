"""More than was promised first: increases and deliveries beyond the order."""

from odoo.tests import tagged

from ..common import AdvCommon

_FIRST = (
    "date_first_promise",
    "date_headline",
    "qty_first_promise",
    "first_qty_on_time",
    "first_due_count",
    "first_on_time_count",
    "first_in_full_count",
    "first_otif_count",
    "first_delay_days",
    "first_delay_working_days",
)


@tagged("post_install", "-at_install")
class TestIncreases(AdvCommon):
    def _first(self, order):
        return order.adv_commitment_ids.read(_FIRST, load=None)[0]

    def test_increase_raises_what_was_ordered_only(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 15, "2026-03-05 09:00:00")
        self.assertCommitment(
            order, qty_ordered=15, qty_first_promise=10, qty_open=15, amount_open=150
        )
        revision = order.adv_commitment_ids.revision_ids
        self.assertEqual(
            (
                revision.origin,
                revision.source,
                revision.qty_delta,
                str(revision.date_effective),
            ),
            ("customer", "increase", 5, "2026-03-05"),
        )

    def test_first_promise_is_kept_when_only_the_increase_is_late(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 15, "2026-03-05 09:00:00")
        self.deliver(order, 10, at="2026-03-10 09:00:00")
        self.refresh("2026-03-11")
        self.assertCommitment(
            order,
            status="late",
            qty_open=5,
            otif_count=0,
            first_otif_count=1,
            first_qty_on_time=10,
        )
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(
            order,
            qty_delivered=15,
            qty_on_time=10,
            delay_days=2,
            on_time_count=0,
            in_full_count=1,
            otif_count=0,
            first_on_time_count=1,
            first_otif_count=1,
            first_delay_days=0,
        )

    def test_increase_after_complete_delivery_reopens_and_leaves_the_first_promise(
        self,
    ):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, at="2026-03-09 09:00:00")
        before = self._first(order)
        self.set_quantity(order, 15, "2026-03-10 09:00:00")
        self.assertCommitment(
            order, qty_ordered=15, qty_delivered=10, qty_open=5, date_delivered=False
        )
        self.assertNotEqual(order.adv_commitment_ids.status, "delivered")
        self.assertEqual(self._first(order), before)
        self.refresh("2026-03-11")
        self.assertCommitment(order, status="late", due_count=1, otif_count=0)
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(
            order, status="delivered", delay_days=2, in_full_count=1, otif_count=0
        )
        self.assertEqual(self._first(order), before)

    def test_increase_taken_back_is_a_cut(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 15, "2026-03-05 09:00:00")
        self.set_quantity(order, 10, "2026-03-06 09:00:00")
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order,
            qty_ordered=15,
            on_time_count=1,
            in_full_count=0,
            first_on_time_count=1,
            first_in_full_count=1,
        )

    def test_increase_taken_back_is_no_discount_on_the_first_promise(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 15, "2026-03-05 09:00:00")
        self.set_quantity(order, 10, "2026-03-06 09:00:00")
        self.deliver(order, 5, at="2026-03-09 09:00:00")
        self.refresh("2026-03-11")
        self.assertCommitment(
            order, status="late", qty_open=5, first_on_time_count=0, first_due_count=1
        )
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(
            order, first_on_time_count=0, first_in_full_count=1, first_delay_days=2
        )

    def test_two_increases_add_up(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 12, "2026-03-05 09:00:00")
        self.set_quantity(order, 15, "2026-03-06 09:00:00")
        self.assertCommitment(order, qty_ordered=15)
        deltas = order.adv_commitment_ids.revision_ids.sorted("id").mapped("qty_delta")
        self.assertEqual(deltas, [2, 3])

    def test_more_than_ordered_is_delivered(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 12, at="2026-03-09 09:00:00")
        self.assertCommitment(
            order,
            qty_ordered=10,
            qty_delivered=12,
            qty_on_time=10,
            qty_open=0,
            amount_open=0,
            otif_count=1,
        )
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_order_raised_to_what_was_delivered_beyond_it(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 12, at="2026-03-09 09:00:00")
        self.set_quantity(order, 12, "2026-03-16 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            qty_ordered=12,
            date_delivered="2026-03-09",
            otif_count=1,
        )
