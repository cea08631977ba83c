from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TUESDAY, WEDNESDAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestRule(NoticeCommon):
    """Which date is proposed, and when a customer is told again."""

    def _proposed(self, order, at=TUESDAY):
        wizard = self.open_wizard(self.get_alerts(order), at)
        return [str(day) for day in wizard.line_ids.mapped("date_new")]

    def test_date_is_the_predicted_one_and_two_working_days(self):
        order = self.sell_slipping(10, day="2026-03-17")
        self.assertCommitment(order, date_predicted="2026-03-17")
        self.assertEqual(self._proposed(order), ["2026-03-19"])

    def test_margin_counts_open_days_only(self):
        order = self.sell_slipping(10, day="2026-03-19")
        self.assertEqual(self._proposed(order), ["2026-03-23"])
        self.close("2026-03-20", "2026-03-23")
        self.assertEqual(self._proposed(order), ["2026-03-25"])

    def test_without_a_margin_the_date_is_an_open_day(self):
        self.company.adv_notice_margin_days = 0
        order = self.sell_slipping(10, day="2026-03-17")
        self.close("2026-03-17")
        self.assertEqual(self._proposed(order), ["2026-03-18"])

    def test_days_of_the_warehouse_count(self):
        self.warehouse.adv_calendar_id = self._create_calendar(
            "Tuesday and Saturday", "Europe/Paris", "15"
        )
        order = self.sell_slipping(10, day="2026-03-17")
        self.assertEqual(self._proposed(order), ["2026-03-24"])

    def test_without_supply_a_date_must_be_typed(self):
        order = self.sell_late(10)
        wizard = self.open_wizard(self.get_alerts(order))
        self.assertValues(
            wizard.line_ids,
            is_included=False,
            date_new=False,
            note="No supply known: type a date.",
        )
        with self.assertRaises(UserError):
            wizard.action_preview()
        wizard.line_ids.is_included = True
        with self.assertRaises(ValidationError), self.act(TUESDAY):
            wizard.action_preview()
        wizard.line_ids.date_new = "2026-03-27"
        message = self.press_preview(wizard)
        self.assertDates(message, (order, "2026-03-10", "2026-03-27"))

    def test_date_in_the_past_is_refused(self):
        order = self.sell_slipping(10)
        wizard = self.open_wizard(self.get_alerts(order), WEDNESDAY)
        wizard.line_ids.date_new = "2026-03-03"
        with self.assertRaises(ValidationError), self.act(WEDNESDAY):
            wizard.action_preview()

    def test_short_delay_is_told_the_first_time(self):
        self.company.adv_notice_margin_days = 0
        order = self.sell_slipping(10, day="2026-03-11")
        wizard = self.open_wizard(self.get_alerts(order))
        self.assertValues(wizard.line_ids, is_included=True, note=False)

    def test_told_again_only_when_it_moved_more_than_two_working_days(self):
        order = self.sell_slipping(10, day="2026-03-17")
        self.send(self.preview(order))
        for day, is_told in (
            ("2026-03-17", False),
            ("2026-03-19", False),  # Monday the 23rd, two days more
            ("2026-03-20", True),  # Tuesday the 24th, three days more
            ("2026-03-13", False),  # Tuesday the 17th, two days less
            ("2026-03-12", True),  # Monday the 16th, three days less
        ):
            self.move_supply(day, at=WEDNESDAY)
            line = self.open_wizard(self.get_alerts(order), WEDNESDAY).line_ids
            with self.subTest(day):
                self.assertEqual(str(line.date_known), "2026-03-19")
                self.assertEqual(line.is_included, is_told)
                self.assertEqual(
                    line.note,
                    not is_told and "Told already: not more than 2 working days away.",
                )

    # The company's settings -----------------------------------------------------------

    def test_off_says_who_turns_it_on_where(self):
        order = self.sell_slipping(10)
        wizard = self.open_wizard(self.get_alerts(order))
        self.company.adv_notice_mode = "off"
        for call in (
            self.get_alerts(order).with_user(self.paule).action_inform_customer,
            order.adv_commitment_ids.with_user(self.paule).action_inform_customer,
            wizard.action_preview,
        ):
            with self.assertRaisesRegex(
                UserError, "Delorme & Fils.*administrator.*settings"
            ):
                call()
        self.assertFalse(self.messages.search([]))

    def test_off_hides_the_button(self):
        for mode, is_there in (("off", False), ("manual", True), ("auto", True)):
            self.company.adv_notice_mode = mode
            for model, view in (
                ("adv.delay.alert", "adv_delay_alert_view_form"),
                ("adv.delay.alert", "adv_delay_alert_view_list"),
                ("adv.commitment", "adv_commitment_view_list_call"),
                ("adv.commitment", "adv_commitment_view_form"),
            ):
                view = self.env.ref(f"adv_management.{view}")
                arch = self.env[model].with_user(self.paule).get_view(view.id)["arch"]
                self.assertEqual("action_inform_customer" in arch, is_there, view.name)

    def test_new_companies_tell_nothing(self):
        company = self.env["res.company"].create({"name": "New"})
        self.assertValues(
            company,
            adv_notice_mode="off",
            adv_notice_delay_hours=24,
            adv_notice_margin_days=2,
            adv_notice_good_news=False,
        )

    def test_who_approved_the_rule_is_kept(self):
        company = self.company
        with self.act("2026-03-02 08:00:00"):
            company.adv_notice_margin_days = 3
        self.assertFalse(company.adv_notice_approver_id)
        with self.act("2026-03-03 08:00:00"):
            company.with_user(self.env.user).adv_notice_mode = "auto"
        self.assertValues(
            company,
            adv_notice_approver_id=self.env.user,
            adv_notice_date_approved="2026-03-03 08:00:00",
        )
        with self.act("2026-03-04 08:00:00"):
            company.adv_notice_delay_hours = 12
            company.adv_notice_margin_days = 3
        self.assertValues(company, adv_notice_date_approved="2026-03-03 08:00:00")
        with self.act("2026-03-05 08:00:00"):
            company.adv_notice_margin_days = 1
        self.assertValues(company, adv_notice_date_approved="2026-03-05 08:00:00")

    def test_margin_and_hours_are_sane(self):
        for vals in (
            {"adv_notice_margin_days": -1},
            {"adv_notice_margin_days": 21},
            {"adv_notice_delay_hours": 0},
        ):
            with self.assertRaises(ValidationError):
                self.company.write(vals)

    def test_calendar_that_is_never_open_stops_no_notice(self):
        closed = self._create_calendar("Closed for good", "Pacific/Auckland", "")
        self.company.resource_calendar_id = closed
        draft = self.preview(self.sell_slipping(10))
        self.assertEqual((len(draft), draft.state), (1, "draft"))
