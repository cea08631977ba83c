from odoo import Command
from odoo.tests import tagged

from .common import PapersCommon

MONDAY = "2026-03-02 08:00:00"  # 9:00 in Paris; people work from 8 to 17


@tagged("post_install", "-at_install")
class TestMeasured(PapersCommon):
    """Whether acknowledgements left in time, in the company's working hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_mode("manual", hours=8)

    def acknowledge_by_hand(self, order, at):
        with self.act(at):
            order.with_user(self.paule).action_adv_acknowledge()
        self.send(self.messages(order)[-1], at)
        self.run_queue(at)

    def row(self, order):
        row = order.adv_confirmation_ids
        row.invalidate_recordset()
        return row

    def assertMeasured(self, order, due, on_time):
        row = self.row(order)
        self.assertEqual((row.ack_due_count, row.ack_on_time_count), (due, on_time))

    def deadline(self, order):
        self.acknowledge(MONDAY)
        return str(self.row(order).date_ack_deadline)

    def test_the_target_is_in_working_hours(self):
        # 9:00 + 8 h of work: 17:00 in Paris
        self.assertEqual(self.deadline(self.sell(1, at=MONDAY)), "2026-03-02 16:00:00")
        # Friday 15:00: 2 h are left, 6 h more on Monday
        late = self.sell(1, at="2026-03-06 14:00:00")
        self.assertEqual(self.deadline(late), "2026-03-09 13:00:00")
        # Saturday: counted from Monday 8:00
        weekend = self.sell(1, at="2026-03-07 14:00:00")
        self.assertEqual(self.deadline(weekend), "2026-03-09 15:00:00")

    def test_a_public_holiday_does_not_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Lundi férié",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": "2026-03-08 23:00:00",
                "date_to": "2026-03-09 22:59:59",
            }
        )
        order = self.sell(1, at="2026-03-06 14:00:00")
        self.assertEqual(self.deadline(order), "2026-03-10 13:00:00")

    def test_another_company_s_holiday_is_a_day_of_work_here(self):
        other = self.env["res.company"].create({"name": "Ailleurs"})
        self.env["resource.calendar.leaves"].with_company(other).create(
            {
                "name": "Leur fête",
                "calendar_id": False,
                "date_from": "2026-03-08 23:00:00",
                "date_to": "2026-03-09 22:59:59",
            }
        )
        order = self.sell(1, at="2026-03-06 14:00:00")
        self.assertEqual(self.deadline(order), "2026-03-09 13:00:00")

    def test_a_company_without_calendar_works_day_and_night(self):
        self.company.resource_calendar_id = False
        order = self.sell(1, at="2026-03-07 14:00:00")
        self.assertEqual(self.deadline(order), "2026-03-07 22:00:00")

    def test_it_runs_from_the_reception_of_the_order(self):
        order = self.sell(
            1, at="2026-03-03 08:00:00", adv_date_received="2026-03-02 14:00:00"
        )
        self.assertEqual(self.deadline(order), "2026-03-03 13:00:00")

    def test_a_reception_told_later_moves_the_target(self):
        order = self.sell(1, at="2026-03-03 08:00:00")
        self.assertEqual(self.deadline(order), "2026-03-03 16:00:00")
        order.with_user(self.paule).adv_date_received = "2026-03-02 14:00:00"
        self.assertEqual(self.deadline(order), "2026-03-03 13:00:00")

    def test_a_reception_that_cannot_be_is_not_believed(self):
        order = self.sell(1, at=MONDAY, adv_date_received="2027-01-01 08:00:00")
        self.assertEqual(self.deadline(order), "2026-03-02 16:00:00")

    def test_a_target_changed_later_leaves_those_there_were(self):
        order = self.sell(1, at=MONDAY)
        self.assertEqual(self.deadline(order), "2026-03-02 16:00:00")
        self.set_mode("manual", hours=1)
        self.assertEqual(self.deadline(order), "2026-03-02 16:00:00")

    def test_left_within_the_target(self):
        order = self.sell(1, at=MONDAY)
        self.acknowledge_by_hand(order, "2026-03-02 15:59:00")
        self.acknowledge("2026-03-02 15:59:30")
        self.assertMeasured(order, 0, 0)
        self.acknowledge("2026-03-02 16:00:00")
        self.assertMeasured(order, 1, 1)

    def test_left_too_late_or_never(self):
        late, never = self.sell(1, at=MONDAY), self.sell(1, at=MONDAY)
        self.acknowledge(MONDAY)
        self.acknowledge_by_hand(late, "2026-03-03 08:00:00")
        self.acknowledge("2026-03-03 09:00:00")
        self.assertMeasured(late, 1, 0)
        self.assertMeasured(never, 1, 0)
        self.acknowledge_by_hand(never, "2026-03-03 10:00:00")
        self.acknowledge("2026-03-03 11:00:00")
        self.assertMeasured(never, 1, 0)

    def test_what_waits_in_the_queue_has_not_left(self):
        order = self.sell(1, at=MONDAY)
        with self.act(MONDAY):
            order.with_user(self.paule).action_adv_acknowledge()
        self.send(self.messages(order), MONDAY)
        self.assertFalse(self.row(order).date_acknowledged)
        self.run_queue("2026-03-02 17:00:00")
        self.acknowledge("2026-03-02 18:00:00")
        self.assertMeasured(order, 1, 0)

    def test_orders_confirmed_before_the_mode_was_switched_on_do_not_count(self):
        self.set_mode("off")
        order = self.sell(1, at=MONDAY)
        self.set_mode("manual")
        self.acknowledge("2026-03-05 08:00:00")
        with self.act("2026-03-05 09:00:00"):
            order._action_cancel()
            order.action_draft()
            order.action_confirm()
        self.acknowledge("2026-03-12 08:00:00")
        self.assertMeasured(order, 0, 0)
        self.assertTrue(self.row(order).is_ack_awaited)
        self.assertFalse(self.row(order).date_ack_deadline)

    def test_an_order_cancelled_before_its_target_does_not_count(self):
        early, late = self.sell(1, at=MONDAY), self.sell(1, at=MONDAY)
        self.acknowledge(MONDAY)
        with self.act("2026-03-02 10:00:00"):
            early._action_cancel()
        self.acknowledge("2026-03-02 17:00:00")
        with self.act("2026-03-02 18:00:00"):
            late._action_cancel()
        self.acknowledge("2026-03-02 19:00:00")
        self.assertMeasured(early, 0, 0)
        self.assertMeasured(late, 1, 0)

    def test_an_acknowledgement_that_came_back_is_to_be_sent_again(self):
        order = self.sell(1, at=MONDAY)
        self.acknowledge_by_hand(order, "2026-03-02 09:00:00")
        self.assertFalse(self.row(order).is_ack_awaited)
        message = self.messages(order)
        message.sudo().state = "bounced"
        message._on_state("bounced")
        self.assertTrue(self.row(order).is_ack_awaited)
        self.assertFalse(self.row(order).date_acknowledged)

    def test_acknowledged_by_telephone(self):
        order = self.sell(1, at=MONDAY)
        row = self.row(order).with_user(self.paule)
        with self.act("2026-03-02 10:00:00"):
            row.action_acknowledged_otherwise()
        self.assertEqual(str(row.date_acknowledged), "2026-03-02 10:00:00")
        self.assertFalse(row.is_ack_awaited)
        self.acknowledge("2026-03-02 16:00:00")
        self.assertMeasured(order, 1, 1)

    def test_the_list_tells_the_working_hours_left(self):
        order = self.sell(1, at=MONDAY)
        self.acknowledge(MONDAY)
        hours = []
        for now in ("2026-03-02 13:30:00", "2026-03-03 08:00:00"):
            with self.act(now):
                hours.append(self.row(order).with_user(self.paule).ack_hours_left)
        self.assertEqual(hours, [2.5, -1])

    def test_the_list_holds_what_waits(self):
        waiting, done = self.sell(1, at=MONDAY), self.sell(1, at=MONDAY)
        self.acknowledge_by_hand(done, "2026-03-02 09:00:00")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "adv_management.adv_order_confirmation_action_acknowledge"
        )
        rows = self.env["adv.order.confirmation"].search(
            [("is_ack_awaited", "=", True), ("order_id.state", "=", "sale")]
        )
        self.assertIn("is_ack_awaited", action["domain"])
        self.assertEqual(rows.order_id & (waiting | done), waiting)

    def test_the_hours_of_many_cost_no_more_queries(self):
        orders = [self.sell(1, at=MONDAY) for _time in range(8)]
        self.acknowledge(MONDAY)
        counts = []
        for some in (orders[:1], orders):
            self.env.invalidate_all()
            rows = self.env["adv.order.confirmation"].search(
                [("order_id", "in", [order.id for order in some])]
            )
            before = self.env.cr.sql_log_count
            rows.mapped("ack_hours_left")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_lunch_and_nights_do_not_count(self):
        self.calendar.attendance_ids = [Command.clear()] + [
            Command.create(
                {
                    "name": "day",
                    "dayofweek": str(day),
                    "hour_from": start,
                    "hour_to": end,
                    "day_period": period,
                }
            )
            for day in range(5)
            for start, end, period in ((9, 12, "morning"), (14, 18, "afternoon"))
        ]
        # 11:00 in Paris: 1 h before lunch, 4 h after, 3 h the next morning
        order = self.sell(1, at="2026-03-02 10:00:00")
        self.assertEqual(self.deadline(order), "2026-03-03 11:00:00")
