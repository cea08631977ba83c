from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FRIDAY_NIGHT, MessageCommon


@tagged("post_install", "-at_install")
class TestRights(MessageCommon):
    """Who may read, change, send and forge what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("marc", "adv_management.group_adv_manager")
        cls.salesman = cls._create_user("luc", "sales_team.group_sale_salesman")
        cls.storeman = cls._create_user("jean", "stock.group_stock_user")
        cls.guest = cls._create_user("guest", "base.group_portal")
        cls.order = cls.sell(10, user_id=cls.salesman.id)

    def _compose(self, key="a"):
        return self.compose(
            key,
            order_ids=[Command.set(self.order.ids)],
            line_ids=[self.line(self.order)],
        )

    def test_the_desk_changes_what_the_customer_reads(self):
        message = self._compose()
        for user in (self.paule, self.manager):
            message.with_user(user).write(
                {
                    "subject": "New date",
                    "body": "<p>Hello</p>",
                    "contact_ids": [Command.set(self.other.ids)],
                }
            )
        self.assertEqual(message.contact_ids, self.other)

    def test_what_is_ours_cannot_be_typed(self):
        message = self._compose()
        for user in (self.paule, self.manager):
            for vals in (
                {"state": "sent"},
                {"key": "b"},
                {"subject": "x", "date_sent": "2026-03-03 10:00:00"},
                {"partner_id": self.other.id},
                {"order_ids": [Command.clear()]},
                {"line_ids": [Command.clear()]},
                {"try_count": 0},
                {"mail_id": False},
                {"sender_id": self.manager.id},
                {"is_edited": False},
                {"is_outdated": False},
                {"answer_ids": [Command.clear()]},
            ):
                with self.assertRaises(UserError):
                    message.with_user(user).write(vals)
        self.assertEqual(message.state, "draft")

    def test_what_has_left_the_desk_cannot_be_changed(self):
        message = self._compose()
        self.send(message, at=FRIDAY_NIGHT)
        for vals in ({"subject": "x"}, {"body": "x"}, {"contact_ids": []}):
            with self.assertRaises(UserError):
                message.with_user(self.paule).write(vals)

    def test_messages_are_neither_created_nor_deleted_by_hand(self):
        message = self._compose()
        for user in (self.paule, self.manager):
            mine = message.with_user(user)
            with self.assertRaises(AccessError):
                mine.create({"kind": "delay", "key": "x", "partner_id": 1})
            with self.assertRaises(AccessError):
                mine.copy()
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.line_ids.write({"date_announced": "2026-06-01"})
        self.send(message)
        with self.assertRaises(UserError):
            message.sudo().unlink()

    def test_a_file_that_the_user_may_not_read_is_not_sent_by_him(self):
        secret = self.env["ir.attachment"].create(
            {
                "name": "payslip.pdf",
                "raw": b"secret",
                "res_model": "ir.cron",
                "res_id": self.env["ir.cron"].search([], limit=1).id,
            }
        )
        message = self._compose()
        with self.assertRaises(AccessError):
            message.with_user(self.paule).attachment_ids = secret

    def test_salespeople_read_what_their_customers_are_sent_and_no_more(self):
        mine, foreign = self._compose(), self.compose("b", partner=self.other)
        seen = self.env["adv.customer.message"].with_user(self.salesman).search([])
        self.assertEqual(seen, mine)
        self.assertTrue(seen.line_ids.name)
        with self.assertRaises(AccessError):
            foreign.with_user(self.salesman).read(["body"])
        for name in ("action_send", "action_send_now", "action_cancel", "action_retry"):
            with self.assertRaises(AccessError):
                getattr(mine.with_user(self.salesman), name)()
        self.assertEqual(mine.state, "draft")

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_storemen_and_portal_users_see_nothing(self):
        message = self._compose()
        for user in (self.storeman, self.guest):
            for records in (message, message.line_ids):
                with self.assertRaises(AccessError):
                    records.with_user(user).read(["display_name"])
                with self.assertRaises(AccessError):
                    records.with_user(user).search([])
        partner = self.partner.with_user(self.storeman)
        self.assertNotIn("adv_message_ids", partner.fields_get())

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_another_company_sees_nothing(self):
        message = self._compose()
        other = self.env["res.company"].create({"name": "Delorme Suisse"})
        self.manager.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        mine = message.with_user(self.manager).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(mine.search([]))
        with self.assertRaises(AccessError):
            mine.action_send()
        with self.assertRaises(AccessError):
            mine.line_ids.read(["name"])
