from odoo import Command
from odoo.tests import tagged

from .common import NOON, MessageCommon


@tagged("post_install", "-at_install")
class TestDefaults(MessageCommon):
    """Requests that bring default values along: none of them gets into what is ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "adv_ack_mode": "manual",
                "adv_notice_mode": "manual",
                "email": "adv@delorme.example",
            }
        )
        cls.missing = cls._create_product("Armoire", stock=0)
        cls.order = cls.sell((cls.missing, 10), promise="2026-03-10")
        cls.secret = (
            cls.env["ir.attachment"].sudo().create({"name": "pay.txt", "raw": b"1"})
        )

    def forge(self, records, **defaults):
        """Return records as Paule asks for them, with default values."""
        defaults = {f"default_{name}": value for name, value in defaults.items()}
        return records.with_user(self.paule).with_context(**defaults)

    def written(self, action):
        return self.env["adv.customer.message"].browse(action["res_id"])

    def test_acknowledgement(self):
        orders = self.forge(
            self.order,
            state="sent",
            date_sent="2026-01-01 10:00:00",
            sender_id=self.env.ref("base.user_admin").id,
            is_edited=True,
            attachment_ids=[Command.link(self.secret.id)],
            contact_ids=[Command.link(self.other.id)],
            try_count=3,
        )
        with self.act(NOON):
            message = self.written(orders.action_adv_acknowledge())
        self.assertRecordValues(
            message,
            [
                {
                    "state": "draft",
                    "date_sent": False,
                    "sender_id": False,
                    "is_edited": False,
                    "attachment_ids": [],
                    "contact_ids": self.partner.ids,
                    "try_count": 0,
                }
            ],
        )

    def test_open_order_report_and_its_file(self):
        customer = self.forge(
            self.partner, state="sent", public=True, type="url", url="http://evil"
        )
        with self.act(NOON):
            message = self.written(customer.action_adv_report_open_orders())
        self.assertEqual(message.state, "draft")
        self.assertFalse(message.attachment_ids.public)
        self.assertEqual(message.attachment_ids.type, "binary")

    def test_delay_notice(self):
        alert = self.env["adv.delay.alert"].search([("order_id", "=", self.order.id)])
        with self.act(NOON):
            action = self.forge(alert).action_inform_customer()
            wizard = self.env[action["res_model"]].browse(action["res_id"])
            wizard.line_ids.write({"date_new": "2026-03-20", "is_included": True})
            message = self.written(
                self.forge(
                    wizard,
                    state="sent",
                    is_told=True,
                    attachment_ids=[Command.link(self.secret.id)],
                ).action_preview()
            )
        self.assertEqual(message.state, "draft")
        self.assertFalse(message.line_ids.is_told)
        self.assertFalse(message.attachment_ids)

    def test_sending(self):
        message = self.compose()
        with self.act(NOON):
            self.forge(
                message,
                auto_delete=True,
                email_cc="spy@evil.example",
                state="sent",
                recipient_ids=[Command.link(self.other.id)],
            ).action_send()
        mail = self.mails(message)
        self.assertEqual((mail.state, mail.email_cc), ("outgoing", False))
        self.assertEqual(mail.recipient_ids, self.partner)
        self.assertFalse(mail.auto_delete)

    def test_announced_date(self):
        alert = self.env["adv.delay.alert"].search([("order_id", "=", self.order.id)])
        with self.act(NOON):
            note = self.env["adv.delay.alert.note"].with_user(self.paule)
            note = note.create(
                {
                    "alert_ids": [Command.set(alert.ids)],
                    "note": "Called",
                    "outcome": "told",
                    "date_announced": "2026-03-20",
                }
            )
            self.forge(
                note, is_accepted=True, qty_delta=-4, create_uid=1
            ).action_apply()
        revision = self.order.adv_commitment_ids.revision_ids.filtered(
            lambda each: each.kind == "announced"
        )
        self.assertEqual(
            (revision.is_accepted, revision.qty_delta, revision.user_id),
            (False, 0, self.paule),
        )
