from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..message.two_companies import AFTERNOON, MORNING, TwoCompanies
from .common import PapersCommon, read_sheet

MONDAY = "2026-03-02 08:00:00"


@tagged("post_install", "-at_install")
class TestTwoCompanies(TwoCompanies, PapersCommon):
    """Acknowledgements and reports of two companies, by the same scheduled actions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for company in (cls.company, cls.abroad):
            company.adv_ack_mode = "automatic"

    def words(self, message):
        return " ".join(html2plaintext(message.body).split())

    def test_acknowledgements(self):
        order = self.sell(10, promise="2026-03-10", at=MORNING)
        theirs = self.sell_abroad(10, promise="2026-03-10", at=MORNING)
        both = self.sell_abroad(
            10, promise="2026-03-10", at=MORNING, partner=self.partner
        )
        self.acknowledge(MORNING)
        here, there = self.messages(order), self.messages(theirs)
        french = self.messages(both)
        self.assertHours(here, there | french)
        self.assertIn("100,00 €", self.words(here))
        self.assertIn("10/03/2026", self.words(here))
        self.assertIn("$ 100.00", self.words(there))
        self.assertIn("03/10/2026", self.words(there))
        self.assertIn("10/03/2026", self.words(french))
        self.assertIn("$ 100,00", self.words(french))
        self.run_queue(MORNING)
        self.run_queue(AFTERNOON)
        self.assertSender(here, self.paule, self.company, self.abroad)
        self.assertSender(there, self.bob, self.abroad, self.company)
        self.assertSender(french, self.bob, self.abroad, self.company)

    def test_an_order_in_another_currency(self):
        prices = self.env["product.pricelist"].create(
            {
                "name": "Dollars",
                "currency_id": self.env.ref("base.USD").id,
                "company_id": self.company.id,
            }
        )
        order = self.sell(10, pricelist_id=prices.id, at=MORNING)
        self.acknowledge(MORNING)
        words = self.words(self.messages(order))
        self.assertIn("$", words)
        self.assertNotIn("€", words)

    def test_a_contact_of_one_company_is_not_written_to_by_the_other(self):
        here, there = self.contact("Agnes"), self.contact("Bernard")
        (here | there).adv_gets_acknowledgements = True
        there.company_id = self.abroad
        order = self.sell(10, at=MORNING)
        other = self.sell_abroad(10, partner=self.partner, at=MORNING)
        self.acknowledge(MORNING)
        self.assertEqual(self.messages(order).contact_ids, here)
        self.assertEqual(self.messages(other).contact_ids, here | there)

    def test_reports(self):
        order = self.sell(10, promise="2026-03-10", at=MONDAY)
        other = self.sell_abroad(
            5, promise="2026-03-10", at=MONDAY, partner=self.partner
        )
        for company in (self.company, self.abroad):
            self.partner.with_company(company).adv_report_schedule = "daily"
        self.report(MONDAY)
        self.report(MORNING)
        reports = self.reports(self.partner)
        here = reports.filtered(lambda each: each.company_id == self.company)
        there = reports - here
        self.assertHours(here, there)
        self.assertEqual((here.order_ids, there.order_ids), (order, other))
        self.assertEqual(set(reports.mapped("lang")), {"fr_FR"})
        for report, company, sign in (
            (here, self.company, "€"),
            (there, self.abroad, "$"),
        ):
            sheet = read_sheet(report.attachment_ids.raw)
            self.assertEqual(sheet["A2"].value, company.name)
            self.assertIn(sign, sheet["I6"].number_format)
            self.assertIn("10/03/2026", self.words(report))

    def test_reports_of_the_day_it_is_there(self):
        """At 23:30 in New York it is Wednesday in Paris."""
        self.sell(10, at=MONDAY)
        self.sell_abroad(5, at=MONDAY, partner=self.partner)
        for company in (self.company, self.abroad):
            self.partner.with_company(company).adv_report_schedule = "daily"
        self.report(MONDAY)
        self.report("2026-03-04 04:30:00")
        keys = sorted(each.key[-10:] for each in self.reports(self.partner))
        self.assertEqual(keys, ["2026-03-03", "2026-03-04"])

    def test_an_assistant_sees_and_sends_her_company_s_only(self):
        order = self.sell(10, at=MORNING)
        other = self.sell_abroad(10, at=MORNING)
        self.acknowledge(MORNING)
        here, there = self.messages(order), self.messages(other)
        self.assertOnlyTheirs(self.paule, here, there)
        self.assertOnlyTheirs(self.bob, there, here)
