"""Who works with figures that nothing keeps true any more is told so."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestArrears(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman = cls._create_user("luc", "sales_team.group_sale_salesman")
        cls.admin = cls._create_user(
            "anne", "adv_management.group_adv_manager", "base.group_system"
        )
        cls.cron = cls.env.ref("adv_management.ir_cron_adv_refresh_commitments")
        cls.cron.lastcall = "2026-03-02 07:00:00"
        cls.menu = cls.env.ref("adv_management.adv_commitment_call_menu")
        cls.order = cls.sell(10, promise="2026-03-10", user_id=cls.salesman.id)

    def _change(self, at):
        with self.act(at):
            self.order.order_line.product_uom_qty += 1
            self.env.cr.flush()

    def open_calls(self, user, at):
        """Return what the menu gives a user: the list, or a warning before it."""
        with self.act(at):
            return self.menu.action.with_user(user).run()

    def assertWarned(self, action, text):
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(action["params"]["next"]["res_model"], "adv.commitment")
        self.assertIn(text, action["params"]["message"])

    def test_list_opens_without_a_word_when_all_is_measured(self):
        for user in (self.salesman, self.admin):
            action = self.open_calls(user, "2026-03-02 09:00:00")
            self.assertEqual(
                (action["type"], action["res_model"], action["path"]),
                ("ir.actions.act_window", "adv.commitment", "adv-to-call"),
            )

    def test_change_that_waits_half_an_hour_is_told(self):
        self._change("2026-03-02 09:00:00")
        action = self.open_calls(self.salesman, "2026-03-02 09:30:00")
        self.assertEqual(action["type"], "ir.actions.act_window")
        action = self.open_calls(self.salesman, "2026-03-02 09:31:00")
        # the order line and its goods
        self.assertWarned(action, "is not measured yet. Changes that wait: 2.")
        self.refresh("2026-03-02")
        action = self.open_calls(self.salesman, "2026-03-02 12:00:00")
        self.assertEqual(action["type"], "ir.actions.act_window")

    def test_scheduled_action_switched_off_is_told_even_if_nothing_waits(self):
        self.cron.active = False
        action = self.open_calls(self.salesman, "2026-03-02 09:00:00")
        self.assertWarned(action, "switched off. Nothing was measured since")
        self.assertNotIn("Changes that wait", action["params"]["message"])

    def test_only_who_may_act_gets_the_link(self):
        self.cron.active = False
        action = self.open_calls(self.salesman, "2026-03-02 09:00:00")
        self.assertNotIn("links", action["params"])
        self.assertNotIn("%s", action["params"]["message"])
        action = self.open_calls(self.admin, "2026-03-02 09:00:00")
        [link] = action["params"]["links"]
        self.assertTrue(link["url"].endswith(f"/{self.cron.id}"))

    def test_settings_tell_it_and_lead_there(self):
        settings = self.env["res.config.settings"].with_user(self.admin)
        self.assertFalse(settings.create({}).adv_arrears)
        self.cron.active = False
        with Form(settings) as form:
            self.assertIn("switched off", form.adv_arrears)
        action = settings.create({}).action_adv_open_engine()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("ir.cron", self.cron.id)
        )

    def test_deleted_scheduled_action_is_told_with_what_to_do(self):
        self.cron.unlink()
        action = self.open_calls(self.admin, "2026-03-02 09:00:00")
        self.assertWarned(action, "switched off")
        self.assertNotIn("links", action["params"])
        with self.assertRaises(UserError):
            self.env["res.config.settings"].create({}).action_adv_open_engine()
