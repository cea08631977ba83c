"""A link lives thirty days from the day on which it leaves."""

import re

from odoo import Command
from odoo.tests import freeze_time, tagged

from ...models.portal.answer_link import AnswerLink
from ..message.common import MessageCommon

WRITTEN = "2026-03-03 11:00:00"
APRIL = "2026-04-21 09:00:00"


@tagged("post_install", "-at_install")
class TestFreshLinks(MessageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.sell(10, promise="2026-03-10")

    def write_notice(self, key="a"):
        return self.compose(
            key,
            at=WRITTEN,
            order_ids=[Command.set(self.order.ids)],
            line_ids=[self.line(self.order)],
        )

    def link(self, text):
        [token] = re.findall(r"/adv/order/([\w.=-]+)", text)
        return AnswerLink.verify(self.env, token)

    def assertFresh(self, message, at):
        with freeze_time(at):
            for text in (message.body, self.mails(message).body_html):
                link = self.link(text)
                self.assertFalse(link.is_expired)
                self.assertEqual((link.message_id, link.order_id), self.names(message))
        with freeze_time("2026-05-20 09:00:00"):
            self.assertFalse(link.is_expired)

    def names(self, message):
        return message.id, self.order.id

    def test_draft_that_was_written_long_ago(self):
        message = self.write_notice()
        terms = self.link(message.body).terms
        self.send(message, at=APRIL)
        self.assertFresh(message, APRIL)
        self.assertEqual(self.link(message.body).terms, terms)
        self.run_queue(APRIL)
        self.assertIn(
            self.mails(message).body_html.split("/adv/order/")[1][:60],
            "".join(mail["body"] for mail in self._mails),
        )

    def test_words_of_a_person_are_kept(self):
        message = self.write_notice()
        mine = message.with_user(self.paule)
        mine.body = message.body.replace("Hello,", "Dear Jeanne,")
        self.send(message, at=APRIL)
        self.assertIn("Dear Jeanne,", self.mails(message).body_html)
        self.assertFresh(message, APRIL)

    def test_what_waited_in_the_queue(self):
        message = self.write_notice()
        message.date_earliest = APRIL
        self.send(message, at=WRITTEN)
        self.assertEqual(message.state, "queued")
        self.run_cron(APRIL)
        self.assertFresh(message, APRIL)

    def test_what_failed_and_is_tried_again(self):
        message = self.write_notice()
        self.send(message, at=WRITTEN)
        self.run_queue(WRITTEN, refused=["martin@garage.example"])
        for at in ("03 12", "03 15", "04 10", "05 12", "06 14", "09 14"):
            self.run_cron(f"2026-03-{at}:30:00")
            self.run_queue(f"2026-03-{at}:31:00", refused=["martin@garage.example"])
        self.assertEqual(message.state, "failed")
        with self.act(APRIL):
            message.with_user(self.paule).action_retry()
        self.assertFresh(message, APRIL)
        self.run_queue(APRIL)
        self.assertEqual(message.state, "sent")

    def test_a_token_that_somebody_typed_is_left_alone(self):
        message = self.write_notice()
        message.with_user(self.paule).body = "<p>https://x.example/adv/order/abc</p>"
        self.send(message, at=APRIL)
        self.assertIn("https://x.example/adv/order/abc", message.body)
