from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..message.two_companies import AFTERNOON, MORNING, TwoCompanies
from .common import NoticeCommon


@tagged("post_install", "-at_install")
class TestTwoCompanies(TwoCompanies, NoticeCommon):
    """Notices of two companies, by the same scheduled action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paule.partner_id.email = "paule@delorme.example"
        with cls.act("2026-03-01 10:00:00"):
            cls.company.adv_notice_mode = "auto"
            cls.abroad.write({"adv_notice_mode": "auto", "adv_notice_margin_days": 4})
        cls.order = cls.sell_slipping(10)
        cls.other = cls.sell_abroad((cls.missing, 5), promise="2026-03-10")
        cls.shared = cls.sell_abroad(
            (cls.missing, 5), promise="2026-03-10", partner=cls.partner
        )
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.abroad.id)], limit=1
        )
        cls.receive(cls.missing, 10, "2026-03-17", warehouse=warehouse)

    def get_messages(self):
        found = self.run_auto(MORNING)
        return [
            found.filtered(lambda each, order=order: each.order_ids == order)
            for order in (self.order, self.other, self.shared)
        ]

    def test_each_in_its_words_and_at_its_hour(self):
        here, there, french = self.get_messages()
        self.assertHours(here, there | french)
        self.assertDates(here, (self.order, "2026-03-10", "2026-03-19"))
        self.assertDates(there, (self.other, "2026-03-10", "2026-03-23"))
        self.assertIn("19/03/2026", here.body)
        self.assertIn("03/23/2026", there.body)
        self.assertIn("23/03/2026", french.body)
        self.run_queue(MORNING)
        self.run_queue(AFTERNOON)
        self.assertSender(here, self.paule, self.company, self.abroad)
        self.assertSender(there, self.bob, self.abroad, self.company)
        self.assertSender(french, self.bob, self.abroad, self.company)

    def test_where_it_is_off_nothing_leaves(self):
        self.abroad.adv_notice_mode = "off"
        here, *others = self.get_messages()
        self.assertEqual(here.state, "outgoing")
        self.assertFalse(self.messages.union(*others))

    def test_a_company_that_was_closed_writes_no_more_and_stops_nobody(self):
        self.bob.active = False
        self.abroad.active = False
        here, *others = self.get_messages()
        self.assertEqual(here.state, "outgoing")
        self.assertFalse(self.messages.union(*others))
        self.move_supply("2026-03-20", at=AFTERNOON)
        self.assertCommitment(self.order, date_predicted="2026-03-20")
        self.assertCommitment(self.other, date_predicted="2026-03-20")

    def test_an_assistant_sees_and_sends_her_company_s_only(self):
        here, there, french = self.get_messages()
        self.assertOnlyTheirs(self.paule, here, there | french)
        self.assertOnlyTheirs(self.bob, french | there, here)
        alerts = self.get_alerts(self.other).with_user(self.paule)
        alerts = alerts.with_context(allowed_company_ids=self.company.ids)
        self.assertFalse(alerts.search([("order_id", "=", self.other.id)]))
        with self.assertRaises(AccessError):
            alerts.action_inform_customer()
