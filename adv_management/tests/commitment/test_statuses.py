"""How an open promise stands, day by day."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestStatuses(AdvCommon):
    def assertStatuses(self, order, **by_day):
        """Check the status on days of March 2026, given as ``d09="on_time"``."""
        for day, status in by_day.items():
            self.refresh(f"2026-03-{day[1:]}")
            self.assertEqual(order.adv_commitment_ids.status, status, day)

    def _scarce(self, stock=0):
        return self._create_product("Rare wood", stock=stock)

    def _plan(self, order, moment):
        """Reschedule the open delivery, as a planner does on the transfer."""
        order.picking_ids.scheduled_date = moment

    def test_reserved_line_is_on_time_until_its_day(self):
        order = self.sell(10, promise="2026-03-10")
        self.assertStatuses(
            order, d03="on_time", d06="on_time", d09="on_time", d10="on_time"
        )

    def test_late_from_the_day_after_the_promise(self):
        order = self.sell(10, promise="2026-03-10")
        self.refresh("2026-03-10")
        self.assertCommitment(order, due_count=0, delay_days=0, first_due_count=0)
        self.refresh("2026-03-11")
        self.assertCommitment(
            order,
            status="late",
            due_count=1,
            on_time_count=0,
            in_full_count=0,
            otif_count=0,
            first_due_count=1,
            first_otif_count=0,
            delay_days=1,
            delay_working_days=1,
        )

    def test_delay_of_an_open_line_grows_with_the_days(self):
        order = self.sell(10, promise="2026-03-10")
        self.refresh("2026-03-16")
        self.assertCommitment(
            order,
            delay_days=6,
            delay_working_days=4,
            first_delay_days=6,
            first_delay_working_days=4,
        )

    def test_not_reserved_within_two_working_days_is_at_risk(self):
        order = self.sell_unreserved(10, promise="2026-03-10")
        self.assertStatuses(
            order,
            d05="on_time",
            d06="on_time",
            d09="at_risk",
            d10="at_risk",
            d11="late",
        )

    def test_goods_that_are_nowhere_will_be_late_at_once(self):
        order = self.sell((self._scarce(), 10), promise="2026-03-10")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)
        self.assertStatuses(order, d09="will_be_late", d10="will_be_late", d11="late")

    def test_partly_there_will_be_late_as_well(self):
        order = self.sell((self._scarce(stock=9), 10), promise="2026-03-10")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)

    def test_partly_reserved_is_at_risk(self):
        order = self.sell_unreserved(10, promise="2026-03-10")
        with self.act("2026-03-03 09:00:00"):
            order.picking_ids.move_ids.quantity = 9
            self._run_engine()
        self.assertEqual(order.picking_ids.move_ids.state, "partially_available")
        self.assertStatuses(order, d06="on_time", d09="at_risk")

    def test_reserving_the_goods_ends_the_risk(self):
        order = self.sell_unreserved(10, promise="2026-03-10")
        self.assertStatuses(order, d09="at_risk")
        with self.act("2026-03-09 12:00:00"):
            order.picking_ids.action_assign()
            self._run_engine()
        self.assertCommitment(order, status="on_time")

    def test_unreserving_the_goods_brings_the_risk_back(self):
        order = self.sell(10, promise="2026-03-10")
        self.assertStatuses(order, d09="on_time")
        with self.act("2026-03-09 12:00:00"):
            order.picking_ids.do_unreserve()
            self._run_engine()
        self.assertCommitment(order, status="at_risk")

    def test_buffer_of_the_company_decides_how_early_the_risk_shows(self):
        self.company.adv_risk_buffer_days = 4
        order = self.sell_unreserved(10, promise="2026-03-10")
        self.assertStatuses(order, d04="on_time", d05="at_risk")

    def test_without_buffer_nothing_is_at_risk_for_want_of_reservation(self):
        self.company.adv_risk_buffer_days = 0
        order = self.sell_unreserved(10, promise="2026-03-10")
        self.assertStatuses(order, d09="on_time", d10="on_time", d11="late")

    def test_overdue_transfer_is_at_risk_while_the_promise_is_not(self):
        order = self.sell(10, promise="2026-03-10")
        self._plan(order, "2026-03-04 09:00:00")
        self.assertStatuses(order, d04="on_time", d05="at_risk")
        self.assertCommitment(order, date_predicted="2026-03-05")

    def test_transfer_planned_after_the_promise_will_be_late(self):
        order = self.sell(10, promise="2026-03-10")
        self.assertCommitment(order, date_predicted="2026-03-10", status="on_time")
        self._plan(order, "2026-03-12 09:00:00")
        self.assertStatuses(order, d04="will_be_late")
        self.assertCommitment(
            order, date_predicted="2026-03-12", date_promise="2026-03-10", due_count=0
        )
        self._plan(order, "2026-03-10 21:00:00")
        self.assertStatuses(order, d04="on_time")

    def test_transfer_planned_after_midnight_local_will_be_late(self):
        order = self.sell(10, promise="2026-03-10")
        self._plan(order, "2026-03-10 23:30:00")
        self.assertStatuses(order, d04="will_be_late")

    def test_without_any_move_there_is_no_supply(self):
        order = self.sell(10, promise="2026-03-10")
        order.picking_ids.action_cancel()
        order.order_line.move_ids.unlink()
        self.assertStatuses(order, d04="will_be_late")
        self.assertCommitment(order, date_predicted=False, qty_open=10)

    def test_hold_is_a_risk_and_not_a_lack_of_supply(self):
        order = self.sell(10, promise="2026-03-10")
        order.picking_ids.action_cancel()
        order.order_line.move_ids.unlink()
        order.adv_commitment_ids.sudo().is_hold = True
        self.assertStatuses(order, d04="at_risk", d10="at_risk", d11="late")

    def test_delivered_line_is_out_of_the_clock(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, at="2026-03-06 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-06",
            date_predicted=False,
            date_next_check=False,
            qty_delivered=10,
            qty_on_time=10,
            qty_open=0,
            due_count=1,
            on_time_count=1,
            in_full_count=1,
            otif_count=1,
            first_otif_count=1,
            delay_days=-4,
            delay_working_days=-2,
        )

    def test_worst_line_speaks_for_the_order(self):
        order = self.sell(10, 10, (self._scarce(), 1), promise="2026-03-10")
        _reserved, unreserved, missing = order.order_line
        with self.act("2026-03-03 09:00:00"):
            unreserved.move_ids._do_unreserve()
            self._run_engine()
        self.refresh("2026-03-09")
        self.assertEqual(
            order.adv_commitment_ids.sorted("id").mapped("status"),
            ["on_time", "at_risk", "will_be_late"],
        )
        self.assertEqual(order.adv_commitment_status, "will_be_late")
        with self.act("2026-03-09 12:00:00"):
            missing.product_uom_qty = 0
            self._run_engine()
        self.assertEqual(order.adv_commitment_status, "at_risk")
