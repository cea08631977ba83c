"""Terms beside those agreed: exactly what differs, exactly until when by law."""

from datetime import date
from itertools import product

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ...models.control.checks.fiscal_positions import Positions
from .common import MONDAY, ControlCase
from .customers import CustomerMixin


@tagged("post_install", "-at_install")
class TestAgreedTerms(CustomerMixin, ControlCase):
    """What was negotiated with the customer, or is usual with him."""

    def test_negotiated_payment_terms(self):
        agreed, other = self.create_term(30), self.create_term(60)
        order = self.quote(1, payment_term_id=other.id)
        self.assertPasses("payment_term", order)  # nothing was negotiated
        self.durand.property_payment_term_id = agreed
        self.assertFails(
            "payment_term",
            order,
            text="60 days instead of 30 days",
            field="payment_term_id",
            seen=str(other.id),
            expected=str(agreed.id),
        )
        order.payment_term_id = False
        self.assertFails("payment_term", order, text="none instead of 30 days", seen="")
        order.payment_term_id = agreed
        self.assertPasses("payment_term", order)

    def test_fiscal_position_follows_customer_and_place_of_delivery(self):
        positions = self.env["account.fiscal.position"]
        home, union, export = positions.create(
            [
                {
                    "name": name,
                    "company_id": self.company.id,
                    "auto_apply": True,
                    "sequence": rank,
                    **vals,
                }
                for rank, (name, vals) in enumerate(
                    {
                        "France": {"country_id": self.env.ref("base.fr").id},
                        "EU": {
                            "country_group_id": self.env.ref("base.europe").id,
                            "vat_required": True,
                        },
                        "Export": {},
                    }.items()
                )
            ]
        )
        bern = self.env["res.partner"].create(
            {
                "name": "Bern",
                "parent_id": self.durand.id,
                "type": "delivery",
                "country_id": self.env.ref("base.ch").id,
            }
        )
        order = self.quote(1, partner_shipping_id=bern.id)
        self.assertEqual(order.fiscal_position_id, export)
        self.assertPasses("fiscal_position", order)
        order.fiscal_position_id = home
        self.assertFails(
            "fiscal_position",
            order,
            text="France instead of Export",
            field="fiscal_position_id",
            expected=str(export.id),
        )
        for each in (self.quote(1), self.quote(1, partner_id=self.other.id)):
            self.assertPasses("fiscal_position", each)
        self.durand.property_account_position_id = union
        self.assertFails("fiscal_position", order, expected=str(union.id))

    def test_mapping_is_odoos_own_for_all_kinds_of_customers(self):
        """The check searches once what Odoo searches for each order: same answers."""
        positions = self.env["account.fiscal.position"]
        positions.create(
            [
                {
                    "name": "Paris",
                    "company_id": self.company.id,
                    "auto_apply": True,
                    "sequence": 1,
                    "zip_from": "75000",
                    "zip_to": "75999",
                    "country_id": self.env.ref("base.fr").id,
                },
                {
                    "name": "EU",
                    "company_id": self.company.id,
                    "auto_apply": True,
                    "sequence": 2,
                    "vat_required": True,
                    "country_group_id": self.env.ref("base.europe").id,
                },
                {
                    "name": "World",
                    "company_id": self.company.id,
                    "auto_apply": True,
                    "sequence": 3,
                },
            ]
        )
        self.company.vat = "FR23334175221"
        partners = self.env["res.partner"].create(
            [
                {"name": code, "country_id": self.env.ref(f"base.{code}").id, **vals}
                for code, vals in (
                    ("fr", {"zip": "75002"}),
                    ("fr", {"zip": "69001", "vat": "FR03552081317"}),
                    ("be", {"vat": "BE0477472701"}),
                    ("be", {}),
                    ("us", {}),
                )
            ]
        )
        partners |= self.env["res.partner"].create({"name": "Nowhere"})
        found = Positions(self.env)
        for partner, delivery in product(partners, partners):
            expected = positions._get_fiscal_position(partner, delivery)
            self.assertEqual(found.get(partner, delivery), expected)
        self.assertEqual(len(set(found.values())), 4)

    def test_taxes_are_those_of_the_product_as_mapped(self):
        normal, reduced = self.create_tax("20%"), self.create_tax("5.5%")
        self.product.taxes_id = normal
        order = self.quote(1, 2)
        self.assertPasses("taxes", order)
        order.order_line[1].tax_ids = reduced
        self.assertFails(
            "taxes",
            order,
            text="Chaise: taxes 5.5% instead of 20%",
            line=order.order_line[1].id,
            field="tax_ids",
            seen=str(reduced.id),
            expected=str(normal.id),
        )
        position = self.env["account.fiscal.position"].create(
            {"name": "Reduced", "company_id": self.company.id}
        )
        reduced.write(
            {
                "fiscal_position_ids": [Command.set(position.ids)],
                "original_tax_ids": [Command.set(normal.ids)],
            }
        )
        order.fiscal_position_id = position
        self.assertFails("taxes", order, line=order.order_line[0].id)
        order.order_line[0].tax_ids = False
        self.assertFails("taxes", order, text="taxes none instead of 5.5%")

    def test_price_list_and_its_currency(self):
        euros, dollars = self.env["product.pricelist"].create(
            [
                {
                    "name": name,
                    "company_id": self.company.id,
                    "currency_id": self.env.ref(f"base.{name}").id,
                }
                for name in ("EUR", "USD")
            ]
        )
        self.durand.property_product_pricelist = euros
        order = self.quote(1)
        self.assertPasses("pricelist", order)
        self.assertPasses("currency", order)
        order.pricelist_id = dollars
        self.assertFails(
            "pricelist",
            order,
            field="pricelist_id",
            seen=str(dollars.id),
            expected=str(euros.id),
        )
        self.assertFails(
            "currency", order, text="USD instead of EUR", field="currency_id"
        )

    def test_usual_incoterm_is_on_the_form_or_a_habit(self):
        fca, dap = self.env["account.incoterms"].create(
            [{"name": code, "code": code} for code in ("FCA", "DAP")]
        )
        control = self.get_control("incoterm")
        self.assertEqual((control.threshold, control.days), (80, 365))
        order = self.quote(1, incoterm=dap.id)
        for term in (fca, fca):
            self.sell(1, incoterm=term.id)
        self.assertPasses("incoterm", order)  # two orders make no habit
        self.sell(1, incoterm=fca.id)
        self.assertFails(
            "incoterm",
            order,
            text="[DAP] DAP instead of [FCA] FCA",
            seen=str(dap.id),
            expected=str(fca.id),
        )
        self.sell(1, incoterm=dap.id)
        self.assertPasses("incoterm", order)  # 3 of 4
        self.sell(1, incoterm=fca.id)
        self.assertFails("incoterm", order)  # 4 of 5
        self.durand.adv_incoterm_id = dap
        self.assertPasses("incoterm", order)

    def test_reference_where_it_is_required(self):
        order = self.quote(1)
        self.assertPasses("customer_reference", order)
        self.durand.adv_requires_reference = True
        order.client_order_ref = "  "
        self.assertFails("customer_reference", order, field="client_order_ref")
        order.client_order_ref = "4500123456"
        self.assertPasses("customer_reference", order)

    def test_form_of_the_reference(self):
        self.durand.adv_reference_mask = "4500###### | CMD-*"
        order = self.quote(1)
        for good in (False, "4500123456", " cmd-1/2026 "):
            order.client_order_ref = good
            self.assertPasses("malformed_reference", order)
        order.client_order_ref = "450012345"
        self.assertFails(
            "malformed_reference", order, field="client_order_ref", seen="450012345"
        )

    def test_form_that_cannot_be_meant_is_refused(self):
        with self.assertRaisesRegex(ValidationError, r"##\*##"):
            self.durand.adv_reference_mask = "A#|##*##"

    def test_sets_cost_no_more_queries_than_one(self):
        """Eight orders of eight customers, against one."""
        customers = self.env["res.partner"].create(
            [
                {**self.ADDRESS, "name": f"Customer {rank}", "is_company": True}
                for rank in range(9)
            ]
        )
        first, *rest = self.env["sale.order"].browse(
            self.quote(1, partner_id=customer.id).id for customer in customers
        )
        rest = self.env["sale.order"].union(*rest)
        for code in self.SHIPPED:
            costs = []
            for orders in (first, first, rest):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.judge(code, orders)
                costs.append(self.env.cr.sql_log_count - before)
            self.assertLessEqual(costs[2], costs[1] + 1, (code, costs))


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
