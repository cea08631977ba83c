from odoo.tests import tagged

from .common import WEDNESDAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestGoodNews(NoticeCommon):
    """Who waits for a later date than need be may be told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.adv_notice_good_news = True

    def _tell(self, **vals):
        """Return an order whose customer waits until Thursday the 19th."""
        order = self.sell_slipping(10, **vals)
        self.send(self.preview(order))
        return order

    def test_draft_for_the_desk(self):
        order = self._tell()
        self.move_supply("2026-03-05", at=WEDNESDAY)
        self.assertCommitment(order, status="on_time")
        message = self.run_auto(WEDNESDAY)
        self.assertValues(message, kind="recovery", state="draft", user_id=self.paule)
        self.assertEqual(message.activity_ids.user_id, self.paule)
        # expected on the 5th, but promised for the 10th
        self.assertDates(message, (order, "2026-03-19", "2026-03-10"))
        self.assertIn("earlier", message.body)
        self.send(message, WEDNESDAY)
        self.assertCommitment(order, date_announced="2026-03-10")
        self.assertFalse(self.run_auto(WEDNESDAY))

    def test_by_itself_where_notices_are(self):
        self._tell()
        self.company.adv_notice_mode = "auto"
        self.move_supply("2026-03-05", at=WEDNESDAY)
        self.assertEqual(self.run_auto(WEDNESDAY).state, "outgoing")

    def test_earlier_though_still_late(self):
        order = self._tell()
        self.move_supply("2026-03-12", at=WEDNESDAY)
        self.assertCommitment(order, status="will_be_late")
        self.assertDates(self.run_auto(WEDNESDAY), (order, "2026-03-19", "2026-03-16"))

    def test_two_working_days_are_not_worth_it(self):
        self._tell()
        self.move_supply("2026-03-13", at=WEDNESDAY)
        self.assertFalse(self.run_auto(WEDNESDAY))

    def test_delivered_early(self):
        order = self._tell()
        with self.act("2026-03-11 09:00:00"):
            self._set_stock(self.missing, 10)
            order.picking_ids.action_assign()
        self.deliver(order, at="2026-03-11 10:00:00")
        message = self.run_auto("2026-03-11 11:00:00")
        self.assertDates(message, (order, "2026-03-19", "2026-03-11"))

    def test_not_before_it_is_sure(self):
        order = self._tell()
        self.move_supply("2026-03-09", at=WEDNESDAY)
        self.assertCommitment(order, status="at_risk")
        self.assertFalse(self.run_auto(WEDNESDAY))

    def test_only_where_it_is_wanted(self):
        self._tell()
        self.move_supply("2026-03-05", at=WEDNESDAY)
        self.company.adv_notice_good_news = False
        self.assertFalse(self.run_auto(WEDNESDAY))
        self.company.write({"adv_notice_good_news": True, "adv_notice_mode": "off"})
        self.assertFalse(self.run_auto(WEDNESDAY))

    def test_cancelled_it_does_not_come_back(self):
        self._tell()
        self.move_supply("2026-03-05", at=WEDNESDAY)
        message = self.run_auto(WEDNESDAY)
        with self.act(WEDNESDAY):
            message.with_user(self.paule).action_cancel()
        self.assertFalse(self.run_auto("2026-03-05 09:00:00"))

    def test_what_comes_later_again_is_not_told(self):
        self._tell()
        self.move_supply("2026-03-05", at=WEDNESDAY)
        message = self.run_auto(WEDNESDAY)
        self.move_supply("2026-03-12", at=WEDNESDAY)
        self.assertEqual(message.state, "cancelled")
        self.assertIn("later again", message.message_ids[0].body)
