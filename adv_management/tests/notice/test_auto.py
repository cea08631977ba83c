from unittest.mock import patch

from odoo.tests import tagged

from .common import TUESDAY, WEDNESDAY, NoticeCommon

# The orders of Monday 8:00 UTC have waited for a day.
A_DAY_LATER = "2026-03-03 08:00:00"
BEFORE = "2026-03-03 07:59:00"


@tagged("post_install", "-at_install")
class TestAuto(NoticeCommon):
    """Where nobody acts, customers are told by the approved rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.act("2026-03-01 10:00:00"):
            cls.company.adv_notice_mode = "auto"

    def test_told_after_the_hours_of_the_settings(self):
        order = self.sell_slipping(10)
        self.assertFalse(self.run_auto(BEFORE))
        message = self.run_auto(A_DAY_LATER)
        self.assertValues(message, kind="delay", state="outgoing", user_id=self.paule)
        self.assertFalse(message.sender_id)
        self.assertDates(message, (order, "2026-03-10", "2026-03-19"))
        self.run_queue(A_DAY_LATER)
        self.assertAlert(order, state="informed", date_told="2026-03-03")
        revision = order.adv_commitment_ids.revision_ids
        self.assertEqual(
            revision.reason,
            "By the company's rule: predicted date and 2 working days, approved by "
            f"{self.env.user.name} on 03/01/2026",
        )
        self.assertEqual(revision.user_id, self.env.ref("base.user_root"))

    def test_once(self):
        self.sell_slipping(10)
        self.assertEqual(len(self.run_auto(A_DAY_LATER)), 1)
        self.assertFalse(self.run_auto(A_DAY_LATER))
        self.run_queue(A_DAY_LATER)
        self.assertFalse(self.run_auto(WEDNESDAY))

    def test_not_where_people_send(self):
        self.sell_slipping(10)
        for mode in ("off", "manual"):
            self.company.adv_notice_mode = mode
            self.assertFalse(self.run_auto(WEDNESDAY))

    def test_waits_for_the_hours_of_the_company(self):
        self.sell_slipping(10)
        message = self.run_auto("2026-03-03 20:00:00")
        self.assertValues(message, state="queued", date_earliest="2026-03-04 06:00:00")

    def test_one_message_a_customer(self):
        orders = self.env["sale.order"].union(*(self.sell_slipping(10) for _ in "ABC"))
        hotel = self.create_customer("Hôtel du Lac")
        self.sell_slipping(10, partner_id=hotel.id)
        messages = self.run_auto(A_DAY_LATER)
        self.assertEqual(len(messages), 2)
        ours = messages.filtered(lambda each: each.partner_id == self.partner)
        self.assertEqual(ours.order_ids, orders)

    def test_without_supply_it_stays_for_a_person(self):
        order = self.sell_slipping(10)
        nothing = self.sell_late(10)
        message = self.run_auto(A_DAY_LATER)
        self.assertEqual(message.order_ids, order)
        self.run_queue(A_DAY_LATER)
        self.assertAlert(nothing, state="open")

    # Whoever acts takes it over ------------------------------------------------------

    def test_note_of_a_person_stops_it(self):
        order = self.sell_slipping(10)
        alert = self.get_alerts(order).with_user(self.paule)
        note = "Calls back"
        with self.act(TUESDAY):
            alert.message_post(body=note)
        self.assertFalse(self.run_auto(WEDNESDAY))
        self.assertFalse(self.run_auto("2026-03-09 09:00:00"))

    def test_change_of_the_promise_stops_it(self):
        order = self.sell_slipping(10)
        self.change_promise(
            order.with_user(self.paule), "2026-03-13", "accepted", at=TUESDAY
        )
        with self.act(TUESDAY):
            self._run_engine()
        self.assertCommitment(order, status="will_be_late")
        self.assertFalse(self.run_auto(WEDNESDAY))

    def test_dismissed_is_not_told(self):
        order = self.sell_slipping(10)
        with self.act(TUESDAY):
            self.get_alerts(order).with_user(self.paule)._dismiss("He knows")
        self.assertFalse(self.run_auto(WEDNESDAY))

    def test_draft_of_a_person_stops_it(self):
        draft = self.preview(self.sell_slipping(10))
        self.assertFalse(self.run_auto(WEDNESDAY))
        self.assertEqual(draft.state, "draft")

    def test_cancelled_by_a_person_it_is_not_written_again(self):
        self.sell_slipping(10)
        message = self.run_auto("2026-03-03 20:00:00")
        with self.act("2026-03-03 21:00:00"):
            message.with_user(self.paule).action_cancel()
        self.assertFalse(self.run_auto(WEDNESDAY))

    # Again ----------------------------------------------------------------------------

    def test_told_again_when_it_moved_by_more_than_two_working_days(self):
        order = self.sell_slipping(10)
        self.run_auto(A_DAY_LATER)
        self.run_queue(A_DAY_LATER)
        self.move_supply("2026-03-19", at=WEDNESDAY)
        self.assertFalse(self.run_auto("2026-03-09 09:00:00"))
        self.move_supply("2026-03-20", at="2026-03-09 09:00:00")
        message = self.run_auto("2026-03-09 10:00:00")
        self.assertDates(message, (order, "2026-03-19", "2026-03-24"))

    def test_people_have_time_for_what_became_worse(self):
        order = self.sell_slipping(10)
        self.run_auto(A_DAY_LATER)
        self.run_queue(A_DAY_LATER)
        self.move_supply("2026-03-27", at="2026-03-09 09:00:00")
        self.assertAlert(order, state="open", date_waiting="2026-03-09")
        # a day from the end of Monday, in Paris
        self.assertFalse(self.run_auto("2026-03-10 22:59:00"))
        message = self.run_auto("2026-03-10 23:00:00")
        self.assertDates(message, (order, "2026-03-19", "2026-03-31"))

    def test_bounced_is_left_to_a_person(self):
        self.sell_slipping(10)
        message = self.run_auto(A_DAY_LATER)
        self.run_queue(A_DAY_LATER)
        self.bounce(message, WEDNESDAY)
        self.assertFalse(self.run_auto("2026-03-09 09:00:00"))

    # Faults ---------------------------------------------------------------------------

    def test_customer_without_an_address_is_said_once(self):
        self.partner.email = False
        order = self.sell_slipping(10)
        message = self.run_auto(A_DAY_LATER)
        self.assertEqual(message.state, "failed")
        self.assertIn("nobody to write to", self.get_alerts(order).message_ids.body)
        self.move_supply("2026-03-24", at=WEDNESDAY)
        self.assertFalse(self.run_auto("2026-03-09 09:00:00"))

    def test_who_cannot_be_told_does_not_stop_the_others(self):
        names = ("Hôtel", "Mairie", "École")
        for customer in [self.create_customer(name) for name in names]:
            self.sell_slipping(10, partner_id=customer.id)
        compose = self.registry["adv.customer.message"]._compose

        def break_for_hotel(messages, vals_list):
            customers = self.env["res.partner"].browse(
                v["partner_id"] for v in vals_list
            )
            if "Hôtel" in customers.mapped("name"):
                raise ValueError("Out of ink")
            return compose(messages, vals_list)

        with patch.object(
            self.registry["adv.customer.message"], "_compose", break_for_hotel
        ):
            messages = self.run_auto(A_DAY_LATER)
        self.assertEqual(set(messages.partner_id.mapped("name")), {"Mairie", "École"})
        told = self.alerts.search([]).filtered(
            lambda alert: any("Out of ink" in each.body for each in alert.message_ids)
        )
        self.assertEqual(told.partner_id.name, "Hôtel")
        self.assertEqual(self.run_auto(A_DAY_LATER).partner_id.name, "Hôtel")
