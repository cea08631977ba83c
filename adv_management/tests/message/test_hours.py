from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import FRIDAY_NIGHT, MONDAY_MORNING, NOON, MessageCommon

_CRON = "adv_management.ir_cron_adv_send_messages"


@tagged("post_install", "-at_install")
class TestHours(MessageCommon):
    """Nothing leaves at night, on closed days or before its time."""

    def _triggers(self):
        cron = self.env.ref(_CRON)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        return triggers.mapped("call_at")

    def test_inside_the_hours_it_leaves_at_once(self):
        message = self.compose()
        self.send(message)
        self.assertEqual(message.state, "outgoing")
        self.assertEqual(len(self.mails(message)), 1)

    def test_on_friday_night_it_waits_for_monday_morning(self):
        message = self.compose()
        self.send(message, at=FRIDAY_NIGHT)
        self.assertEqual(message.state, "queued")
        self.assertMoment(message.date_earliest, MONDAY_MORNING)
        self.assertIn(message.date_earliest, self._triggers())
        paris = message.with_context(tz="Europe/Paris", lang="en_US")
        self.assertEqual(paris.departure.replace("\u202f", " "), "Mon, Mar 9, 7:00 AM")
        self.run_cron("2026-03-09 05:59:00")
        self.assertEqual(message.state, "queued")
        self.run_cron(MONDAY_MORNING)
        self.assertEqual(message.state, "outgoing")

    def test_public_holidays_are_closed(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Lundi de Pâques",
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-08 23:00:00",
                "date_to": "2026-03-09 22:59:59",
            }
        )
        message = self.compose()
        self.send(message, at=FRIDAY_NIGHT)
        self.assertMoment(message.date_earliest, "2026-03-10 06:00:00")

    def test_a_later_hour_that_the_caller_wants_is_kept(self):
        early, late = self.compose("a", "b")
        early.date_earliest = "2026-03-03 13:00:00"
        late.date_earliest = "2026-03-03 21:00:00"
        self.send(early | late)
        self.assertMoment(early.date_earliest, "2026-03-03 13:00:00")
        self.assertMoment(late.date_earliest, "2026-03-04 06:00:00")
        self.assertEqual(set((early | late).mapped("state")), {"queued"})

    def test_a_person_may_send_at_whatever_hour(self):
        message = self.compose()
        self.send(message, at=FRIDAY_NIGHT)
        with self.act(FRIDAY_NIGHT):
            message.with_user(self.paule).action_send_now()
        self.assertEqual(message.state, "outgoing")

    def test_the_same_hour_twice_is_no_quiet_hour(self):
        self.company.adv_quiet_from = self.company.adv_quiet_to = 0
        message = self.compose()
        self.send(message, at="2026-03-03 22:30:00")
        self.assertEqual(message.state, "outgoing")

    def test_a_company_without_calendar_has_quiet_hours_only(self):
        self.company.resource_calendar_id = False
        self.company.partner_id.tz = "Europe/Paris"
        message = self.compose()
        self.send(message, at=FRIDAY_NIGHT)
        self.assertMoment(message.date_earliest, "2026-03-07 06:00:00")

    def test_hours_that_changed_meanwhile_are_observed(self):
        message = self.compose()
        self.send(message, at=FRIDAY_NIGHT)
        self.company.adv_quiet_to = 9
        self.run_cron(MONDAY_MORNING)
        self.assertMoment(message.date_earliest, "2026-03-09 08:00:00")
        self.assertEqual(message.state, "queued")

    def test_companies_begin_with_quiet_hours(self):
        company = self.env["res.company"].create({"name": "Delorme Suisse"})
        self.assertEqual((company.adv_quiet_from, company.adv_quiet_to), (20, 7))

    def test_impossible_hours_are_refused(self):
        for hours in ((-1, 7), (20, 25), (0, 24)):
            with self.assertRaises(ValidationError):
                self.company.write(
                    dict(zip(("adv_quiet_from", "adv_quiet_to"), hours, strict=True))
                )

    def test_closed_on_the_clock_of_the_company(self):
        """At noon in Paris it is night in Auckland."""
        self.calendar.tz = "Pacific/Auckland"
        message = self.compose()
        self.send(message, at=NOON)
        self.assertMoment(message.date_earliest, "2026-03-03 18:00:00")
