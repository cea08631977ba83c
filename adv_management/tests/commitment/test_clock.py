"""Time alone: closed days, the next check, rows that need no writing."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from ...models.commitment.clock import Calendars
from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestClock(AdvCommon):
    def _versions(self, commitments):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT ctid::text, write_date FROM adv_commitment"
            " WHERE id = ANY(%s) ORDER BY id",
            [commitments.ids],
        )
        return self.env.cr.fetchall()

    def _close(self, first, last, calendar=True):
        """Close the days between two naive UTC times: a public holiday."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Public holiday",
                "company_id": self.company.id,
                "calendar_id": self.calendar.id if calendar else False,
                "date_from": first,
                "date_to": last,
            }
        )

    # Closed days ----------------------------------------------------------------------

    def test_holiday_entered_or_deleted_later_judges_at_once(self):
        order = self.sell(10, promise="2026-03-06")
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="late", delay_working_days=1)
        for calendar in (True, False):
            with self.subTest(calendar=calendar), self.act("2026-03-09 11:00:00"):
                self._close("2026-03-06 00:00:00", "2026-03-06 20:00:00", calendar)
                self._run_engine()
                self.assertCommitment(order, status="on_time")
                self.env["resource.calendar.leaves"].search(
                    [("name", "=", "Public holiday")]
                ).unlink()
                self._run_engine()
                self.assertCommitment(order, status="late")

    def test_calendars_know_a_single_day(self):
        monday, sunday = date(2026, 3, 2), date(2026, 3, 8)
        calendars = Calendars()
        place = self.calendar, self.company
        self.assertFalse(calendars.get_open_days(*place, sunday, sunday))
        self.assertIn(monday, calendars.get_open_days(*place, monday, monday))

    def test_corrected_time_zone_of_a_calendar_judges_at_once(self):
        order = self.sell(10, promise="2026-03-06")
        with self.act("2026-03-06 22:30:00"):  # 23:30 in Paris
            self._run_engine()
            self.assertCommitment(order, status="on_time")
            self.calendar.tz = "Asia/Tokyo"  # where the day is over
            self._run_engine()
            self.assertCommitment(order, status="late")

    def test_absence_of_a_person_notes_nothing(self):
        self.sell(10, promise="2026-03-06")
        person = self.env["resource.resource"].create(
            {"name": "Luc", "calendar_id": self.calendar.id}
        )
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": person.id,
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-06 00:00:00",
                "date_to": "2026-03-06 20:00:00",
            }
        )
        self.env.cr.flush()
        self.env.cr.execute("SELECT COUNT(*) FROM adv_commitment_todo")
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_promise_on_saturday_counts_from_monday(self):
        order = self.sell(10, promise="2026-03-07")
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="on_time")
        self.deliver(order, at="2026-03-09 16:00:00")
        self.assertCommitment(
            order,
            date_promise="2026-03-07",
            otif_count=1,
            delay_days=0,
            delay_working_days=0,
        )

    def test_transfer_of_a_closed_day_is_predicted_for_today_at_the_earliest(self):
        order = self.sell(10, promise="2026-03-07")
        for day in ("07", "08", "09"):
            self.refresh(f"2026-03-{day}")
            self.assertCommitment(
                order, status="on_time", date_predicted=f"2026-03-{day}"
            )

    def test_promise_on_saturday_is_late_on_tuesday(self):
        order = self.sell(10, promise="2026-03-07")
        self.refresh("2026-03-10")
        self.assertCommitment(order, status="late", delay_days=1, delay_working_days=1)

    def test_promise_on_a_public_holiday_counts_from_the_next_open_day(self):
        self._close("2026-05-14 22:00:00", "2026-05-15 21:59:59", calendar=False)
        order = self.sell(10, promise="2026-05-15")  # a Friday
        self.deliver(order, at="2026-05-18 09:00:00")
        self.assertCommitment(order, otif_count=1, delay_days=0)

    def test_public_holiday_of_the_calendar_is_no_working_day_of_delay(self):
        self._close("2026-03-10 23:00:00", "2026-03-11 22:59:59")
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(
            order, on_time_count=0, delay_days=2, delay_working_days=1
        )

    def test_weekend_between_is_no_working_day_of_delay(self):
        order = self.sell(10, promise="2026-03-06")
        self.deliver(order, at="2026-03-09 09:00:00")
        self.assertCommitment(
            order, on_time_count=0, delay_days=3, delay_working_days=1
        )

    def test_delivery_on_a_closed_day_after_the_promise_is_late_by_no_working_day(self):
        order = self.sell(10, promise="2026-03-06")
        self.deliver(order, at="2026-03-07 09:00:00")
        self.assertCommitment(
            order, on_time_count=0, delay_days=1, delay_working_days=0
        )

    def test_warehouse_has_its_own_open_days(self):
        self.warehouse.adv_calendar_id = self._create_calendar(
            "Open on Saturday", "Europe/Paris", weekdays="012345"
        )
        order = self.sell(10, promise="2026-03-07")
        self.deliver(order, at="2026-03-09 09:00:00")
        self.assertCommitment(
            order, on_time_count=0, delay_days=2, delay_working_days=1
        )

    def test_company_without_calendar_is_open_every_day(self):
        self.company.resource_calendar_id = False
        order = self.sell(10, promise="2026-03-07 12:00:00")
        self.deliver(order, at="2026-03-09 09:00:00")
        self.assertCommitment(
            order, on_time_count=0, delay_days=2, delay_working_days=2
        )

    # The next check -------------------------------------------------------------------

    def _pending(self):
        self.env.cr.execute("SELECT COUNT(*) FROM adv_commitment_todo")
        return self.env.cr.fetchone()[0]

    def test_next_check_is_the_first_day_that_changes_something(self):
        order = self.sell_unreserved(10, promise="2026-03-10")
        self.assertCommitment(order, status="on_time", date_next_check="2026-03-09")
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="at_risk", date_next_check="2026-03-11")
        self.refresh("2026-03-11")
        self.assertCommitment(order, status="late", date_next_check="2026-03-12")

    def test_days_change_the_status_without_anything_noted(self):
        order = self.sell(10, promise="2026-03-10")
        self.assertEqual(self._pending(), 0)
        self.refresh("2026-03-11")
        self.assertCommitment(order, status="late")

    def test_day_that_has_begun_in_the_east_only_is_work_for_the_engine(self):
        abroad = self.env["res.company"].create({"name": "Antilles"})
        abroad.resource_calendar_id.tz = "America/Guadeloupe"
        order = self.sell(5, promise="2026-03-10")
        self.company.resource_calendar_id.tz = "Pacific/Noumea"
        commitment = order.adv_commitment_ids
        commitment.date_next_check = "2026-03-11"
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM adv_commitment_todo")
        self.env.cr.execute(
            "UPDATE adv_commitment SET date_next_check = NULL WHERE id != %s",
            [commitment.id],
        )
        for moment, pending in ("10 12:00:00", 0), ("10 14:00:00", 1):
            with self.act(f"2026-03-{moment}"):
                self.assertEqual(commitment._count_pending(), pending)

    def test_rows_are_left_alone_until_their_next_check(self):
        order = self.sell(10, promise="2026-03-20")
        before = self._versions(order.adv_commitment_ids)
        self.refresh("2026-03-05")
        self.assertEqual(self._versions(order.adv_commitment_ids), before)

    def test_measuring_again_writes_nothing_when_nothing_changed(self):
        orders = [
            self.sell(10, promise="2026-03-20"),
            self.sell(10),
            self.sell(10, promise="2026-03-03"),
        ]
        self.deliver(orders[2], 4, at="2026-03-03 09:00:00")
        commitments = self.env["adv.commitment"].union(
            *(order.adv_commitment_ids for order in orders)
        )
        before = self._versions(commitments)
        with self.act("2026-03-03 10:00:00"):
            self.env["adv.commitment"]._refresh(commitments.sale_line_id.ids)
            orders[0].order_line.product_uom_qty = 10
            orders[1].picking_ids.move_ids.date = orders[1].picking_ids.move_ids.date
            self._run_engine()
        self.assertEqual(self._versions(commitments), before)
        self.assertFalse(
            commitments.revision_ids.filtered(
                lambda revision: revision.kind == "quantity"
            )
        )

    def test_given_day_judges_instead_of_the_real_one(self):
        order = self.sell(10, promise="2026-03-10")
        self.env["adv.commitment"]._refresh(
            order.order_line.ids, today=date(2026, 3, 11)
        )
        self.assertCommitment(order, status="late")

    def test_promise_of_another_century_does_not_stop_the_engine(self):
        order = self.sell(10, promise="2206-03-10")
        near = self.sell(10, promise="2026-03-10")
        self.refresh("2026-03-11")
        self.assertCommitment(order, status="on_time")
        self.assertCommitment(near, status="late")

    def test_calendar_without_any_open_day_takes_the_promise_as_it_is(self):
        self.calendar.attendance_ids = [Command.clear()]
        order = self.sell(10, promise="2026-03-07")
        self.refresh("2026-03-08")
        self.assertCommitment(order, status="late", delay_days=1, delay_working_days=0)

    # What judges them changes ---------------------------------------------------------

    def test_wider_buffer_shows_the_risk_at_once(self):
        order = self.sell_unreserved(10, promise="2026-03-10")
        self.refresh("2026-03-05")
        self.assertCommitment(order, status="on_time")
        with self.act("2026-03-05 12:00:00"):
            self.company.adv_risk_buffer_days = 4
            self._run_engine()
        self.assertCommitment(order, status="at_risk")

    def test_other_calendar_judges_at_once(self):
        order = self.sell(10, promise="2026-03-07")  # a Saturday
        self.refresh("2026-03-08")
        self.assertCommitment(order, status="on_time")
        with self.act("2026-03-08 12:00:00"):
            self.company.resource_calendar_id = self._create_calendar(
                "Every day", "Europe/Paris", weekdays="0123456"
            )
            self._run_engine()
        self.assertCommitment(order, status="late", delay_days=1)

    def test_other_calendar_of_the_warehouse_judges_at_once(self):
        order = self.sell(10, promise="2026-03-07")
        self.refresh("2026-03-08")
        with self.act("2026-03-08 12:00:00"):
            self.warehouse.adv_calendar_id = self._create_calendar(
                "Every day", "Europe/Paris", weekdays="0123456"
            )
            self._run_engine()
        self.assertCommitment(order, status="late", delay_days=1)

    def test_settings_saved_unchanged_measure_nothing(self):
        self.sell(10, promise="2026-03-10")
        self.company.write(
            {"adv_risk_buffer_days": 2, "resource_calendar_id": self.calendar.id}
        )
        self.env.cr.flush()
        self.assertEqual(self._pending(), 0)
