"""Links that are refused: what they tell, and what they leave alone."""

import base64
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools.misc import hash_sign

from ...models.portal.answer_link import AnswerLink
from ...models.portal.question import Question
from .common import PortalCase

TUESDAY = "2026-03-03 09:00:00"
SCOPE = "adv_management.customer_answer"


@tagged("post_install", "-at_install")
class TestRefusals(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"phone": "03 20 00 00 00", "email": "adv@delorme.example"})
        cls.order = cls.sell(10, promise="2026-03-10", adv_user_id=cls.desk.id)
        cls.name = cls.order.name
        cls.message = cls.notify(cls.order, "2026-03-17")
        cls.token = cls.get_token(cls.order, cls.message)

    def _link(self, **changes):
        with self.act("2026-03-02 08:00:00"):
            link = AnswerLink.verify(self.env, self.token)
            return link._replace(**changes).sign(self.env)

    def assertDisclosesNothing(self, page):
        for secret in (self.name, self.partner.name, "Chaise", "March"):
            self.assertNotIn(secret, page.text)

    def assertRefused(self, token, *, at=TUESDAY, status=410):
        """Check that a genuine link leads to the neutral page and changes nothing."""
        answers = self.get_answers(self.order)
        promise = self.order.exists().adv_commitment_ids.mapped("date_promise")
        pages = [self.open(token, at=at)]
        pages += [self.answer(token, kind, at=at) for kind in ("accept", "part")]
        for page in pages:
            self.assertEqual(page.status_code, status)
            self.assertDisclosesNothing(page)
        self.assertEqual(self.get_answers(self.order), answers)
        self.assertEqual(
            self.order.exists().adv_commitment_ids.mapped("date_promise"), promise
        )
        return self.get_text(pages[0])

    # Forged ---------------------------------------------------------------------------

    def test_forged_links_get_one_and_the_same_page(self):
        raw = bytearray(base64.urlsafe_b64decode(self.token + "==="))
        raw[-3] ^= 1
        tampered = base64.urlsafe_b64encode(raw).decode().rstrip("=")
        link = list(AnswerLink.verify(self.env, self.token))
        foreign_scope = hash_sign(self.env, "other", link)
        texts = {
            self.assertRefused(token, status=404)
            for token in (
                tampered,
                foreign_scope,
                self.token[:-10],
                "x",
                "été",
                "AQ",
                "%2e%2e",
                "A" * 2000,
            )
        }
        self.assertEqual(len(texts), 1)
        self.assertNotIn("delorme", texts.pop())

    # Genuine, but no longer good ------------------------------------------------------

    def test_link_expires_after_thirty_days(self):
        self.assertEqual(
            self.open(self.token, at="2026-04-01 07:59:00").status_code, 200
        )
        text = self.assertRefused(self.token, at="2026-04-01 08:00:00")
        self.assertIn("This link cannot be used", text)
        self.assertIn("03 20 00 00 00", text)
        self.assertIn("adv@delorme.example", text)

    def test_link_of_one_order_opens_no_other(self):
        other = self.sell(1, promise="2026-03-10")
        self.assertRefused(self._link(order_id=other.id))

    def test_link_names_the_company_of_message_and_order(self):
        main = self.env.ref("base.main_company")
        self.assertRefused(self._link(company_id=main.id))

    def test_link_is_the_customers_to_whom_it_was_sent(self):
        stranger = self.env["res.partner"].create({"name": "Garage Durand"})
        self.order.partner_id = stranger
        self.assertRefused(self.token)

    def test_cancelled_order_is_not_spoken_of(self):
        self.order._action_cancel()
        self.assertRefused(self.token)

    def test_deleted_order_is_not_spoken_of(self):
        self.order._action_cancel()
        self.order.unlink()
        self.assertRefused(self.token)

    def test_message_that_is_not_there_answers_no_more(self):
        self.assertRefused(self._link(message_id=2**31 - 1))

    def test_cancelled_message_answers_no_more(self):
        self.message.state = "cancelled"
        self.assertRefused(self.token)

    def test_message_that_has_not_left_is_only_shown(self):
        self.message.state = "draft"
        self.assertEqual(self.answer(self.token, "accept", at=TUESDAY).status_code, 403)
        self.assertFalse(self.get_answers(self.order))

    # Used -----------------------------------------------------------------------------

    def test_link_takes_one_answer(self):
        self.answer(self.token, "part", at=TUESDAY)
        text = self.assertRefused(self.token)
        self.assertIn("Your answer has reached us already", text)
        self.assertEqual(self.get_answers(self.order).kind, "part")
        self.assertEqual(len(self.order.activity_ids), 1)

    def test_link_written_again_asks_the_same_question(self):
        again = self.get_token(self.order, self.message, at="2026-03-02 15:00:00")
        self.assertNotEqual(again, self.token)
        self.answer(self.token, "part", at=TUESDAY)
        self.assertRefused(again)

    def test_junk_in_a_link_does_not_make_it_another_one(self):
        self.answer(self.token, "part", at=TUESDAY)
        self.assertRefused(f"{self.token[:20]}.{self.token[20:]}")

    def test_orders_of_one_message_are_answered_one_by_one(self):
        other = self.sell(1, promise="2026-03-10")
        message = self.notify(self.order | other, "2026-03-17", key="both")
        self.answer(self.get_token(self.order, message), "accept", at=TUESDAY)
        self.assertCommitment(self.order, date_promise="2026-03-17")
        self.assertCommitment(other, date_promise="2026-03-10")
        self.answer(self.get_token(other, message), "accept", at=TUESDAY)
        self.assertCommitment(other, date_promise="2026-03-17")

    def test_of_two_clicks_at_once_one_wins_and_the_other_is_told(self):
        self.answer(self.token, "part", at=TUESDAY)
        with patch.object(Question, "is_answered", new=False):
            page = self.answer(self.token, "accept", at=TUESDAY)
        self.assertEqual(page.status_code, 410)
        self.assertIn("Your answer has reached us already", self.get_text(page))
        self.assertEqual(self.get_answers(self.order).kind, "part")
        self.assertCommitment(self.order, date_promise="2026-03-10")

    # Changed since --------------------------------------------------------------------

    def assertOutdated(self, *words, at=TUESDAY):
        """Check that nothing can be accepted and that the present state is shown."""
        promise = self.order.adv_commitment_ids.date_promise
        page = self.open(self.token, at=at)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn('value="accept"', page.text)
        refused = self.answer(self.token, "accept", at=at)
        self.assertEqual(refused.status_code, 409)
        self.assertIn("your answer could not be noted", self.get_text(refused))
        for text in (self.get_text(page), self.get_text(refused)):
            for word in words:
                self.assertIn(word, text)
        self.assertFalse(self.get_answers(self.order))
        self.assertEqual(self.order.adv_commitment_ids.date_promise, promise)

    def test_newer_announcement_outdates_the_link(self):
        self.notify(self.order, "2026-03-24", key="newer")
        self.assertOutdated("New date March 24, 2026")
        self.assertIn(
            "Something has changed since our message",
            self.get_text(self.open(self.token, at=TUESDAY)),
        )

    def test_promise_agreed_meanwhile_outdates_the_link(self):
        self.change_promise(self.order, "2026-03-12", "customer", at=TUESDAY)
        self.assertOutdated("Promised March 12, 2026")

    def test_quantity_ordered_meanwhile_outdates_the_link(self):
        self.set_quantity(self.order, 12, TUESDAY)
        self.assertOutdated("To deliver: 12")

    def test_quantity_raised_a_moment_ago_is_seen(self):
        with self.act(TUESDAY):
            self.order.order_line.product_uom_qty = 12
            self.env.flush_all()
        refused = self.answer(self.token, "accept", at=TUESDAY)
        self.assertEqual(refused.status_code, 409)
        self.assertIn("To deliver: 12", self.get_text(refused))

    def test_delivered_line_has_nothing_to_accept(self):
        self.deliver(self.order, at=TUESDAY)
        self.assertOutdated("Delivered March 3, 2026")

    def test_announced_date_that_has_passed_is_no_promise(self):
        self.refresh("2026-03-18")
        self.assertOutdated("New date March 17, 2026", at="2026-03-18 09:00:00")

    def test_outdated_link_still_takes_a_call(self):
        self.notify(self.order, "2026-03-24", key="newer")
        page = self.answer(self.token, "call", at=TUESDAY, phone="0123456789")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self.get_answers(self.order).kind, "call")
