"""Orders cancelled, reopened and confirmed again."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestCancel(AdvCommon):
    def _cancel(self, order, at):
        with self.act(at):
            order._action_cancel()
            self._run_engine()

    def _reconfirm(self, order, at, **vals):
        with self.act(at):
            order.action_draft()
            order.write(vals)
            order.action_confirm()
            self._run_engine()

    def _history(self, order):
        return [
            (
                revision.kind,
                revision.source,
                revision.qty_delta,
                str(revision.date_new or ""),
            )
            for revision in order.adv_commitment_ids.revision_ids.sorted("id")
        ]

    def test_cancelled_before_the_promise_is_not_due(self):
        order = self.sell(10, promise="2026-03-10")
        self._cancel(order, "2026-03-06 09:00:00")
        self.assertCommitment(
            order,
            status="cancelled",
            qty_ordered=10,
            qty_open=0,
            amount_open=0,
            due_count=0,
            first_due_count=0,
            delay_days=0,
            date_delivered=False,
            date_predicted=False,
            date_next_check=False,
        )
        self.assertEqual(
            self._history(order), [("quantity", "order_cancelled", -10, "")]
        )
        self.refresh("2026-03-20")
        self.assertCommitment(order, status="cancelled", due_count=0)

    def test_cancelled_on_the_promise_day_is_not_due(self):
        order = self.sell(10, promise="2026-03-10")
        self._cancel(order, "2026-03-10 22:30:00")
        self.assertCommitment(order, status="cancelled", due_count=0)

    def test_cancelled_after_the_promise_is_due_and_fails(self):
        order = self.sell(10, promise="2026-03-10")
        self._cancel(order, "2026-03-11 09:00:00")
        self.assertCommitment(
            order,
            status="cancelled",
            due_count=1,
            on_time_count=0,
            in_full_count=0,
            otif_count=0,
            first_due_count=1,
            first_otif_count=0,
        )

    def test_cancelled_in_time_with_a_part_delivered_is_not_in_full(
        self,
    ):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 6, at="2026-03-05 09:00:00")
        self._cancel(order, "2026-03-06 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-06",
            qty_delivered=6,
            qty_open=0,
            due_count=1,
            on_time_count=1,
            in_full_count=0,
            otif_count=0,
        )

    def test_cancelled_after_the_promise_with_a_part_delivered_is_late(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 6, at="2026-03-05 09:00:00")
        self._cancel(order, "2026-03-12 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            qty_on_time=6,
            delay_days=2,
            due_count=1,
            on_time_count=0,
            in_full_count=0,
        )

    def test_cancelled_after_complete_delivery_keeps_its_result(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, at="2026-03-09 09:00:00")
        self._cancel(order, "2026-03-16 09:00:00")
        self.assertCommitment(
            order, status="delivered", otif_count=1, date_delivered="2026-03-09"
        )
        self.assertFalse(self._history(order))

    def test_confirmed_again_reopens_the_same_row(self):
        order = self.sell(10, promise="2026-03-10")
        commitment = order.adv_commitment_ids
        self._cancel(order, "2026-03-05 09:00:00")
        self._reconfirm(order, "2026-03-06 09:00:00")
        self.assertEqual(order.adv_commitment_ids, commitment)
        self.assertCommitment(
            order,
            status="on_time",
            date_confirmed="2026-03-02",
            date_first_promise="2026-03-10",
            date_promise="2026-03-10",
            qty_first_promise=10,
            qty_open=10,
        )
        self.assertEqual(
            self._history(order),
            [
                ("quantity", "order_cancelled", -10, ""),
                ("quantity", "restored", 10, ""),
            ],
        )
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, otif_count=1, first_otif_count=1)

    def test_confirmed_again_for_another_day_is_an_internal_change(self):
        order = self.sell(10, promise="2026-03-10")
        self._cancel(order, "2026-03-05 09:00:00")
        self._reconfirm(
            order, "2026-03-06 09:00:00", commitment_date="2026-03-17 12:00:00"
        )
        self.assertCommitment(
            order,
            date_first_promise="2026-03-10",
            date_promise="2026-03-10",
            status="will_be_late",
        )
        change = order.adv_commitment_ids.revision_ids.filtered(
            lambda revision: revision.kind == "date"
        )
        self.assertEqual(
            (
                change.source,
                change.origin,
                change.is_accepted,
                str(change.date_old),
                str(change.date_new),
            ),
            ("reconfirmed", "internal", False, "2026-03-10", "2026-03-17"),
        )

    def test_confirmed_again_within_one_transaction_notes_the_other_day(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-06 09:00:00"):
            order._action_cancel()
            order.action_draft()
            order.commitment_date = "2026-03-17 12:00:00"
            order.action_confirm()
            self._run_engine()
        self.assertCommitment(
            order, date_promise="2026-03-10", status="will_be_late", qty_open=10
        )
        self.assertEqual(
            self._history(order), [("date", "reconfirmed", 0, "2026-03-17")]
        )

    def test_confirmed_again_with_more_is_an_increase(self):
        order = self.sell(10, promise="2026-03-10")
        self._cancel(order, "2026-03-05 09:00:00")
        with self.act("2026-03-06 09:00:00"):
            order.action_draft()
            order.order_line.product_uom_qty = 12
            order.action_confirm()
            self._run_engine()
        self.assertCommitment(
            order, qty_first_promise=10, qty_ordered=12, qty_open=12, status="on_time"
        )

    def test_confirmed_again_with_less_is_a_cut(self):
        order = self.sell(10, promise="2026-03-10")
        self._cancel(order, "2026-03-05 09:00:00")
        with self.act("2026-03-06 09:00:00"):
            order.action_draft()
            order.order_line.product_uom_qty = 7
            order.action_confirm()
            self._run_engine()
        self.assertCommitment(order, qty_ordered=10, qty_open=7, status="on_time")
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, on_time_count=1, in_full_count=0)

    def test_confirmed_again_after_the_promise_is_late(self):
        order = self.sell(10, promise="2026-03-10")
        self._cancel(order, "2026-03-06 09:00:00")
        self._reconfirm(order, "2026-03-12 09:00:00")
        self.assertCommitment(
            order, status="late", due_count=1, first_due_count=1, delay_days=2
        )

    def test_line_added_while_reopened_is_promised_from_the_new_confirmation(self):
        order = self.sell(10, promise="2026-03-10")
        other = self._create_product("Lamp")
        self._cancel(order, "2026-03-05 09:00:00")
        with self.act("2026-03-06 09:00:00"):
            order.action_draft()
            order.order_line.create(
                {"order_id": order.id, "product_id": other.id, "product_uom_qty": 2}
            )
            order.action_confirm()
            self._run_engine()
        added = order.adv_commitment_ids.filtered(lambda row: row.product_id == other)
        self.assertCommitment(
            added,
            date_confirmed="2026-03-06",
            date_first_promise="2026-03-10",
            qty_ordered=2,
        )

    def test_product_changed_while_reopened_is_promised_instead(self):
        order = self.sell(10, promise="2026-03-10")
        other = self._create_product("Lamp")
        self._cancel(order, "2026-03-05 09:00:00")
        with self.act("2026-03-06 09:00:00"):
            order.action_draft()
            order.order_line.product_id = other
            order.action_confirm()
            self._run_engine()
        self.assertCommitment(
            order, product_id=other, status="on_time", date_first_promise="2026-03-10"
        )
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, status="delivered", otif_count=1)

    def test_cancelled_order_that_is_deleted_takes_its_promises_along(self):
        order = self.sell(10, promise="2026-03-10")
        self._cancel(order, "2026-03-05 09:00:00")
        commitments = order.adv_commitment_ids
        order.unlink()
        self._run_engine()
        self.assertFalse(commitments.exists())
