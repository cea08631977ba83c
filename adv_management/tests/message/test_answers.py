"""What comes back: undeliverable mail, and the customer's answer."""

from email.message import EmailMessage

from odoo.tests import tagged

from .common import MessageCommon

_BOUNCE = """From: MAILER-DAEMON@garage.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce@garage.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="parts"

--parts
Content-Type: text/plain; charset=us-ascii

<jeanne@garage.example>: no such user

--parts
Content-Type: message/delivery-status

Reporting-MTA: dns; garage.example

Final-Recipient: rfc822; jeanne@garage.example
Action: failed
Status: 5.1.1

--parts
Content-Type: message/rfc822

Message-Id: {sent}
To: jeanne@garage.example
Subject: New delivery date

Hello

--parts--
"""


@tagged("post_install", "-at_install")
class TestAnswers(MessageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_gateway()
        cls.company.alias_domain_id = cls.mail_alias_domain
        cls.jeanne = cls.contact("Jeanne", adv_gets_delays=True)

    def _send(self):
        message = self.compose()
        self.send(message)
        self.run_queue()
        return message

    def _receive(self, mail):
        with self.mock_mail_gateway():
            self.env["mail.thread"].sudo().message_process(None, mail)

    def _bounce(self, message):
        domain = f"{self.alias_bounce}@{self.alias_domain}"
        self._receive(_BOUNCE.format(to=domain, sent=self.mails(message).message_id))

    def test_the_reply_address_is_the_companys(self):
        self._send()
        self.assertIn("catchall.test@test.mycompany.com", self._mails[0]["reply_to"])

    def test_undeliverable_mail_is_said_with_its_address_and_its_owner_called(self):
        message = self._send()
        self._bounce(message)
        self.assertEqual(message.state, "bounced")
        self.assertIn("jeanne@garage.example", message.failure_reason)
        self.assertIn("Jeanne", message.failure_reason)
        self.assertEqual(message.activity_ids.user_id, self.paule)

    def test_with_a_corrected_address_the_same_mail_leaves_again(self):
        message = self._send()
        mail = self.mails(message)
        self._bounce(message)
        self.jeanne.email = "jeanne.martin@garage.example"
        message.with_user(self.paule).action_retry()
        self.run_queue()
        self.assertEqual(self.sent_to(), ['"Jeanne" <jeanne.martin@garage.example>'])
        self.assertEqual((message.state, self.mails(message)), ("sent", mail))
        self.assertFalse(message.activity_ids)

    def test_or_another_contact_gets_it(self):
        message = self._send()
        self._bounce(message)
        karim = self.contact("Karim")
        message.with_user(self.paule).contact_ids = karim
        message.with_user(self.paule).action_retry()
        self.run_queue()
        self.assertEqual(self.sent_to(), ['"Karim" <karim@garage.example>'])
        self.assertEqual(message.state, "sent")
        statuses = {
            each.res_partner_id: each.notification_status
            for each in self.mails(message)._adv_get_notifications()
        }
        self.assertEqual(statuses, {self.jeanne: "canceled", karim: "sent"})

    def _answer(self, message, text, **headers):
        """Return an answer by e-mail to a message that has just left."""
        answer = EmailMessage()
        answer["From"] = "Jeanne <jeanne@garage.example>"
        answer["To"] = self._mails[0]["reply_to"]
        answer["Subject"] = "Re: New delivery date"
        answer["Message-Id"] = "<answer@garage.example>"
        answer["In-Reply-To"] = self.mails(message).message_id
        for name, value in headers.items():
            answer[name.replace("_", "-")] = value
        answer.set_content(text)
        return answer

    def test_the_customers_answer_reaches_the_owner(self):
        message = self._send()
        answer = self._answer(message, "Too late, please call me.")
        self._receive(answer.as_string())
        self.assertIn("please call me", message.message_ids[0].body)
        [activity] = message.activity_ids
        self.assertEqual(activity.user_id, self.paule)
        self.assertEqual(activity.summary, "The customer has answered")
        answer.replace_header("Message-Id", "<answer2@garage.example>")
        self._receive(answer.as_string())
        self.assertEqual(len(message.activity_ids), 1)
        self.assertEqual(message.state, "sent")

    def test_out_of_office_is_kept_and_calls_nobody(self):
        for number, headers in enumerate(
            (
                {"Auto_Submitted": "auto-replied"},
                {"Precedence": "bulk"},
                {"X_Autoreply": "yes"},
            )
        ):
            with self.subTest(headers=headers):
                message = self.compose(str(number))
                self.send(message)
                self.run_queue()
                answer = self._answer(message, "I am on holiday.", **headers)
                answer.replace_header("Message-Id", f"<holiday{number}@garage.example>")
                self._receive(answer.as_string())
                self.assertIn("I am on holiday.", message.message_ids[0].body)
                self.assertFalse(message.activity_ids)
