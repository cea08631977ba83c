from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import PapersCommon

MONDAY = "2026-03-02 08:00:00"


@tagged("post_install", "-at_install")
class TestSchedules(PapersCommon):
    """The open-order report at the customer's rhythm, on the days we work."""

    def schedule(self, rhythm, weekday=None, at=MONDAY):
        self.partner.write(
            {"adv_report_schedule": rhythm, "adv_report_weekday": weekday}
        )
        self.report(at)

    def next_day(self):
        return fields.Date.to_string(self.partner.adv_report_date)

    def test_it_begins_with_the_next_day_of_the_rhythm(self):
        for rhythm, weekday, expected in (
            ("daily", None, "2026-03-03"),
            ("weekly", None, "2026-03-09"),
            ("weekly", "3", "2026-03-05"),
            ("monthly", None, "2026-04-01"),
            # Saturday is closed: the first open day after it
            ("weekly", "5", "2026-03-09"),
        ):
            self.schedule(rhythm, weekday)
            self.assertEqual(self.next_day(), expected, rhythm)

    def test_every_working_day(self):
        self.sell(10)
        self.schedule("daily")
        self.assertFalse(self.reports(self.partner))
        for day in ("03", "03", "04", "05", "06", "07", "08", "09"):
            self.report(f"2026-03-{day} 08:00:00")
        days = self.reports(self.partner).mapped("key")
        self.assertEqual(
            [key[-10:] for key in days],
            [f"2026-03-{day}" for day in ("03", "04", "05", "06", "09")],
        )

    def test_it_leaves_without_a_person(self):
        self.sell(10)
        self.schedule("daily")
        self.report("2026-03-03 08:00:00")
        self.run_queue("2026-03-03 08:00:00")
        self.assertEqual(self.sent_to(), ['"Garage Martin" <martin@garage.example>'])
        self.assertEqual(len(self.reports(self.partner).attachment_ids), 1)

    def test_written_at_midnight_it_waits_for_the_morning(self):
        self.sell(10)
        self.schedule("daily")
        self.report("2026-03-02 23:30:00")
        self.assertEqual(self.reports(self.partner).state, "queued")

    def test_nothing_open_nothing_sent_and_the_next_day_is_found(self):
        self.schedule("weekly", "1")
        self.report("2026-03-03 08:00:00")
        self.assertFalse(self.reports(self.partner))
        self.assertEqual(self.next_day(), "2026-03-10")

    def test_a_day_on_which_nothing_ran_is_made_up_for_by_one_report(self):
        self.sell(10)
        self.schedule("daily")
        self.report("2026-03-06 08:00:00")
        self.assertEqual(len(self.reports(self.partner)), 1)
        self.assertEqual(self.next_day(), "2026-03-09")

    def test_another_rhythm_begins_anew(self):
        self.schedule("monthly")
        self.schedule("weekly", "2")
        self.assertEqual(self.next_day(), "2026-03-04")

    def test_without_a_rhythm_nothing_is_sent(self):
        self.sell(10)
        self.schedule("daily")
        self.schedule(False)
        self.report("2026-03-03 08:00:00")
        self.assertFalse(self.reports(self.partner))

    def test_what_a_person_sent_that_day_is_that_day_s_report(self):
        self.sell(10)
        self.schedule("daily")
        with self.act("2026-03-02 23:10:00"):
            self.partner.with_user(self.paule).action_adv_report_open_orders()
        self.report("2026-03-03 08:00:00")
        self.assertEqual(len(self.reports(self.partner)), 1)

    def test_a_rhythm_is_one_company_s(self):
        other = self.env["res.company"].create({"name": "Delorme Belgique"})
        self.schedule("daily")
        self.assertFalse(self.partner.with_company(other).adv_report_schedule)

    def test_a_contact_s_rhythm_sends_nothing(self):
        self.sell(10)
        agnes = self.contact("Agnes")
        agnes.adv_report_schedule = "daily"
        self.report(MONDAY)
        self.report("2026-03-03 08:00:00")
        self.assertFalse(self.reports(self.partner))

    def test_a_customer_that_cannot_be_written_to_holds_up_no_other(self):
        self.sell(10)
        self.sell(10, partner_id=self.other.id)
        self.other.adv_report_schedule = "daily"
        self.schedule("daily")
        Partner = self.registry["res.partner"]
        prepare = Partner._adv_prepare_open_orders_vals

        def prepare_or_raise(customer, *args):
            if customer == self.partner:
                raise ValueError("no such thing")
            return prepare(customer, *args)

        with patch.object(Partner, "_adv_prepare_open_orders_vals", prepare_or_raise):
            self.report("2026-03-03 08:00:00")
        self.assertEqual(self.reports(self.other).state, "outgoing")
        self.assertFalse(self.reports(self.partner))
        self.assertIn("no such thing", self.partner.message_ids[0].body)
        self.assertEqual(self.next_day(), "2026-03-04")

    def test_what_does_not_arrive_is_not_sent_again_until_somebody_has_looked(self):
        self.sell(10)
        self.schedule("daily")
        self.report("2026-03-03 08:00:00")
        self.run_queue("2026-03-03 08:00:00")
        report = self.reports(self.partner)
        with self.act("2026-03-03 08:05:00"):
            report._message_receive_bounce(self.partner.email, self.partner)
        self.report("2026-03-04 08:00:00")
        self.report("2026-03-05 08:00:00")
        self.assertEqual(self.reports(self.partner), report)
        self.assertEqual(len(report.activity_ids), 1)
        with self.act("2026-03-05 09:00:00"):
            report.with_user(self.paule).action_retry()
        self.run_queue("2026-03-05 09:00:00")
        self.report("2026-03-06 08:00:00")
        self.assertEqual(len(self.reports(self.partner)), 2)

    def test_no_e_mail_is_said_on_the_message_and_others_go_on(self):
        self.partner.email = False
        self.sell(10)
        self.sell(10, partner_id=self.other.id)
        self.other.adv_report_schedule = "daily"
        self.schedule("daily")
        self.report("2026-03-03 08:00:00")
        self.assertEqual(self.reports(self.partner).state, "failed")
        self.assertEqual(self.reports(self.other).state, "outgoing")
