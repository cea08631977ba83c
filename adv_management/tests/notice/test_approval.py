from unittest.mock import patch

from odoo.tests import tagged

from .common import TUESDAY, WEDNESDAY, NoticeCommon

THURSDAY = "2026-03-05 09:00:00"
FRIDAY = "2026-03-06 09:00:00"
NIGHT = "2026-03-03 20:00:00"


@tagged("post_install", "-at_install")
class TestApproval(NoticeCommon):
    """What leaves without a person is what the company's rule stands for, no more."""

    def switch(self, mode, at):
        with self.act(at):
            self.company.adv_notice_mode = mode

    # From when on ---------------------------------------------------------------------

    def test_what_waited_when_it_was_switched_on_stays_with_the_desk(self):
        before = self.sell_slipping(10)
        self.switch("auto", TUESDAY)
        self.assertFalse(self.run_auto(TUESDAY))
        self.assertFalse(self.run_auto(FRIDAY))
        after = self.sell_slipping(10, at=TUESDAY)
        message = self.run_auto("2026-03-06 10:00:00")
        self.assertEqual(message.order_ids, after)
        self.assertAlert(before, state="open")

    def test_what_becomes_worse_later_is_told(self):
        order = self.sell_slipping(10)
        self.send(self.preview(order))
        self.switch("auto", WEDNESDAY)
        self.move_supply("2026-03-27", at=THURSDAY)
        self.assertAlert(order, state="open", date_waiting="2026-03-05")
        message = self.run_auto("2026-03-09 09:00:00")
        self.assertEqual(message.order_ids, order)

    def test_another_margin_changes_nothing_about_that(self):
        self.switch("auto", "2026-03-01 10:00:00")
        order = self.sell_slipping(10)
        with self.act(TUESDAY):
            self.company.adv_notice_margin_days = 3
        message = self.run_auto(TUESDAY)
        self.assertDates(message, (order, "2026-03-10", "2026-03-20"))

    # By whom --------------------------------------------------------------------------

    def test_a_company_made_with_it_has_an_approver(self):
        company = self.env["res.company"].create(
            {"name": "Neuve", "adv_notice_mode": "auto"}
        )
        self.assertEqual(company.adv_notice_approver_id, self.env.user)
        self.assertTrue(company.adv_notice_date_approved)

    def test_a_rule_that_nobody_approved_sends_nothing(self):
        self.switch("auto", "2026-03-01 10:00:00")
        self.company.adv_notice_good_news = True
        self.sell_slipping(10)
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_company SET adv_notice_date_approved = NULL")
        self.env.invalidate_all()
        self.assertFalse(self.run_auto(WEDNESDAY))

    # Until when -----------------------------------------------------------------------

    def test_switched_off_what_waits_for_its_hour_is_a_draft_again(self):
        for mode in ("manual", "off"):
            with self.subTest(mode):
                self.switch("auto", "2026-03-01 10:00:00")
                customer = self.create_customer(mode, adv_user_id=self.paule.id)
                self.sell_slipping(10, partner_id=customer.id)
                message = self.run_auto(NIGHT)
                self.assertEqual(message.state, "queued")
                self.switch(mode, "2026-03-03 21:00:00")
                self.run_queue(WEDNESDAY)
                self.assertEqual(message.state, "draft")
                self.assertEqual(message.activity_ids.user_id, self.paule)

    def test_what_a_person_sent_leaves_all_the_same(self):
        draft = self.preview(self.sell_slipping(10))
        self.send(draft, at=NIGHT)
        self.switch("auto", NIGHT)
        self.switch("off", NIGHT)
        self.run_queue(WEDNESDAY)
        self.assertEqual(draft.state, "outgoing")

    # One customer, whatever happens ---------------------------------------------------

    def test_what_cannot_be_told_is_said_once(self):
        self.switch("auto", "2026-03-01 10:00:00")
        order = self.sell_slipping(10)
        messages = self.registry["adv.customer.message"]
        with patch.object(messages, "_compose", side_effect=ValueError("No ink")):
            self.run_auto(TUESDAY)
            self.run_auto(WEDNESDAY)
        notes = self.get_alert(order).message_ids.mapped("body")
        self.assertEqual(sum("No ink" in each for each in notes), 1, notes)

    def test_bounced_he_is_not_written_to_again_even_about_another_date(self):
        self.switch("auto", "2026-03-01 10:00:00")
        self.sell_slipping(10)
        message = self.run_auto(TUESDAY)
        self.run_queue(TUESDAY)
        self.bounce(message, WEDNESDAY)
        self.move_supply("2026-03-27", at=THURSDAY)
        for day in ("06", "09", "10", "11"):
            self.assertFalse(self.run_auto(f"2026-03-{day} 10:00:00"))
