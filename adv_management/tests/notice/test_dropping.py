from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TUESDAY, WEDNESDAY, NoticeCommon

NIGHT = "2026-03-03 20:00:00"


@tagged("post_install", "-at_install")
class TestDropping(NoticeCommon):
    """A delay that is over before the notice leaves is not told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rare = cls._create_product("Buffet", stock=0)

    def _sell_two(self):
        """Return an order of two late lines; the first one will recover."""
        order = self.sell_late((self.missing, 10), (self.rare, 5))
        self.receive(self.missing, 10, "2026-03-17")
        self.receive(self.rare, 5, "2026-03-17")
        return order

    def _recover(self, at=WEDNESDAY):
        self.move_supply("2026-03-05", at=at)

    def _send_at_night(self, message):
        with self.act(NIGHT):
            message.with_user(self.paule).action_send()
        self.assertEqual(message.state, "queued")

    def test_draft_is_cancelled(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self._recover()
        self.assertAlert(order, state="closed")
        self.assertEqual(message.state, "cancelled")
        self.assertIn("not late any more", message.message_ids[0].body)

    def test_waiting_message_is_cancelled(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self._send_at_night(message)
        self._recover()
        self.assertEqual(message.state, "cancelled")

    def test_message_in_the_queue_is_kept_back(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        with self.act(TUESDAY):
            message.with_user(self.paule).action_send()
        self.assertEqual(message.state, "outgoing")
        self._recover()
        self.assertEqual(message.state, "cancelled")
        self.run_queue(WEDNESDAY)
        self.assertFalse(self._mails)
        self.assertCommitment(order, date_announced=False)

    def test_message_that_failed_is_not_worth_a_correction_any_more(self):
        order = self.sell_slipping(10)
        self.partner.email = False
        message = self.preview(order)
        self._recover()
        self.assertEqual(message.state, "cancelled")
        self.assertFalse(message.activity_ids)

    def test_cancelled_order_is_not_told(self):
        orders = self.sell_slipping(10) | self.sell_slipping(5)
        message = self.preview(orders)
        with self.act(WEDNESDAY):
            orders[0]._action_cancel()
            self._run_engine()
        self.assertDates(message, (orders[1], "2026-03-10", "2026-03-19"))
        self.assertEqual(message.order_ids, orders[1])
        self.assertNotIn(orders[0].name, message.body + message.subject)

    def test_date_agreed_by_phone_replaces_the_notice(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self.change_promise(order, "2026-03-19", "accepted", at=WEDNESDAY)
        with self.act(WEDNESDAY):
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_promise="2026-03-19")
        self.assertEqual(message.state, "cancelled")

    def test_lines_that_recovered_are_taken_out(self):
        order = self._sell_two()
        for is_approved in (False, True):
            message = self.preview(order)
            if is_approved:
                self._send_at_night(message)
            self._recover()
            with self.subTest(is_approved):
                self.assertEqual(message.state, "queued" if is_approved else "draft")
                self.assertEqual(message.line_ids.name, "Buffet")
                self.assertNotIn("Armoire", message.body)
                self.assertIn("Buffet", message.body)
            self.move_supply("2026-03-17", at=WEDNESDAY)
            with self.act(WEDNESDAY):
                message.with_user(self.paule).action_cancel()

    def test_rest_of_a_message_in_the_queue_leaves_anew(self):
        order = self._sell_two()
        message = self.preview(order)
        with self.act(TUESDAY):
            message.with_user(self.paule).action_send()
        self._recover()
        self.assertEqual(message.state, "cancelled")
        second = self.messages.search([], limit=1)
        self.assertValues(second, state="outgoing", sender_id=self.paule)
        self.assertEqual(second.line_ids.name, "Buffet")
        self.run_queue(WEDNESDAY)
        [mail] = self._mails
        self.assertNotIn("Armoire", mail["body"])
        self.assertIn("Buffet", mail["body"])

    def test_words_of_a_person_are_kept_and_shown_to_be_outdated(self):
        order = self._sell_two()
        message = self.preview(order)
        message.with_user(self.paule).body = "<p>Dear Martin, Armoire and Buffet</p>"
        self._send_at_night(message)
        self._recover()
        self.assertValues(message, state="draft", is_outdated=True)
        self.assertIn("Dear Martin", message.body)
        self.assertEqual(message.activity_ids.user_id, self.paule)
        message.with_user(self.paule).action_write_again()
        self.assertValues(message, is_outdated=False, is_edited=False)
        self.assertNotIn("Armoire", message.body)
        self.assertIn("Buffet", message.body)

    def test_only_the_desk_writes_again(self):
        message = self.preview(self.sell_slipping(10))
        salesman = self._create_user("luc", "sales_team.group_sale_salesman_all_leads")
        with self.assertRaises(AccessError):
            message.with_user(salesman).action_write_again()

    def test_what_was_sent_stays_sent(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self.send(message)
        self._recover()
        self.assertEqual(message.state, "sent")
        self.assertCommitment(order, date_announced="2026-03-19", status="on_time")

    def test_more_delay_leaves_the_draft_alone(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self.move_supply("2026-03-18", at=WEDNESDAY)
        self.assertEqual(message.state, "draft")
        self.assertDates(message, (order, "2026-03-10", "2026-03-19"))
