"""Deliveries in one, two and three steps, where the last move comes into being last."""

from odoo.tests import tagged

from ..common import AdvCommon


class _Steps(AdvCommon):
    """A warehouse that delivers in several steps."""

    steps = "ship_only"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse.delivery_steps = cls.steps

    def _open(self, order):
        return order.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )

    def _step(self, order, qty=None, *, at, backorder=True):
        """Validate the earliest open transfer, as the warehouse does."""
        picking = self._open(order).sorted("id")[0]
        with self.act(at):
            picking.action_assign()
            move = picking.move_ids
            move.quantity = move.product_uom_qty if qty is None else qty
            move.picked = True
            self._validate(picking, backorder)
            self._run_engine()
        return picking


@tagged("post_install", "-at_install")
class TestTwoSteps(_Steps):
    steps = "pick_ship"

    def test_promise_holds_before_the_last_move_exists(self):
        order = self.sell(10, promise="2026-03-10")
        self.assertEqual(order.picking_ids.picking_type_id, self.warehouse.pick_type_id)
        self.assertCommitment(
            order,
            status="on_time",
            date_predicted="2026-03-10",
            qty_open=10,
            qty_delivered=0,
        )
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="on_time")

    def test_prediction_follows_the_pick(self):
        order = self.sell(10, promise="2026-03-10")
        self._open(order).scheduled_date = "2026-03-13 09:00:00"
        self.refresh("2026-03-03")
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-13")

    def test_pick_that_is_not_reserved_is_at_risk(self):
        order = self.sell_unreserved(10, promise="2026-03-10")
        self.refresh("2026-03-06")
        self.assertCommitment(order, status="on_time")
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="at_risk")

    def test_picked_goods_are_not_delivered(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, at="2026-03-06 09:00:00")
        self.assertEqual(self._open(order).picking_type_id, self.warehouse.out_type_id)
        self.assertCommitment(
            order, status="on_time", qty_delivered=0, qty_open=10, due_count=0
        )
        self._step(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order, status="delivered", date_delivered="2026-03-10", otif_count=1
        )

    def test_picked_goods_that_stay_are_late(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, at="2026-03-06 09:00:00")
        self.refresh("2026-03-11")
        self.assertCommitment(order, status="late", qty_open=10, otif_count=0)

    def test_partial_pick_with_backorder(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, 6, at="2026-03-05 09:00:00")
        self.assertCommitment(order, qty_open=10, qty_delivered=0, qty_ordered=10)
        self.assertEqual(
            sorted(self._open(order).move_ids.mapped("product_uom_qty")), [4, 6]
        )
        self.deliver(order, 6, at="2026-03-06 09:00:00")
        self.assertCommitment(
            order, qty_open=4, qty_delivered=6, qty_on_time=6, status="on_time"
        )
        self._step(order, at="2026-03-09 09:00:00")
        self._step(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, status="delivered", qty_delivered=10, otif_count=1)
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_backordered_pick_planned_late_will_be_late(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, 6, at="2026-03-05 09:00:00")
        rest = self._open(order).filtered(
            lambda picking: picking.picking_type_id == self.warehouse.pick_type_id
        )
        rest.scheduled_date = "2026-03-16 09:00:00"
        self.refresh("2026-03-05")
        self.assertCommitment(
            order, status="will_be_late", date_predicted="2026-03-16", qty_open=10
        )

    def test_backorder_of_the_pick_refused(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, 6, at="2026-03-05 09:00:00", backorder=False)
        self.assertCommitment(order, qty_open=6, qty_ordered=10, date_delivered=False)
        self._step(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order, status="delivered", qty_delivered=6, on_time_count=1, in_full_count=0
        )
        cut = order.adv_commitment_ids.revision_ids
        self.assertEqual((cut.qty_delta, str(cut.date_effective)), (-4, "2026-03-05"))

    def test_refused_at_both_steps(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, 8, at="2026-03-05 09:00:00", backorder=False)
        self._step(order, 5, at="2026-03-06 09:00:00", backorder=False)
        self.assertCommitment(
            order,
            status="delivered",
            qty_delivered=5,
            qty_open=0,
            on_time_count=1,
            in_full_count=0,
        )
        self.assertEqual(
            sorted(order.adv_commitment_ids.revision_ids.mapped("qty_delta")), [-3, -2]
        )

    def test_pick_cancelled(self):
        order = self.sell(10, promise="2026-03-10")
        self.cancel_rest(order, at="2026-03-06 09:00:00")
        self.assertCommitment(order, status="cancelled", due_count=0, qty_open=0)

    def test_delivery_cancelled_after_the_pick(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, at="2026-03-06 09:00:00")
        self.cancel_rest(order, at="2026-03-11 09:00:00")
        self.assertCommitment(
            order, status="cancelled", due_count=1, otif_count=0, qty_open=0
        )

    def test_backordered_pick_cancelled_before_the_rest_leaves(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, 6, at="2026-03-05 09:00:00")
        rest = self._open(order).filtered(
            lambda picking: picking.picking_type_id == self.warehouse.pick_type_id
        )
        with self.act("2026-03-06 09:00:00"):
            rest.action_cancel()
            self._run_engine()
        self.assertCommitment(order, qty_open=6, date_delivered=False)
        self._step(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order, status="delivered", on_time_count=1, in_full_count=0, qty_delivered=6
        )

    def test_increase_and_decrease_before_the_pick(self):
        order = self.sell(10, promise="2026-03-10")
        for qty, at in ((12, "2026-03-03 09:00:00"), (7, "2026-03-04 09:00:00")):
            with self.act(at):
                order.order_line.product_uom_qty = qty
                self._run_engine()
        self.assertCommitment(order, qty_ordered=12, qty_open=7, status="on_time")

    def test_increase_after_the_pick(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, at="2026-03-03 09:00:00")
        with self.act("2026-03-04 09:00:00"):
            order.order_line.product_uom_qty = 12
            self._run_engine()
        self.assertCommitment(order, qty_ordered=12, qty_open=12)
        for day in ("05", "06", "09", "10"):
            if self._open(order):
                self._step(order, at=f"2026-03-{day} 09:00:00")
        self.assertCommitment(order, status="delivered", qty_delivered=12, otif_count=1)

    def test_changed_promise_moves_the_pick(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "accepted", at="2026-03-06 09:00:00")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-17")
        self._step(order, at="2026-03-16 09:00:00")
        self._step(order, at="2026-03-17 09:00:00")
        self.assertCommitment(order, otif_count=1, first_otif_count=0)

    def test_return_goes_through_stock(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, at="2026-03-06 09:00:00")
        shipped = self._step(order, at="2026-03-09 09:00:00")
        self.take_back(shipped, 3, at="2026-03-12 09:00:00")
        self.refresh("2026-03-20")
        self.assertCommitment(
            order, status="delivered", qty_delivered=10, otif_count=1, qty_open=0
        )


