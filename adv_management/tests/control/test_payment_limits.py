"""Until when an invoice may fall due by law: exact days."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import MONDAY, ControlCase
from .customers import CustomerMixin


@tagged("post_install", "-at_install")
class TestLegalLimit(CustomerMixin, ControlCase):
    """The latest day on which the expected invoice may fall due.

    The order is of Monday 2 March 2026; what is ordered is invoiced that day.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "order"

    def _due(self, days, kind="days_after", at=MONDAY, **vals):
        """Return what the control says of an order with such terms."""
        with self.act(at):
            term = self.create_term(days, kind)
            order = self.quote(1, payment_term_id=term.id, at=at, **vals)
            return self.judge("legal_payment_limit", order)

    def test_sixty_days_net(self):
        self.assertFalse(self._due(60))
        [finding] = self._due(61)
        self.assertEqual(finding.field, "payment_term_id")
        self.assertIn("05/02/2026", finding.text)  # due
        self.assertIn("05/01/2026", finding.text)  # at the latest
        self.assertIn("L441-10", finding.text)

    def test_forty_five_days_end_of_month_only_by_contract(self):
        """2 March + 45 days end of month: 15 May or 30 April; 60 days net: 1 May."""
        self.assertTrue(self._due(45, "days_after_end_of_month"))
        self.durand.adv_has_month_end_contract = True
        self.assertFalse(self._due(45, "days_after_end_of_month"))
        self.assertTrue(self._due(46, "days_after_end_of_month"))

    def test_periodic_invoice_is_of_the_end_of_the_month(self):
        self.durand.adv_has_periodic_invoices = True
        self.durand.adv_has_month_end_contract = True
        self.assertFalse(self._due(45))  # 31 March + 45
        [finding] = self._due(46)
        self.assertIn("03/31/2026", finding.text)
        self.assertIn("05/15/2026", finding.text)

    def test_invoice_on_delivery_is_dated_by_the_promise(self):
        """Promised for 11 April in Paris, though 10 April 22:30 in UTC."""
        self.product.invoice_policy = "delivery"
        [finding] = self._due(61, promise="2026-04-10 22:30:00")
        self.assertIn("Invoice of 04/11/2026", finding.text)

    def test_limits_of_sectors(self):
        """Delivered on 12 March; last day allowed and the days of the terms net."""
        limits = {
            "perishable": (40, "04/11/2026"),  # 30 days after delivery
            "meat": (30, "04/01/2026"),  # 20 days after delivery
            "spirits": (59, "04/30/2026"),  # 30 days after the end of the month
            "wine": (74, "05/15/2026"),  # 45 days end of month from the invoice
            "transport": (30, "04/01/2026"),
        }
        for code, (days, latest) in limits.items():
            self.product.categ_id = self._create_category(code)
            self.assertFalse(self._due(days, promise="2026-03-12"), code)
            [finding] = self._due(days + 1, promise="2026-03-12")
            self.assertIn(latest, finding.text, code)

    def test_perishable_goods_on_a_periodic_invoice(self):
        """Delivered on 12 March: 30 days from the 20th, whenever it is invoiced."""
        self.durand.adv_has_periodic_invoices = True
        self.product.categ_id = self._create_category("perishable")
        self.assertFalse(self._due(19, promise="2026-03-12"))  # 31 March + 19
        [finding] = self._due(20, promise="2026-03-12")
        self.assertIn("04/19/2026", finding.text)

    def test_strictest_limit_of_what_is_on_the_order(self):
        fish = self._create_product("Cabillaud", invoice_policy="order")
        fish.categ_id = self._create_category("perishable", is_below=True)
        with self.act(MONDAY):
            order = self.quote(
                1,
                (fish, 1),
                promise="2026-03-02",
                payment_term_id=self.create_term(45).id,
            )
            self.assertFails("legal_payment_limit", order, text="Perishable food")
            order.order_line[1].unlink()
            self.assertPasses("legal_payment_limit", order)

    def test_customers_limit_goes_before_that_of_the_goods(self):
        self.durand.adv_is_public_buyer = True
        self.assertFalse(self._due(30))
        [finding] = self._due(31)
        self.assertIn("R2192-10", finding.text)
        self.durand.adv_payment_limit_id = self.env.ref(
            "adv_management.adv_payment_limit_public_health"
        )
        self.assertFalse(self._due(50))
        self.assertTrue(self._due(51))

    def test_private_persons_and_customers_abroad_apart(self):
        self.durand.country_id = self.env.ref("base.be")
        self.assertFalse(self._due(120))
        person = self.env["res.partner"].create({**self.ADDRESS, "name": "M. Petit"})
        self.assertFalse(self._due(120, partner_id=person.id))
        self.durand.country_id = False  # not known: as at home
        self.assertTrue(self._due(120))
        self.company.account_fiscal_country_id = self.env.ref("base.be")
        self.assertFalse(self._due(120))

    def test_last_instalment_counts(self):
        with self.act(MONDAY):
            term = self.create_term(30)
            half = {"value": "percent", "value_amount": 50}
            term.line_ids = [
                Command.clear(),
                Command.create({**half, "nb_days": 30}),
                Command.create({**half, "nb_days": 90}),
            ]
            order = self.quote(1, payment_term_id=term.id)
            self.assertFails("legal_payment_limit", order, text="05/31/2026")
            order.payment_term_id = False
            self.assertPasses("legal_payment_limit", order)

    def test_own_limit_of_the_company(self):
        """A trade agreement: whoever may set up limits adds one for the company."""
        limits = self.env["adv.payment.limit"].with_user(self.marc)
        agreement = limits.create(
            {
                "name": "Clocks and watches",
                "company_id": self.company.id,
                "country_id": self.env.ref("base.fr").id,
                "days": 74,
                "other_days": 59,
                "other_period": "month_end",
            }
        )
        with self.assertRaises(AccessError):
            agreement.with_user(self.sam).days = 90
        self.durand.adv_payment_limit_id = agreement
        self.assertFalse(self._due(74))
        self.assertTrue(self._due(90))
        with self.assertRaisesRegex(ValidationError, "counted"):
            agreement.periodic_days = 45

    def test_invoice_is_judged_as_it_is_dated(self):
        self.open_books()
        orders = self.env["sale.order"]
        for _each in range(2):
            orders |= self.sell(1, payment_term_id=self.create_term(60).id)
        alone, together = orders[0], orders[1] | self.sell(1)
        with self.act(MONDAY):
            invoice = alone._create_invoices()
            invoice.invoice_date = date(2026, 3, 20)
            self.assertPasses("invoice_payment_limit", invoice)
            invoice.invoice_payment_term_id = self.create_term(61)
            self.assertFails(
                "invoice_payment_limit",
                invoice,
                text="05/20/2026",
                field="invoice_payment_term_id",
            )
            grouped = together._create_invoices()
            grouped.invoice_payment_term_id = self.create_term(46)
            self.assertFails("invoice_payment_limit", grouped, text="04/16/2026")
            self.assertPasses("invoice_payment_limit", invoice._reverse_moves())

    def _create_category(self, code, is_below=False):
        limit = self.env.ref(f"adv_management.adv_payment_limit_{code}")
        category = self.env["product.category"].create(
            {"name": code, "adv_payment_limit_id": limit.id}
        )
        if is_below:
            category = category.create({"name": "Below", "parent_id": category.id})
        return category
