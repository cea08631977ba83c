"""Two entries of one customer are merged: nothing that was written gets lost."""

from odoo import Command
from odoo.tests import tagged

from .common import PortalCase

TUESDAY = "2026-03-03 09:00:00"


@tagged("post_install", "-at_install")
class TestMergedCustomers(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.twin = cls.env["res.partner"].create(
            {"name": "Garage Martin SARL", "email": "contact@garage.example"}
        )
        cls.order = cls.sell(10, promise="2026-03-10")
        cls.twins = cls.sell(5, promise="2026-03-10", partner_id=cls.twin.id)

    def merge(self):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.twin | self.partner).ids, self.partner
        )
        self.env.invalidate_all()

    def test_messages_of_both_are_the_customers(self):
        both = (self.partner | self.twin).ids
        messages = self.notify(self.order, "2026-03-17") | self.notify(
            self.twins,
            "2026-03-17",
            key="twin",
            partner_id=self.twin.id,
            contact_ids=[Command.set(both)],
        )
        self.merge()
        self.assertEqual(messages.partner_id, self.partner)
        self.assertEqual(messages.contact_ids, self.partner)
        self.assertEqual(self.partner.adv_message_count, 2)

    def test_alerts_and_incidents_follow(self):
        missing = self._create_product("Armoire", stock=0)
        order = self.sell((missing, 1), promise="2026-03-10", partner_id=self.twin.id)
        alert = self.env["adv.delay.alert"].search([("order_id", "=", order.id)])
        incident = self.env["adv.floor.incident.declare"].create(
            {"picking_id": self.twins.picking_ids.id, "kind": "address"}
        )
        incident.action_declare()
        self.merge()
        incident = self.env["adv.floor.incident"].search([], limit=1)
        self.assertEqual(
            (alert | alert).partner_id
            | alert.line_ids.partner_id
            | incident.partner_id,
            self.partner,
        )
        self.refresh("2026-03-11")
        self.assertEqual(alert.partner_id, self.partner)

    def test_rhythm_of_the_one_that_has_one(self):
        self.twin.adv_report_schedule = "weekly"
        self.merge()
        self.assertEqual(self.partner.adv_report_schedule, "weekly")

    def test_todays_reports_of_both_do_not_collide(self):
        with self.act(TUESDAY):
            reports = (self.partner | self.twin)._adv_compose_open_orders(self.company)
            self.merge()
            again = self.partner._adv_compose_open_orders(self.company)
            asked = self.partner._adv_compose_open_orders(self.company, is_again=True)
        self.assertEqual(reports.partner_id, self.partner)
        self.assertLessEqual(again, reports)
        self.assertLessEqual(asked, reports)

    def test_links_that_were_sent_still_lead_to_the_order(self):
        message = self.notify(
            self.twins, "2026-03-17", key="twin", partner_id=self.twin.id
        )
        token = self.get_token(self.twins, message)
        self.merge()
        self.assertEqual(self.open(token, at=TUESDAY).status_code, 200)
        self.answer(token, "accept", at=TUESDAY)
        answer = self.get_answers(self.twins)
        self.assertEqual((answer.kind, answer.partner_id), ("accept", self.partner))
        self.assertCommitment(self.twins, date_promise="2026-03-17")

    def test_answers_given_before_are_kept_and_not_given_twice(self):
        message = self.notify(
            self.twins, "2026-03-17", key="twin", partner_id=self.twin.id
        )
        token = self.get_token(self.twins, message)
        self.answer(token, "part", at=TUESDAY)
        self.merge()
        answer = self.get_answers(self.twins)
        self.assertEqual((answer.kind, answer.partner_id), ("part", self.partner))
        self.assertEqual(self.open(token, at=TUESDAY).status_code, 410)
