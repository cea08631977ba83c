from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TUESDAY, WEDNESDAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestTelling(NoticeCommon):
    """What follows from a notice that left, and from one that did not arrive."""

    def _told(self, order):
        return [
            (str(each.date_new), each.source, each.proof, each.user_id)
            for each in order.adv_commitment_ids.revision_ids
            if each.kind == "announced"
        ]

    def test_approved_moves_nothing(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        with self.act(TUESDAY):
            message.with_user(self.paule).action_send()
            self._run_engine()
        self.assertEqual(message.state, "outgoing")
        self.assertCommitment(order, date_announced=False, date_promise="2026-03-10")
        self.assertAlert(order, state="open", date_told=False)

    def test_sent_is_told(self):
        order = self.sell_slipping(10)
        self.send(self.preview(order))
        self.assertCommitment(
            order,
            date_announced="2026-03-19",
            date_promise="2026-03-10",
            date_first_promise="2026-03-10",
            status="will_be_late",
        )
        self.assertEqual(str(order.commitment_date.date()), "2026-03-10")
        self.assertEqual(
            self._told(order), [("2026-03-19", "announced", "mail", self.paule)]
        )
        alert = self.assertAlert(
            order, state="informed", date_told="2026-03-03", is_told_in_time=True
        )
        self.assertValues(
            alert.line_ids,
            told_count=1,
            told_in_time_count=1,
            date_told="2026-03-03",
        )

    def test_line_left_out_stays_to_be_told(self):
        order = self.sell_slipping(10, 5)
        wizard = self.open_wizard(self.get_alerts(order))
        wizard.line_ids[0].is_included = False
        self.send(self.press_preview(wizard))
        alert = self.assertAlert(order, state="open")
        self.assertEqual(sorted(alert.line_ids.mapped("told_count")), [0, 1])

    def test_bounced_is_not_told(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self.send(message)
        self.bounce(message, WEDNESDAY)
        self.assertEqual(message.state, "bounced")
        self.assertCommitment(order, date_announced=False)
        alert = self.assertAlert(
            order,
            state="open",
            date_told=False,
            is_told_in_time=False,
            date_deadline="2026-03-04",
            date_waiting="2026-03-04",
        )
        self.assertValues(
            alert.line_ids, told_count=0, told_in_time_count=0, is_settled=False
        )
        self.assertIn("was not reached", alert.message_ids[0].body)
        self.assertIn("martin@garage.example", alert.message_ids[0].body)
        self.assertEqual(message.activity_ids.user_id, self.paule)

    def test_bounced_second_notice_leaves_the_first(self):
        order = self.sell_slipping(10)
        self.send(self.preview(order))
        self.move_supply("2026-03-24", at=WEDNESDAY)
        second = self.preview(order, WEDNESDAY)
        self.assertDates(second, (order, "2026-03-19", "2026-03-26"))
        self.send(second, WEDNESDAY)
        self.assertCommitment(order, date_announced="2026-03-26")
        self.bounce(second, "2026-03-05 09:00:00")
        self.assertCommitment(order, date_announced="2026-03-19")
        alert = self.assertAlert(order, state="open", date_told="2026-03-03")
        self.assertValues(alert.line_ids, told_count=1, told_in_time_count=1)

    def test_bounce_of_what_was_corrected_by_phone_changes_nothing(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self.send(message)
        with self.act(WEDNESDAY):
            order.adv_commitment_ids._announce("2026-03-23", proof="call")
            self._run_engine()
        self.bounce(message, WEDNESDAY)
        self.assertCommitment(order, date_announced="2026-03-23")

    def test_sent_again_after_a_bounce_is_told(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self.send(message)
        self.bounce(message, WEDNESDAY)
        with self.act(WEDNESDAY):
            self.partner.email = "atelier@garage.example"
            message.with_user(self.paule).action_retry()
        self.run_queue(WEDNESDAY)
        self.assertEqual(message.state, "sent")
        self.assertCommitment(order, date_announced="2026-03-19")
        self.assertAlert(order, state="informed", date_told="2026-03-04")

    def test_no_address_is_said_on_the_alert(self):
        order = self.sell_slipping(10)
        self.partner.email = False
        message = self.preview(order)
        self.assertEqual(message.state, "failed")
        alert = self.assertAlert(order, state="open")
        self.assertIn("nobody to write to", alert.message_ids[0].body)
        self.assertEqual(message.activity_ids.user_id, self.paule)

    def test_template_that_fails_for_one_of_three(self):
        others = [self.create_customer(name) for name in ("Hôtel", "Mairie")]
        orders = self.sell_slipping(10) | self.env["sale.order"].union(
            *(self.sell_slipping(10, partner_id=each.id) for each in others)
        )
        self.env.ref("adv_management.mail_template_adv_delay").body_html = (
            '<div><t t-set="n" t-value="1 / (0 if object.partner_id.name == \'Hôtel\''
            ' else 1)"/>Hello</div>'
        )
        messages = self.preview(orders)
        self.assertEqual(
            {each.partner_id.name: each.state for each in messages},
            {"Garage Martin": "draft", "Hôtel": "failed", "Mairie": "draft"},
        )
        failed = messages.filtered(lambda each: each.state == "failed")
        alert = self.get_alerts(failed.order_ids)
        self.assertIn("template cannot be used", alert.message_ids[0].body)
        self.send(messages - failed)
        self.assertEqual(
            {each.state for each in self.get_alerts(orders) - alert}, {"informed"}
        )

    def test_sent_cannot_be_sent_again(self):
        order = self.sell_slipping(10)
        message = self.preview(order)
        self.send(message)
        with self.assertRaises(UserError):
            message.with_user(self.paule).action_send()
        self.run_queue(TUESDAY)
        self.assertEqual(len(self._told(order)), 1)
