"""Goods that come back: returns, exchanges, and what they leave alone."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestReturns(AdvCommon):
    def _delivered(self):
        order = self.sell(10, promise="2026-03-10")
        return order, self.deliver(order, at="2026-03-09 09:00:00")

    def test_return_after_completion_leaves_the_result(self):
        order, picking = self._delivered()
        before = order.adv_commitment_ids.read(
            ["date_delivered", "qty_delivered", "otif_count", "qty_on_time"]
        )
        self.take_back(picking, 3, at="2026-03-09 15:00:00")
        self.refresh("2026-03-20")
        self.assertEqual(
            order.adv_commitment_ids.read(
                ["date_delivered", "qty_delivered", "otif_count", "qty_on_time"]
            ),
            before,
        )
        self.assertCommitment(
            order, status="delivered", qty_open=0, date_next_check=False
        )
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_return_of_everything_leaves_the_result(self):
        order, picking = self._delivered()
        self.take_back(picking, 10, at="2026-03-16 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            qty_delivered=10,
            otif_count=1,
            date_delivered="2026-03-09",
        )

    def test_return_with_refund_leaves_the_result(self):
        order, picking = self._delivered()
        back = self.take_back(picking, 3, at="2026-03-16 09:00:00")
        back.move_ids.to_refund = True
        self.refresh("2026-03-17")
        self.assertEqual(order.order_line.qty_delivered, 7)
        self.assertCommitment(order, status="delivered", qty_delivered=10, otif_count=1)

    def test_exchange_of_a_late_line_stays_late(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, at="2026-03-12 09:00:00")
        self.take_back(picking, 3, at="2026-03-13 09:00:00", exchange=True)
        self.deliver(order, at="2026-03-16 09:00:00")
        self.assertCommitment(
            order, delay_days=2, on_time_count=0, in_full_count=1, qty_delivered=10
        )

    def test_return_before_completion_is_still_owed(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, 6, at="2026-03-05 09:00:00")
        self.take_back(picking, 2, at="2026-03-06 09:00:00", exchange=True)
        self.assertCommitment(order, qty_open=6, date_delivered=False)
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            qty_delivered=10,
            date_delivered="2026-03-10",
            otif_count=1,
        )

    def test_exchange_before_completion_that_leaves_late_is_late(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, 6, at="2026-03-05 09:00:00")
        self.take_back(picking, 2, at="2026-03-06 09:00:00", exchange=True)
        self.deliver(order, 4, at="2026-03-09 09:00:00")
        self.assertCommitment(order, qty_delivered=8, qty_open=2, date_delivered=False)
        self.refresh("2026-03-11")
        self.assertCommitment(order, status="late", qty_on_time=8)
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(
            order, qty_delivered=10, delay_days=2, on_time_count=0, in_full_count=1
        )

    def test_goods_returned_before_completion_and_not_replaced_close_the_line(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, 6, at="2026-03-05 09:00:00")
        self.take_back(picking, 2, at="2026-03-06 09:00:00")
        self.assertCommitment(order, qty_open=6, date_delivered=False)
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            qty_open=0,
            date_delivered="2026-03-10",
            otif_count=1,
        )

    def test_return_and_new_delivery_the_same_day_count_in_the_order_they_happened(
        self,
    ):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, 6, at="2026-03-10 08:00:00")
        self.take_back(picking, 6, at="2026-03-10 09:00:00", exchange=True)
        self.deliver(order, at="2026-03-10 10:00:00")
        self.assertCommitment(order, status="delivered", qty_delivered=10, otif_count=1)

    def test_goods_that_came_back_are_no_cut(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, 6, at="2026-03-05 09:00:00")
        self.cancel_rest(order, at="2026-03-05 10:00:00")
        with self.act("2026-03-06 09:00:00"):
            order.order_line.product_uom_qty = 11
            self._run_engine()
        self.take_back(picking, 3, at="2026-03-09 09:00:00")
        history = order.adv_commitment_ids.revision_ids
        self.assertEqual(sorted(history.mapped("qty_delta")), [-4, 1, 4])
        self.assertCommitment(order, qty_ordered=11, qty_open=8, date_delivered=False)

    def test_return_that_waits_changes_nothing(self):
        order, picking = self._delivered()
        with self.act("2026-03-12 09:00:00"):
            wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
            wizard.product_return_moves.quantity = 4
            wizard.action_create_returns()
            self._run_engine()
        self.assertCommitment(
            order, status="delivered", qty_open=0, date_predicted=False
        )

    def test_open_line_is_not_predicted_by_a_return_that_waits(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, 6, at="2026-03-05 09:00:00")
        with self.act("2026-03-05 12:00:00"):
            wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
            wizard.product_return_moves.quantity = 4
            back = self.env["stock.picking"].browse(
                wizard.action_create_returns()["res_id"]
            )
            back.move_ids.date = "2026-03-30 09:00:00"
            self._run_engine()
        self.assertCommitment(
            order, status="on_time", date_predicted="2026-03-10", qty_open=4
        )
