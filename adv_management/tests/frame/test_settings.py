from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestSettings(AdvCommon):
    """The settings tell which clocks are wrong and start with sensible values."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.fr")

    def _wrong(self):
        self.company.invalidate_recordset(["adv_wrong_calendar_ids"])
        return self.company.adv_wrong_calendar_ids

    def test_a_french_company_on_utc_is_warned(self):
        self.calendar.tz = "UTC"
        self.assertEqual(self._wrong(), self.calendar)

    def test_a_french_company_on_paris_or_the_same_hours_is_not(self):
        self.assertFalse(self._wrong())
        self.calendar.tz = "Europe/Berlin"
        self.assertFalse(self._wrong())

    def test_an_icelandic_company_may_say_utc(self):
        self.company.country_id = self.env.ref("base.is")
        self.calendar.tz = "UTC"
        self.assertFalse(self._wrong())

    def test_without_country_nothing_can_be_said(self):
        self.company.country_id = False
        self.calendar.tz = "UTC"
        self.assertFalse(self._wrong())

    def test_the_warehouses_calendars_are_looked_at_too(self):
        port = self._create_calendar("Port", "Asia/Tokyo")
        self.warehouse.adv_calendar_id = port
        self.assertEqual(self._wrong(), port)

    def test_the_warning_leads_to_the_calendar(self):
        self.calendar.tz = "UTC"
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.adv_wrong_calendar_ids, self.calendar)
        action = settings.action_adv_open_wrong_calendars()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("resource.calendar", self.calendar.id),
        )
        self.assertEqual(
            settings.action_adv_open_warehouses()["res_model"], "stock.warehouse"
        )

    def test_settings_are_the_company_s(self):
        with Form(self.env["res.config.settings"]) as form:
            self.assertEqual(form.adv_risk_buffer_days, 2)
            self.assertEqual(form.adv_field_log_months, 24)
            form.adv_risk_buffer_days = 0
        form.record.execute()
        self.assertEqual(self.company.adv_risk_buffer_days, 0)
        self.assertEqual(self.env.ref("base.main_company").adv_risk_buffer_days, 2)

    def test_companies_from_before_the_installation_have_the_same_settings(self):
        self.assertEqual(
            set(self.env["res.company"].search([]).mapped("adv_risk_buffer_days")), {2}
        )

    def test_impossible_settings_are_refused(self):
        with self.assertRaises(ValidationError):
            self.company.adv_risk_buffer_days = -1
        with self.assertRaises(ValidationError):
            self.company.adv_field_log_months = 0
