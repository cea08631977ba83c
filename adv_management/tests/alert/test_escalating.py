from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.alert import adv_delay_alert_planning as planning
from .common import AlertCommon

ESCALATION = "adv_management.mail_activity_type_adv_delay_escalation"


@tagged("post_install", "-at_install")
class TestEscalating(AlertCommon):
    """The scheduled action goes from company to company, whatever their data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(patch.object(cls.env.cr, "commit", cls.env.cr.flush))
        cls.company.adv_alert_manager_id = cls.marc
        cls.order = cls.sell_late(10)

    def escalate(self):
        with self.act("2026-03-04 09:00:00"):
            self.alerts._cron_escalate()

    def assertEscalated(self, *users):
        alert = self.assertAlert(self.order, date_escalated="2026-03-04")
        self.assertEqual(set(alert.activity_ids.user_id), set(users))

    def test_every_company_has_its_own_manager(self):
        self.escalate()
        self.assertEscalated(self.paule, self.marc)

    @mute_logger("odoo.addons.adv_management.models.message.serving")
    def test_a_company_that_cannot_be_escalated_holds_up_no_other(self):
        self.env["res.company"].create({"name": "A new one", "sequence": -1})
        today_of = planning.today_of

        def today_or_raise(company):
            if company.name == "A new one":
                raise ValueError("no such clock")
            return today_of(company)

        with patch.object(planning, "today_of", today_or_raise):
            self.escalate()
        self.assertEscalated(self.paule, self.marc)

    def test_a_manager_who_cannot_open_the_alert_is_not_called(self):
        other = self.env["res.company"].create({"name": "Other"})
        for vals in (
            {"active": False},
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]},
            {"group_ids": [Command.set(self.env.ref("base.group_user").ids)]},
        ):
            with self.subTest(vals):
                self.env.cr.execute("SAVEPOINT manager")
                self.marc.write(vals)
                self.escalate()
                self.assertEscalated(self.paule)
                self.env.flush_all()
                self.env.cr.execute("ROLLBACK TO SAVEPOINT manager")
                self.env.invalidate_all(flush=False)

    def test_without_calendar_or_kind_of_activity_it_is_marked(self):
        self.company.resource_calendar_id = False
        self.env.ref(ESCALATION).unlink()
        self.escalate()
        self.assertEscalated(self.paule)
