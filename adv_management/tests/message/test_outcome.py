from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOON, MessageCommon

_DOWN = ConnectionRefusedError("connection refused")


@tagged("post_install", "-at_install")
class TestOutcome(MessageCommon):
    """What became of a message: sent, tried again, given up."""

    def _send_in_vain(self, **kw):
        message = self.compose()
        self.send(message)
        self.run_queue(**kw)
        return message

    def test_a_failure_is_tried_again_after_a_quarter_of_an_hour(self):
        message = self._send_in_vain(error=_DOWN)
        mail = self.mails(message)
        self.assertEqual(message.state, "outgoing")
        self.assertIn("connection refused", message.failure_reason)
        self.assertMoment(message.date_next_try, "2026-03-03 11:15:00")
        self.run_queue("2026-03-03 11:14:00")
        self.assertEqual(mail.state, "exception")
        self.run_cron("2026-03-03 11:15:00")
        self.assertEqual(mail.state, "outgoing")
        self.run_queue("2026-03-03 11:16:00")
        self.assertEqual(self.mails(message), mail)
        self.assertEqual((message.state, message.failure_reason), ("sent", False))
        self.assertMoment(message.date_sent, "2026-03-03 11:16:00")

    def test_after_the_fifth_failure_it_is_given_up_and_its_owner_called(self):
        message = self._send_in_vain(error=_DOWN)
        tries = []
        while message.date_next_try:
            tries.append(str(message.date_next_try)[5:16])
            at = message.date_next_try
            self.run_cron(str(at))
            self.run_queue(str(at), error=_DOWN)
        self.assertEqual(
            tries, ["03-03 11:15", "03-03 12:15", "03-03 16:15", "03-04 16:15"]
        )
        self.assertEqual(message.state, "failed")
        self.assertIn("connection refused", message.failure_reason)
        self.assertEqual(message.activity_ids.user_id, self.paule)
        self.assertEqual(len(self.mails(message)), 1)

    def test_no_try_in_the_quiet_hours(self):
        message = self.compose()
        self.send(message)
        self.run_queue("2026-03-06 18:50:00", error=_DOWN)  # Friday, 19:50 in Paris
        self.assertMoment(message.date_next_try, "2026-03-09 06:00:00")

    def test_given_up_it_is_sent_by_the_same_mail_on_demand(self):
        message = self.compose()
        self.send(message)
        mail = self.mails(message)
        message.write({"state": "failed", "failure_reason": "Down"})
        mail.state = "exception"
        message.with_user(self.paule).action_retry()
        self.run_queue()
        self.assertEqual((message.state, self.mails(message)), ("sent", mail))

    def test_who_was_reached_is_not_written_to_again(self):
        jeanne = self.contact("Jeanne", adv_gets_delays=True)
        karim = self.contact("Karim", adv_gets_delays=True)
        message = self._send_in_vain(refused=["karim@garage.example"])
        self.assertEqual(message.state, "outgoing")
        self.assertEqual(message.contact_ids, jeanne | karim)
        self.run_cron("2026-03-03 11:15:00")
        self.run_queue("2026-03-03 11:16:00")
        self.assertEqual(self.sent_to(), ['"Karim" <karim@garage.example>'])
        self.assertEqual(message.state, "sent")

    def test_an_address_that_became_invalid_is_not_tried_again(self):
        message = self.compose()
        self.send(message)
        self.partner.email = "martin"
        self.run_queue()
        self.assertEqual(message.state, "failed")
        self.assertFalse(message.date_next_try)
        self.partner.email = "martin@garage.example"
        message.with_user(self.paule).action_retry()
        self.run_queue()
        self.assertEqual(message.state, "sent")

    def test_one_of_two_addresses_became_invalid(self):
        self.contact("Jeanne", adv_gets_delays=True)
        karim = self.contact("Karim", adv_gets_delays=True)
        message = self.compose()
        self.send(message)
        karim.email = "karim"
        self.run_queue()
        self.assertEqual(message.state, "sent")
        self.assertIn("karim", message.failure_reason)
        self.assertEqual(message.activity_ids.user_id, self.paule)
        karim.email = "karim@garage.example"
        message.with_user(self.paule).action_retry()
        self.run_queue()
        self.assertEqual(self.sent_to(), ['"Karim" <karim@garage.example>'])
        self.assertEqual((message.state, message.failure_reason), ("sent", False))

    def test_a_mail_sent_by_hand_from_odoos_queue_is_noted(self):
        message = self.compose()
        self.send(message)
        message.write({"state": "failed", "failure_reason": "Down"})
        self.mails(message).state = "sent"
        self.run_cron()
        self.assertEqual(message.state, "sent")

    def test_what_went_well_is_not_tried_again(self):
        message = self._send_in_vain()
        with self.assertRaises(UserError):
            message.with_user(self.paule).action_retry()

    def test_the_owner_is_called_once(self):
        self.partner.email = False
        message = self.compose()
        message._fail("Again")
        self.assertEqual(len(message.activity_ids), 1)
        self.assertEqual(message.failure_reason, "Again")

    def test_of_an_archived_owner_the_customers_owner_is_called(self):
        zoe = self._create_user("zoe", "adv_management.group_adv_user")
        self.partner.adv_user_id = zoe
        self.paule.active = False
        self.partner.email = False
        self.assertEqual(self.compose().activity_ids.user_id, zoe)

    def test_other_rooms_learn_of_whole_sets(self):
        told = []
        model = type(self.env["adv.customer.message"])

        def note(messages, state):
            told.append((state, sorted(messages.mapped("key"))))

        with patch.object(model, "_on_state", note):
            messages = self.compose("a", "b", "c")
            self.send(messages[:2])
            self.run_queue()
            messages[2].with_user(self.paule).action_cancel()
        self.assertEqual(told, [("sent", ["a", "b"]), ("cancelled", ["c"])])

    def test_odoos_queue_wakes_the_scheduled_action(self):
        cron = self.env.ref("adv_management.ir_cron_adv_send_messages")
        self.send(self.compose())
        count = self.env["ir.cron.trigger"].search_count
        before = count([("cron_id", "=", cron.id)])
        with self.act(NOON), self.mock_mail_gateway():
            self.env["mail.mail"].process_email_queue()
        self.assertEqual(count([("cron_id", "=", cron.id)]), before + 1)
