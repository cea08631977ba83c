"""What an answer changes: the promise, the desk's list, and nothing else."""

from unittest.mock import patch

from lxml import html

from odoo.tests import tagged

from ..common import MONDAY
from .common import PortalCase

TUESDAY = "2026-03-03 09:00:00"


@tagged("post_install", "-at_install")
class TestAnswers(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = cls._create_product("Table", stock=4)
        cls.order = cls.sell(
            10,
            (cls.table, 6),
            promise="2026-03-10",
            adv_user_id=cls.desk.id,
            client_order_ref="PO 4711",
        )
        cls.message = cls.notify(cls.order, "2026-03-17")
        cls.token = cls.get_token(cls.order, cls.message)
        cls.chair, cls.desk_line = cls.order.adv_commitment_ids.sorted("id")

    def _activity(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", self.order.id)]
        )

    def _get_dates(self, commitment):
        return commitment.revision_ids.filtered(lambda each: each.kind == "date")

    # The page -------------------------------------------------------------------------

    def test_page_tells_promised_and_announced_date_of_each_line(self):
        page = self.open(self.token, at=TUESDAY)
        self.assertEqual(page.status_code, 200)
        text = self.get_text(page)
        self.assertIn(
            "Chaise To deliver: 10 Promised March 10, 2026 New date March 17, 2026",
            text,
        )
        self.assertIn("Table To deliver: 6 Promised March 10, 2026", text)
        self.assertIn("Your reference: PO 4711", text)
        self.assertIn("I accept the new date as promised: March 17, 2026 Please", text)
        self.assertIn('value="01 23 45 67 89"', page.text)

    def test_mail_carries_a_link_for_each_of_its_orders(self):
        other = self.sell(1, promise="2026-03-10")
        message = self.notify(self.order | other, "2026-03-17", key="both")
        links = html.fromstring(message.body).xpath("//a[contains(@href, '/adv/')]")
        self.assertEqual(
            [link.text_content() for link in links],
            [f"Answer for order {order.name}" for order in (self.order, other)],
        )
        for link, order in zip(links, (self.order, other), strict=True):
            token = link.get("href").rpartition("/")[2]
            text = self.get_text(self.open(token, at=TUESDAY))
            self.assertIn(f"Delivery of your order {order.name}", text)

    def test_page_opened_before_we_know_that_the_mail_has_left(self):
        order = self.sell(10, promise="2026-03-10")
        with patch.object(self.registry["adv.commitment"], "_announce"):
            message = self.notify(order, "2026-03-17", key="just left")
        message.sudo().write({"state": "outgoing"})
        page = self.open(self.get_token(order, message))
        self.assertEqual(page.status_code, 200)
        text = self.get_text(page)
        self.assertIn("Promised March 10, 2026", text)
        self.assertIn("Please call me", text)
        self.assertNotIn("Something has changed", text)
        self.assertNotIn("I accept", text)

    def test_page_of_a_message_that_has_not_left_says_so(self):
        order = self.sell(10, promise="2026-03-10")
        with patch.object(self.registry["adv.commitment"], "_announce"):
            message = self.notify(order, "2026-03-17", key="not left")
        message.sudo().write({"state": "draft", "date_sent": False})
        text = self.get_text(self.open(self.get_token(order, message)))
        self.assertIn("Our message has not left yet", text)
        self.assertNotIn("Something has changed", text)
        self.assertNotIn("Please call me", text)

    def test_page_keeps_prediction_and_cause_to_ourselves(self):
        self.receive(self.table, 10, "2026-04-21")
        self.assertEqual(str(self.desk_line.date_predicted), "2026-04-21")
        text = self.get_text(self.open(self.token, at=TUESDAY))
        self.assertNotIn("April", text)
        self.assertNotIn(self.desk_line.cause_id.name, text)

    def test_page_is_kept_by_no_cache_and_no_search_engine(self):
        headers = self.open(self.token, at=TUESDAY).headers
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["X-Robots-Tag"], "noindex, nofollow")

    def test_opening_the_page_changes_nothing(self):
        self.open(self.token, at=TUESDAY)
        self.assertFalse(self.get_answers(self.order))
        self.assertFalse(self._activity())

    # Accepting ------------------------------------------------------------------------

    def test_accepted_date_becomes_the_promise_with_its_proof(self):
        page = self.answer(self.token, "accept", at=TUESDAY)
        self.assertEqual(page.status_code, 200)
        self.assertIn("You have accepted the new date", self.get_text(page))
        for commitment in (self.chair, self.desk_line):
            self.assertCommitment(
                commitment,
                date_first_promise="2026-03-10",
                date_headline="2026-03-10",
                date_promise="2026-03-17",
                date_announced="2026-03-17",
            )
            self.assertRecordValues(
                self._get_dates(commitment),
                [
                    {
                        "origin": "internal",
                        "is_accepted": True,
                        "proof": "portal",
                        "source": "portal",
                        "user_id": self.env.ref("base.public_user").id,
                        "answer_id": self.get_answers(self.order).id,
                    }
                ],
            )
        self.assertEqual(str(self.order.commitment_date), "2026-03-17 12:00:00")
        move = self.order.picking_ids.move_ids[0]
        self.assertEqual(str(move.date_deadline), "2026-03-17 12:00:00")

    def test_answer_keeps_who_when_and_from_where(self):
        self.answer(self.token, "accept", at=TUESDAY, comment="Fine")
        answer = self.get_answers(self.order)
        self.assertRecordValues(
            answer,
            [
                {
                    "kind": "accept",
                    "message_id": self.message.id,
                    "partner_id": self.partner.id,
                    "company_id": self.company.id,
                    "user_id": self.env.ref("base.public_user").id,
                    "comment": "Fine",
                    "ip": "127.0.0.1",
                }
            ],
        )
        self.assertEqual(str(answer.date), TUESDAY)
        self.assertEqual(
            [str(each.date_new) for each in answer.revision_ids], ["2026-03-17"] * 2
        )

    def test_on_time_is_judged_by_the_accepted_date_and_the_headline_is_not(self):
        order = self.sell(1, promise="2026-03-10")
        message = self.notify(order, "2026-03-17", key="late")
        self.answer(self.get_token(order, message), "accept", at=TUESDAY)
        self.deliver(order, at="2026-03-16 09:00:00")
        self.assertCommitment(
            order,
            due_count=1,
            on_time_count=1,
            first_due_count=1,
            first_on_time_count=0,
        )

    def test_each_line_gets_its_own_date(self):
        message = self.notify(self.order, "2026-03-17", key="two")
        message.line_ids[1].sudo().date_announced = "2026-03-24"
        with self.act(MONDAY):
            self.desk_line._announce("2026-03-24")
            self._run_engine()
        self.answer(self.get_token(self.order, message), "accept", at=TUESDAY)
        self.assertCommitment(self.chair, date_promise="2026-03-17")
        self.assertCommitment(self.desk_line, date_promise="2026-03-24")

    def test_earlier_date_needs_no_consent(self):
        message = self.notify(self.order, "2026-03-09", key="early")
        token = self.get_token(self.order, message)
        self.assertNotIn('value="accept"', self.open(token, at=TUESDAY).text)
        self.assertEqual(self.answer(token, "accept", at=TUESDAY).status_code, 409)
        self.assertCommitment(self.chair, date_promise="2026-03-10")

    # Telling the desk -----------------------------------------------------------------

    def test_desk_is_told_what_was_accepted(self):
        self.answer(self.token, "accept", at=TUESDAY, comment="Until noon, please")
        activity = self._activity()
        self.assertEqual(activity.user_id, self.desk)
        self.assertEqual(activity.summary, "The customer accepts the announced date.")
        self.assertEqual(str(activity.date_deadline), "2026-03-03")
        words = (
            "Chaise: promised March 17, before March 10<br>"
            "Table: promised March 17, before March 10<br>"
            "Comment: Until noon, please"
        )
        self.assertIn(words, activity.note)
        note = self.order.message_ids[0]
        self.assertIn(words, note.body)
        self.assertEqual(note.author_id, self.partner)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))

    def test_part_delivery_says_what_is_there(self):
        page = self.answer(self.token, "part", at=TUESDAY)
        self.assertIn("what can leave now", self.get_text(page))
        activity = self._activity()
        self.assertEqual(activity.summary, "The customer asks for a part delivery now.")
        self.assertIn("Chaise: 10 there of 10 still to deliver", activity.note)
        self.assertIn("Table: 4 there of 6 still to deliver", activity.note)
        self.assertCommitment(self.chair, date_promise="2026-03-10")
        self.assertFalse(self._get_dates(self.chair))

    def test_free_stock_is_there_although_nobody_reserved_it(self):
        self.order.picking_ids.do_unreserve()
        self.answer(self.token, "part", at=TUESDAY)
        self.assertIn("Table: 4 there of 6", self._activity().note)

    def test_call_is_asked_at_the_number_that_the_customer_gives(self):
        page = self.answer(self.token, "call", at=TUESDAY, phone="+33 (0)6 11-22.33")
        self.assertIn("We will call you", self.get_text(page))
        activity = self._activity()
        call = self.env.ref("mail.mail_activity_data_call")
        self.assertEqual(activity.activity_type_id, call)
        self.assertIn("Telephone: +33 (0)6 11-22.33", activity.note)

    def test_order_without_desk_goes_to_its_salesperson(self):
        salesman = self._create_user("luc", "sales_team.group_sale_salesman")
        self.order.write({"adv_user_id": False, "user_id": salesman.id})
        self.answer(self.token, "call", at=TUESDAY, phone="0123456789")
        self.assertEqual(self._activity().user_id, salesman)

    def test_archived_owner_is_no_owner(self):
        salesman = self._create_user("luc", "sales_team.group_sale_salesman")
        self.order.user_id = salesman
        self.desk.active = False
        self.answer(self.token, "call", at=TUESDAY, phone="0123456789")
        self.assertEqual(self._activity().user_id, salesman)

    def test_no_mail_leaves_by_a_visitors_click(self):
        mails = self.env["mail.mail"].search_count([])
        for kind in ("accept", "part", "call"):
            message = self.notify(self.order, "2026-03-17", key=kind)
            token = self.get_token(self.order, message)
            self.answer(token, kind, at=TUESDAY, phone="0123456789")
        self.assertEqual(len(self.get_answers(self.order)), 3)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    # Alerts ---------------------------------------------------------------------------

    def test_accepted_date_closes_the_alert(self):
        order = self.sell(1, promise="2026-03-10")
        self.change_promise(order, "2026-03-16", "internal", at="2026-03-02 10:00:00")
        self.refresh("2026-03-02")
        alert = self.env["adv.delay.alert"].search([("order_id", "=", order.id)])
        self.assertEqual(alert.state, "open")
        message = self.notify(order, "2026-03-17", key="alert")
        self.answer(self.get_token(order, message), "accept", at=TUESDAY)
        self.refresh("2026-03-03")
        self.assertCommitment(order, date_promise="2026-03-17", status="on_time")
        self.assertEqual(alert.state, "closed")
