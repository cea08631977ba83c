"""Public buyers: who they are, and their references from the order to the paper."""

from lxml import html

from odoo.tests import tagged

from .common import ControlCase
from .customers import CustomerMixin


@tagged("post_install", "-at_install")
class TestPublicBuyers(CustomerMixin, ControlCase):
    """References of public buyers, from the order to the invoice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.durand.write(
            {
                "adv_is_public_buyer": True,
                "adv_requires_service_code": True,
                "adv_requires_engagement": True,
            }
        )
        cls.product.invoice_policy = "order"
        cls.open_books()

    def test_siret_of_a_public_buyer(self):
        order = self.quote(1)
        self.assertPasses("public_buyer_siret", order)
        self.durand.company_registry = "732829320"
        self.assertFails(
            "public_buyer_siret", order, text="SIRET of 14 digits", seen="732829320"
        )
        self.durand.adv_is_public_buyer = False
        self.assertPasses("public_buyer_siret", order)

    def test_references_are_there_and_short_enough(self):
        for code, field, size in (
            ("public_buyer_service_code", "adv_service_code", 100),
            ("public_buyer_engagement", "adv_engagement_number", 50),
        ):
            order = self.quote(1)
            self.assertFails(code, order, field=field, text="requires")
            order[field] = "9" * size
            self.assertPasses(code, order)
            order[field] = "9" * (size + 1)
            self.assertFails(code, order, field=field, text=str(size))
            self.durand.write(
                {"adv_requires_service_code": False, "adv_requires_engagement": False}
            )
            self.assertFails(code, order, text=str(size))
            order[field] = False
            self.assertPasses(code, order)
            self.durand.write(
                {"adv_requires_service_code": True, "adv_requires_engagement": True}
            )

    def test_references_go_to_invoice_and_credit_note(self):
        references = {
            "adv_service_code": "SERV-7",
            "adv_engagement_number": "EJ 2026/18",
            "adv_operation_category": "mixed",
        }
        order = self.sell(2, **references)
        invoice = order._create_invoices()
        found = {name: invoice[name] for name in references}
        self.assertEqual(found, references)
        self.assertTrue(invoice.adv_is_public_buyer)
        if "buyer_reference" in invoice._fields:
            self.assertEqual(invoice.buyer_reference, "SERV-7")
            self.assertEqual(invoice.purchase_order_reference, "EJ 2026/18")
        invoice.action_post()
        credit = invoice._reverse_moves()
        self.assertEqual({name: credit[name] for name in references}, references)

    def test_one_invoice_has_one_engagement(self):
        orders = self.env["sale.order"]
        for number in ("EJ1", "EJ1", "EJ2"):
            orders |= self.sell(1, adv_engagement_number=number)
        invoices = orders._create_invoices()
        self.assertEqual(
            sorted(invoices.mapped("adv_engagement_number")), ["EJ1", "EJ2"]
        )

    def test_invoice_by_a_salesman_carries_them(self):
        sam = self._create_user(
            "sam_bills",
            "sales_team.group_sale_salesman",
            "account.group_account_invoice",
        )
        order = self.sell(1, adv_service_code="SERV-7", user_id=sam.id)
        invoice = order.with_user(sam)._create_invoices()
        self.assertEqual(invoice.adv_service_code, "SERV-7")

    def test_customer_reads_them_on_the_printed_invoice(self):
        order = self.sell(1, adv_service_code="SERV <7>", adv_engagement_number="EJ 18")
        portal = self._create_user("mairie", "base.group_portal")
        invoice = order._create_invoices()
        invoice.action_post()
        for user in (self.env.user, portal):
            report = self.env["ir.actions.report"].with_user(user).sudo()
            page, _kind = report._render_qweb_html(
                "account.account_invoices", invoice.ids
            )
            text = " ".join(html.fromstring(page).text_content().split())
            self.assertIn("Service Code SERV <7> Engagement Number EJ 18", text)
