from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FRIDAY_NIGHT, NOON, MessageCommon

_MAIL = "odoo.addons.mail.models.mail_mail"


@tagged("post_install", "-at_install")
class TestSending(MessageCommon):
    """One e-mail per message, as it was shown, and what it leaves behind."""

    def test_what_is_shown_is_what_is_sent(self):
        order = self.sell(1)
        message = self.compose(line_ids=[self.line(order)])
        message.with_user(self.paule).write(
            {"subject": "Nouvelle date", "body": "<p>Bonjour <b>Martin</b></p>"}
        )
        self.send(message)
        self.run_queue()
        self.assertEqual(self.sent_to(), ['"Garage Martin" <martin@garage.example>'])
        [mail] = self._mails
        self.assertEqual(mail["subject"], "Nouvelle date")
        self.assertIn("<p>Bonjour <b>Martin</b></p>", mail["body"])
        self.assertNotIn("apologise", mail["body"])
        self.assertIn("Delorme &amp; Fils", mail["body"])
        self.assertIn("<paule@delorme.example>", mail["email_from"])
        self.assertMoment(message.date_sent, NOON)
        self.assertEqual(message.state, "sent")

    def test_nothing_is_sent_before_odoos_queue_runs(self):
        with self.mock_mail_gateway():
            self.send(self.compose())
            self.env.cr.postcommit.run()
        self.assertFalse(self._mails)

    def test_all_recipients_get_one_mail_of_the_queue(self):
        contacts = self.contact("Jeanne", lang="en_US") | self.contact("Karim")
        colleague = self._create_user("zoe", "base.group_user").partner_id
        guest = self._create_user("guest", "base.group_portal").partner_id
        (colleague | guest).write({"email": "x@y.example"})
        everybody = contacts | colleague | guest
        message = self.compose(contact_ids=[Command.set(everybody.ids)])
        self.send(message)
        [mail] = self.mails(message)
        self.assertEqual(mail.recipient_ids, everybody)
        self.assertEqual(
            self.env["mail.notification"]
            .search([("mail_mail_id", "=", mail.id)])
            .res_partner_id,
            everybody,
        )

    def test_followers_are_not_written_to(self):
        message = self.compose()
        message.message_subscribe(self.other.ids)
        self.send(message)
        self.assertEqual(self.mails(message).recipient_ids, self.partner)

    def test_files_travel_along(self):
        file = self.env["ir.attachment"].create({"name": "ARC.pdf", "raw": b"%PDF-1"})
        message = self.compose(attachment_ids=[Command.set(file.ids)])
        self.assertEqual((file.res_model, file.res_id), (message._name, message.id))
        self.send(message)
        self.run_queue()
        self.assertEqual(
            [name for name, *_rest in self._mails[0]["attachments"]], ["ARC.pdf"]
        )

    def test_sent_twice_is_one_mail(self):
        message = self.compose()
        self.send(message)
        with self.assertRaises(UserError):
            self.send(message)
        self.run_cron()
        self.run_queue()
        self.run_queue()
        self.assertEqual(len(self.mails(message)), 1)

    def test_it_is_sent_for_the_company_without_an_owner(self):
        message = self.compose(user_id=False)
        self.send(message)
        self.assertEqual(
            self.mails(message).email_from, '"Delorme & Fils" <adv@delorme.example>'
        )

    def test_the_mail_stays_so_that_its_bounce_finds_it(self):
        message = self.compose()
        self.send(message)
        self.run_queue()
        self.assertFalse(self.mails(message).auto_delete)

    def test_each_order_says_what_its_customer_was_sent(self):
        first, second = self.sell(1), self.sell(1)
        messages = self.compose("a", order_ids=[Command.set((first | second).ids)])
        messages |= self.compose("b", order_ids=[Command.set(first.ids)])
        before = first.message_ids | second.message_ids
        self.send(messages)
        new = (first.message_ids | second.message_ids) - before
        self.assertEqual(sorted(new.mapped("res_id")), (first | second).ids)
        note = new.filtered(lambda each: each.res_id == first.id).body
        self.assertEqual(note.count("Delay notice to Garage Martin"), 2)

    def test_notes_on_orders_do_not_cost_by_message(self):
        orders = [self.sell(1) for _number in range(12)]
        messages = self.env["adv.customer.message"]
        for order in orders:
            messages |= self.compose(order.name, order_ids=[Command.set(order.ids)])
        messages._note_on_orders()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            messages._note_on_orders()
            self.env.flush_all()

    @mute_logger(_MAIL)
    def test_one_that_cannot_be_posted_does_not_stop_the_others(self):
        bad, good = self.compose("a"), self.compose("b", partner=self.other)
        bad.contact_ids = False
        self.send(bad | good)
        self.assertEqual((bad.state, good.state), ("failed", "outgoing"))
        self.assertIn("nobody to write to", bad.failure_reason)

    # Cancelled ------------------------------------------------------------------------

    def test_drafts_and_what_waits_are_cancelled(self):
        draft, waiting = self.compose("a", "b")
        self.send(waiting, at=FRIDAY_NIGHT)
        (draft | waiting).with_user(self.paule).action_cancel()
        self.assertEqual(set((draft | waiting).mapped("state")), {"cancelled"})
        self.run_cron("2026-03-09 08:00:00")
        self.assertFalse(self.mails(draft | waiting))

    def test_what_odoo_has_not_sent_yet_is_cancelled(self):
        message = self.compose()
        self.send(message)
        message.with_user(self.paule).action_cancel()
        self.run_queue()
        self.assertFalse(self._mails)
        self.assertEqual(message.state, "cancelled")

    def test_what_odoo_has_just_sent_is_not(self):
        message = self.compose()
        self.send(message)
        with self.act(NOON), self.mock_mail_gateway():
            self.env["mail.mail"].process_email_queue()
        with self.assertRaisesRegex(UserError, "Too late"):
            message.with_user(self.paule).action_cancel()

    def test_a_mail_cancelled_in_odoos_queue_cancels_its_message(self):
        message = self.compose()
        self.send(message)
        self.mails(message).cancel()
        self.run_cron()
        self.assertEqual(message.state, "cancelled")

    def test_a_mail_deleted_from_odoos_queue_fails_its_message(self):
        message = self.compose()
        self.send(message)
        self.mails(message).unlink()
        self.run_cron()
        self.assertEqual(message.state, "failed")
        self.assertIn("deleted", message.failure_reason)

    # The history ----------------------------------------------------------------------

    def test_the_customer_shows_what_it_was_sent(self):
        contact = self.contact("Jeanne")
        self.compose("a", "b")
        self.compose("c", partner=self.other)
        for partner in (self.partner, contact):
            partner = partner.with_user(self.paule)
            self.assertEqual(partner.adv_message_count, 2)
            domain = partner.action_adv_open_messages()["domain"]
            self.assertEqual(
                set(self.env["adv.customer.message"].search(domain).mapped("key")),
                {"a", "b"},
            )

    def test_the_answer_does_not_go_to_whoever_has_left_since(self):
        message = self.compose()
        self.paule.active = False
        with self.act(NOON):
            message.action_send()
        mail = self.mails(message)
        self.assertEqual(mail.author_id, self.company.partner_id)
        self.assertIn(self.company.email, mail.email_from)
