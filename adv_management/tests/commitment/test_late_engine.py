"""An engine that comes late: what happened counts on the day on which it happened."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestLateEngine(AdvCommon):
    def test_cut_after_the_promise_is_not_dated_by_an_earlier_note(self):
        order = self.sell(1, promise="2026-03-06")
        self._unreserve(order, "2026-03-06 08:00:00")
        self._cancel(order, "2026-03-07 08:00:00")
        self.refresh("2026-03-09")
        self.assertCut(order, "2026-03-07")
        self.assertCommitment(
            order, status="cancelled", due_count=1, on_time_count=0, in_full_count=0
        )

    def test_cut_in_time_is_not_dated_by_a_later_note(self):
        order = self.sell(10, promise="2026-03-06")
        self.deliver(order, 4, at="2026-03-04 08:00:00")
        self._cancel(order, "2026-03-06 08:00:00")
        with self.act("2026-03-09 08:00:00"):
            order.order_line.price_unit = 12
            self.env.cr.flush()
        self.refresh("2026-03-09")
        self.assertCut(order, "2026-03-06")
        self.assertCommitment(order, on_time_count=1, in_full_count=0)

    def test_lowered_quantity_is_dated_by_its_own_note(self):
        order = self.sell(10, promise="2026-03-06")
        self._unreserve(order, "2026-03-05 08:00:00")
        with self.act("2026-03-07 08:00:00"):
            order.order_line.product_uom_qty = 6
            self.env.cr.flush()
        self.refresh("2026-03-09")
        self.assertCut(order, "2026-03-07")

    def test_cancelled_order_is_dated_by_its_own_note(self):
        order = self.sell(10, promise="2026-03-06")
        self._unreserve(order, "2026-03-05 08:00:00")
        with self.act("2026-03-07 08:00:00"):
            order._action_cancel()
            self.env.cr.flush()
        self.refresh("2026-03-09")
        self.assertCut(order, "2026-03-07")

    def test_quantity_is_dated_by_the_first_note_that_has_it(self):
        order = self.sell(10, promise="2026-03-06")
        for day, qty in (("04", 8), ("05", 6), ("07", 6)):
            with self.act(f"2026-03-{day} 08:00:00"):
                order.order_line.write({"product_uom_qty": qty, "price_unit": int(day)})
                self.env.cr.flush()
        self.refresh("2026-03-09")
        self.assertCut(order, "2026-03-05")

    # Without the engine ---------------------------------------------------------------

    def _unreserve(self, order, at):
        with self.act(at):
            order.picking_ids.do_unreserve()
            self.env.cr.flush()

    def _cancel(self, order, at):
        with self.act(at):
            order.picking_ids.filtered(
                lambda each: each.state != "done"
            ).action_cancel()
            self.env.cr.flush()

    def assertCut(self, order, day):
        cuts = order.adv_revision_ids.filtered(lambda each: each.qty_delta < 0)
        self.assertEqual([str(cut.date_effective) for cut in cuts], [day])