@tagged("post_install", "-at_install")
class TestThreeSteps(_Steps):
    steps = "pick_pack_ship"

    def test_promise_holds_through_all_steps(self):
        order = self.sell(10, promise="2026-03-10")
        for day in ("05", "06"):
            self._step(order, at=f"2026-03-{day} 09:00:00")
            self.assertCommitment(
                order, status="on_time", qty_delivered=0, qty_open=10, qty_ordered=10
            )
        self.assertEqual(self._open(order).picking_type_id, self.warehouse.out_type_id)
        self._step(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order, status="delivered", date_delivered="2026-03-10", otif_count=1
        )
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_every_step_can_be_split(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, 6, at="2026-03-03 09:00:00")
        for day in ("04", "05", "06", "09"):
            self.assertCommitment(order, qty_ordered=10)
            self._step(order, at=f"2026-03-{day} 09:00:00")
        self.assertEqual(
            order.adv_commitment_ids.qty_open + order.adv_commitment_ids.qty_delivered,
            10,
        )
        while self._open(order):
            self._step(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, status="delivered", qty_delivered=10, otif_count=1)
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_pack_planned_late_will_be_late(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, at="2026-03-05 09:00:00")
        self._open(order).scheduled_date = "2026-03-12 09:00:00"
        self.refresh("2026-03-06")
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-12")

    def test_refused_at_the_pack(self):
        order = self.sell(10, promise="2026-03-10")
        self._step(order, at="2026-03-04 09:00:00")
        self._step(order, 7, at="2026-03-05 09:00:00", backorder=False)
        self.assertCommitment(order, qty_open=7)
        self._step(order, at="2026-03-10 09:00:00")
        self.assertCommitment(
            order, status="delivered", qty_delivered=7, on_time_count=1, in_full_count=0
        )
