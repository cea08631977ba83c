import unittest
from datetime import date

from odoo.tests import TransactionCase, tagged

from ...demo import clock, company
from .control_chapter import ControlChapter

TODAY = date(2026, 6, 16)
INFORMED = ("state", "=", "informed")
DISMISSED = ("state", "=", "dismissed")


@tagged("post_install", "-at_install")
class TestStory(ControlChapter, TransactionCase):
    """What the demo story leaves behind, told once for all these tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if clock.freeze_time is None:
            raise unittest.SkipTest("freezegun is not installed")
        cls.mails_before = cls.env["mail.mail"].search_count([])
        # a database with demo data holds the story of the day it was made
        cls.company = company.existing_company(cls.env)
        cls.today = date.today() if cls.company else TODAY
        cls.company = cls.company or cls.env["adv.demo"]._load_story(TODAY)

    def _count(self, model, *domain):
        return self.env[model].search_count(
            [("company_id", "=", self.company.id), *domain]
        )

    def _orders_with(self, *statuses):
        """Return the orders whose worst line has one of these statuses."""
        commitments = self.env["adv.commitment"].search(
            [("company_id", "=", self.company.id), ("status", "in", statuses)]
        )
        return commitments.order_id

    def test_the_year_has_300_confirmed_orders_and_some_quotations(self):
        self.assertEqual(self._count("adv.order.confirmation"), 301)  # one is parked
        self.assertEqual(
            self._count("sale.order", ("state", "in", ("draft", "sent"))), 12
        )
        self.assertEqual(self._count("sale.order", ("state", "=", "cancel")), 21)

    def test_today_some_promises_are_broken_and_most_are_not(self):
        late = self._orders_with("late")
        will_be_late = self._orders_with("will_be_late") - late
        at_risk = self._orders_with("at_risk") - late - will_be_late
        fine = self._orders_with("on_time") - late - will_be_late - at_risk
        self.assertTrue(8 <= len(late) <= 12, late)
        self.assertTrue(8 <= len(will_be_late) <= 12, will_be_late)
        self.assertTrue(3 <= len(at_risk) <= 12, at_risk)
        self.assertTrue(24 <= len(fine) <= 40, fine)

    def test_on_time_is_believable_over_the_year(self):
        [[due, on_time, in_full]] = self.env["adv.commitment"]._read_group(
            [("company_id", "=", self.company.id)],
            aggregates=["due_count:sum", "on_time_count:sum", "in_full_count:sum"],
        )
        self.assertGreater(due, 400)
        self.assertTrue(0.82 <= on_time / due <= 0.93, on_time / due)
        self.assertGreater(in_full / due, on_time / due)

    def test_deliveries_of_every_kind_happened(self):
        pickings = self.env["stock.picking"].search(
            [("company_id", "=", self.company.id), ("state", "=", "done")]
        )
        outgoing = pickings.filtered(
            lambda picking: picking.picking_type_code == "outgoing"
        )
        self.assertGreater(len(outgoing), 220)
        self.assertGreaterEqual(len(outgoing.backorder_id), 20)
        self.assertGreaterEqual(len(pickings.return_id), 10)
        short = self.env["adv.commitment.revision"].search_count(
            [
                ("company_id", "=", self.company.id),
                ("kind", "=", "quantity"),
                ("qty_delta", "<", 0),
            ]
        )
        self.assertGreaterEqual(short, 8)

    def test_promises_changed_for_the_customer_and_for_us(self):
        changes = self.env["adv.commitment.revision"]._read_group(
            [("company_id", "=", self.company.id), ("kind", "=", "date")],
            ["origin", "is_accepted"],
        )
        self.assertEqual(
            set(changes), {("customer", True), ("internal", True), ("internal", False)}
        )

    def test_stock_never_went_below_zero(self):
        quants = self.env["stock.quant"].search(
            [
                ("company_id", "=", self.company.id),
                ("location_id.usage", "=", "internal"),
                ("quantity", "<", 0),
            ]
        )
        self.assertFalse(quants)

    def test_invoices_are_paid_late_in_part_and_not_at_all(self):
        invoices = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
            ]
        )
        states = invoices.grouped("payment_state")
        self.assertGreater(len(states["paid"]), 150)
        self.assertGreaterEqual(len(states["partial"]), 4)
        overdue = states["not_paid"].filtered(
            lambda invoice: invoice.invoice_date_due < self.today
        )
        self.assertGreaterEqual(len(overdue), 4)
        paid_on = self.env["account.payment"].search(
            [("company_id", "=", self.company.id)]
        )
        early = paid_on.filtered(
            lambda payment: (
                payment.date
                < min(payment.reconciled_invoice_ids.mapped("invoice_date_due"))
            )
        )
        self.assertGreaterEqual(len(early), 10)
        credits = self._count(
            "account.move", ("move_type", "=", "out_refund"), ("state", "=", "posted")
        )
        self.assertGreaterEqual(credits, 8)

    def test_customers_speak_two_languages_and_belong_to_assistants(self):
        customers = [("company_id", "=", self.company.id), ("ref", "=like", "C0%")]
        partners = self.env["res.partner"].with_company(self.company).search(customers)
        self.assertEqual(len(partners), 40)
        self.assertEqual(len(partners.adv_user_id), 4)
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        self.assertEqual(set(partners.mapped("lang")), {"en_US", "fr_FR"} & installed)

    def test_assistants_find_their_alerts_among_their_activities(self):
        alerts = self.env["adv.delay.alert"].search(
            [("company_id", "=", self.company.id), ("state", "=", "open")]
        )
        self.assertGreater(len(alerts), 8)
        self.assertEqual(len(alerts.user_id), 4)
        for alert in alerts:
            self.assertEqual(alert.activity_ids.user_id, alert.user_id)

    def test_alerts_are_being_worked_on(self):
        self.assertGreaterEqual(self._count("adv.delay.alert", INFORMED), 1)
        self.assertEqual(self._count("adv.delay.alert", DISMISSED), 1)
        self.assertEqual(self._count("adv.floor.incident", ("state", "=", "open")), 1)
        incident = self.env["adv.floor.incident"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(incident.kind, "shortage")
        self.assertTrue(incident.owner_id)
        self.assertEqual(incident.activity_ids.user_id, incident.owner_id)

    def test_messages_wait_for_who_looks_at_them(self):
        messages = self.env["adv.customer.message"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(set(messages.mapped("state")), {"draft"})
        kinds = messages.grouped("kind")
        self.assertEqual(len(kinds["acknowledgement"]), 2)
        self.assertTrue(2 <= len(kinds["delay"]) <= 3)
        self.assertTrue(all(messages.mapped("contact_ids.adv_gets_delays")))

    def test_people_who_read_french_read_french(self):
        messages = self.env["adv.customer.message"].search(
            [("company_id", "=", self.company.id), ("lang", "=", "fr_FR")]
        )
        self.assertTrue(messages)
        for message in messages:
            self.assertIn("Bonjour", message.body)
        alert = self.env["adv.delay.alert"].search(
            [("company_id", "=", self.company.id), ("state", "=", "open")], limit=1
        )
        self.assertEqual(alert.activity_ids[:1].summary, "Livraison en retard")

    def test_promises_are_compared_by_supplier(self):
        groups = self.env["adv.promise.report"]._read_group(
            [("company_id", "=", self.company.id)], ["supplier_id"]
        )
        self.assertGreater(len(groups), 2)
        self.assertTrue(all(supplier for [supplier] in groups))

    def test_some_addresses_say_how_they_are_delivered(self):
        instructed = self._count("res.partner", ("adv_opening_hours", "!=", False))
        self.assertEqual(instructed, 8)

    def test_people_have_their_roles(self):
        groups = {"camille": "user", "nathalie": "credit", "helene": "manager"}
        for login, group in groups.items():
            user = self.env["res.users"].search([("login", "=", login)])
            self.assertTrue(user.has_group(f"adv_management.group_adv_{group}"), login)
            self.assertEqual(user.company_ids, self.company)

    def test_nothing_was_sent(self):
        self.assertEqual(self.env["mail.mail"].search_count([]), self.mails_before)

    def test_the_story_is_told_once(self):
        self.assertFalse(self.env["adv.demo"]._load_story())
