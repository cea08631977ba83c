"""Terms beside those agreed: exactly what differs."""

from itertools import product

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.control.checks.fiscal_positions import Positions
from .common import ControlCase
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
        self.assertFails(
            "payment_term", order, text="not set instead of 30 days", seen=""
        )
        order.payment_term_id = agreed
        self.assertPasses("payment_term", order)

    def test_fiscal_position_follows_customer_and_place_of_delivery(self):
        home, union, export = self._create_positions(
            France={"country_id": self.env.ref("base.fr").id},
            EU={
                "country_group_id": self.env.ref("base.europe").id,
                "vat_required": True,
            },
            Export={},
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
        self._create_positions(
            Paris={
                "zip_from": "75000",
                "zip_to": "75999",
                "country_id": self.env.ref("base.fr").id,
            },
            EU={
                "vat_required": True,
                "country_group_id": self.env.ref("base.europe").id,
            },
            World={},
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
        positions = self.env["account.fiscal.position"]
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
        self.assertFails("taxes", order, text="taxes not set instead of 5.5%")

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

    def _create_positions(self, **by_name):
        """Create positions that apply by themselves, the first one first."""
        return self.env["account.fiscal.position"].create(
            [
                {
                    "name": name,
                    "company_id": self.company.id,
                    "auto_apply": True,
                    "sequence": rank,
                    **vals,
                }
                for rank, (name, vals) in enumerate(by_name.items())
            ]
        )
