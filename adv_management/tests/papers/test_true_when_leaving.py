from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import PapersCommon, read_sheet

NIGHT = "2026-03-06 20:30:00"  # Friday, 21:30 in Paris
SATURDAY = "2026-03-07 09:00:00"
MORNING = "2026-03-09 07:30:00"
NOON = "2026-03-09 11:00:00"


@tagged("post_install", "-at_install")
class TestTrueWhenLeaving(PapersCommon):
    """What waited tells how things stand when it leaves, not when it was written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_mode("automatic")

    def wait(self, **vals):
        """Return an order whose acknowledgement waits for Monday morning."""
        order = self.sell(10, promise="2026-03-20", at=NIGHT, **vals)
        self.acknowledge(NIGHT)
        self.assertEqual(self.messages(order).state, "queued")
        return order

    def mail(self, messages):
        text = "".join(filter(None, self.mails(messages).mapped("body_html")))
        return " ".join(html2plaintext(text).replace("*", " ").split())

    def test_price(self):
        order = self.wait()
        with self.act(SATURDAY):
            order.order_line.price_unit = 12
        self.run_cron(MORNING)
        message = self.messages(order)
        self.assertEqual(message.state, "outgoing")
        self.assertIn("120.00", message.body)
        self.assertIn("120.00", self.mail(message))
        self.assertNotIn("100.00", self.mail(message))

    def test_added_line(self):
        order = self.wait()
        bureau = self._create_product("Bureau")
        with self.act(SATURDAY):
            order.order_line = [Command.create({"product_id": bureau.id})]
            self._run_engine()
        self.run_cron(MORNING)
        self.assertIn("Bureau", self.mail(self.messages(order)))

    def test_promised_date(self):
        order = self.wait()
        self.change_promise(order, "2026-03-25", "customer", at=SATURDAY)
        self.run_cron(MORNING)
        self.assertIn("03/25/2026", self.mail(self.messages(order)))

    def test_what_did_not_change_leaves_as_it_was_written(self):
        order = self.wait()
        body = self.messages(order).body
        self.run_cron(MORNING)
        self.assertEqual(self.messages(order).body, body)
        self.assertEqual(self.messages(order).state, "outgoing")

    def test_order_cancelled_meanwhile(self):
        order = self.wait()
        with self.act(SATURDAY):
            order._action_cancel()
        self.run_cron(MORNING)
        self.assertEqual(self.messages(order).state, "cancelled")
        self.assertFalse(self.mails(self.messages(order)))

    def test_order_cancelled_while_a_second_one_waits(self):
        order = self.sell(10, at=NIGHT)
        with self.act(NIGHT):
            first = order._adv_compose_acknowledgements()
            first.sudo().action_send_now()
        self.run_queue(NIGHT)
        with self.act(NIGHT):
            second = order._adv_compose_acknowledgements()
            second.sudo().action_send()
        self.assertEqual((first | second).mapped("state"), ["sent", "queued"])
        with self.act(SATURDAY):
            order._action_cancel()
        self.assertEqual(second.state, "cancelled")
        self.run_queue(MORNING)
        self.assertFalse(self._mails)

    def test_words_of_a_person_are_looked_at_again(self):
        order = self.wait()
        message = self.messages(order)
        message.write({"state": "draft", "date_earliest": False})
        message.with_user(self.paule).body = "<p>Dear Jeanne, all is well.</p>"
        self.send(message, at=NIGHT)
        with self.act(SATURDAY):
            order.order_line.price_unit = 12
        self.run_cron(MORNING)
        self.assertEqual(message.state, "draft")
        self.assertTrue(message.is_outdated)
        self.assertIn("Dear Jeanne", message.body)
        self.assertEqual(len(message.activity_ids), 1)
        self.send(message, at=NOON)
        self.assertEqual(message.state, "outgoing")
        self.assertIn("Dear Jeanne", self.mail(message))

    def test_words_of_a_person_about_what_still_holds_leave(self):
        order = self.wait()
        message = self.messages(order)
        message.write({"state": "draft", "date_earliest": False})
        message.with_user(self.paule).body = "<p>Dear Jeanne, all is well.</p>"
        self.send(message, at=NIGHT)
        self.run_cron(MORNING)
        self.assertIn("Dear Jeanne", self.mail(message))

    def test_a_draft_that_is_not_true_any_more_is_shown_before_it_leaves(self):
        self.set_mode("manual")
        order = self.sell(10, at=NIGHT)
        with self.act(NIGHT):
            draft = order._adv_compose_acknowledgements()
        with self.act(SATURDAY):
            order.order_line.price_unit = 12
        with self.act(NOON):
            action = draft.with_user(self.paule).action_send()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(draft.state, "draft")
        self.assertIn("120.00", draft.body)
        self.send(draft, at=NOON)
        self.assertEqual(draft.state, "outgoing")
        self.assertIn("120.00", self.mail(draft))

    def test_one_outdated_draft_holds_up_no_other(self):
        self.set_mode("manual")
        orders = self.sell(10, at=NIGHT) | self.sell(20, at=NIGHT)
        with self.act(NIGHT):
            drafts = orders._adv_compose_acknowledgements()
        with self.act(SATURDAY):
            orders[0].order_line.price_unit = 12
        with self.act(NOON):
            drafts.with_user(self.paule).action_send()
        self.assertEqual(drafts.mapped("state"), ["draft", "outgoing"])

    def test_printed_order_is_printed_anew(self):
        self.company.adv_ack_is_pdf = True
        Report = self.registry["ir.actions.report"]
        prints = iter((b"%PDF-1", b"%PDF-2"))
        with (
            patch.object(Report, "get_wkhtmltopdf_state", lambda self: "ok"),
            patch.object(
                Report, "_render_qweb_pdf", lambda *args: (next(prints), "pdf")
            ),
        ):
            order = self.wait()
            with self.act(SATURDAY):
                order.order_line.price_unit = 12
            self.run_cron(MORNING)
        [file] = self.messages(order).attachment_ids
        self.assertEqual(file.raw, b"%PDF-2")

    def test_refused_by_the_server_and_changed_before_the_next_try(self):
        order = self.sell(10, promise="2026-03-20", at=NOON)
        self.acknowledge(NOON)
        self.run_queue(NOON, error=ConnectionRefusedError("down"))
        with self.act(NOON):
            order.order_line.price_unit = 12
        self.run_cron("2026-03-09 11:20:00")
        self.run_queue("2026-03-09 11:21:00")
        first, second = self.messages(order)
        self.assertEqual((first.state, second.state), ("cancelled", "sent"))
        self.assertEqual(len(self._mails), 1)
        self.assertIn("120.00", self.mail(second))
        self.assertEqual(order.adv_confirmation_ids.ack_message_id, second)
        self.assertTrue(order.adv_date_acknowledged)

    # Open-order reports ---------------------------------------------------------------

    def test_report_of_friday_night_tells_what_is_open_on_monday(self):
        order, other = self.sell(10, at=NIGHT), self.sell(20, at=NIGHT)
        with self.act(NIGHT):
            self.partner._adv_report_now(self.company)
        with self.act(SATURDAY):
            order._action_cancel()
            self._run_engine()
        self.run_cron(MORNING)
        report = self.reports(self.partner)
        self.assertEqual(report.state, "outgoing")
        self.assertNotIn(order.name, self.mail(report))
        self.assertIn(other.name, self.mail(report))
        [file] = report.attachment_ids
        cells = {
            cell
            for row in read_sheet(file.raw).iter_rows(values_only=True)
            for cell in row
        }
        self.assertIn(other.name, cells)
        self.assertNotIn(order.name, cells)

    def test_report_of_which_nothing_is_left_does_not_leave(self):
        order = self.sell(10, at=NIGHT)
        with self.act(NIGHT):
            self.partner._adv_report_now(self.company)
        self.deliver(order, at=SATURDAY)
        self.run_cron(MORNING)
        self.assertEqual(self.reports(self.partner).state, "cancelled")
