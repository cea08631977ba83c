"""Addresses, identities and mandatory references: what exactly is found."""

from odoo import Command
from odoo.tests import tagged

from .common import ControlCase
from .customers import CustomerMixin


@tagged("post_install", "-at_install")
class TestParties(CustomerMixin, ControlCase):
    """Addresses are whole and the customer's own; he is identified; what he buys is
    known to be goods or services.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.sell(1, confirm=False)
        cls.unchecked = cls.durand.with_context(no_vat_validation=True)

    # Addresses ------------------------------------------------------------------------

    def test_what_an_address_lacks_is_named(self):
        order = self.quote(1)
        self.assertPasses("delivery_address", order)
        self.durand.write({"zip": False, "street": False})
        self.assertFails(
            "delivery_address",
            order,
            text="Street, Zip missing",
            field="partner_shipping_id",
            seen=f"{self.durand.id}: Street, Zip",
            fix=("res.partner", self.durand.id),
        )
        self.assertFails("invoice_address", order, field="partner_invoice_id")
        self.durand.country_id = False
        self.assertFails("delivery_address", order, text="Street, Zip, Country missing")

    def test_postcode_only_where_the_country_has_one(self):
        self.durand.write({"zip": False, "country_id": self.env.ref("base.hk").id})
        self.env.ref("base.hk").write({"zip_required": False, "state_required": False})
        self.assertPasses("delivery_address", self.quote(1))

    def test_services_need_no_delivery_address(self):
        self.durand.street = False
        order = self.quote((self.service, 1))
        self.assertPasses("delivery_address", order)
        self.assertFails("invoice_address", order, text="Street missing")

    def test_goods_go_to_another_customer_only_where_that_is_known(self):
        site = self.env["res.partner"].create(
            {
                **self.ADDRESS,
                "name": "Site",
                "parent_id": self.other.id,
                "type": "other",
            }
        )
        order = self.quote(1, partner_shipping_id=site.id)
        self.assertFails(
            "foreign_delivery_address",
            order,
            text="Quincaillerie Durand is not known to be delivered",
            field="partner_shipping_id",
            seen=str(site.id),
            expected=str(self.durand.id),
        )
        self.durand.adv_delivery_partner_ids = self.other  # all addresses of theirs
        self.assertPasses("foreign_delivery_address", order)
        self.durand.adv_delivery_partner_ids = site
        self.assertPasses("foreign_delivery_address", order)
        order.partner_shipping_id = self.other
        self.assertFails("foreign_delivery_address", order, seen=str(self.other.id))

    def test_own_addresses_and_subsidiaries_apart(self):
        depot, branch = self.env["res.partner"].create(
            [
                {"name": "Depot", "parent_id": self.durand.id, "type": "delivery"},
                {"name": "Lyon", "parent_id": self.durand.id, "is_company": True},
            ]
        )
        order = self.quote(1, partner_shipping_id=depot.id)
        self.assertPasses("foreign_delivery_address", order)
        order.partner_shipping_id = branch
        self.assertFails("foreign_delivery_address", order, expected=str(depot.id))

    def test_invoice_goes_to_who_pays(self):
        order = self.quote(1, partner_invoice_id=self.other.id)
        self.assertFails(
            "invoice_address",
            order,
            field="partner_invoice_id",
            expected=str(self.durand.id),
        )
        self.durand.adv_invoice_partner_ids = self.other
        self.assertPasses("invoice_address", order)

    # Identity -------------------------------------------------------------------------

    def test_vat_number_is_there_and_valid(self):
        self.assertPasses("vat", self.order)
        fix = ("res.partner", self.durand.id)
        for wrong in ("FR45732829320", "FR4473282932", "FRX"):
            self.unchecked.vat = wrong
            self.assertFails("vat", self.order, text="not valid", seen=wrong, fix=fix)
        self.durand.vat = False
        self.assertFails("vat", self.order, text="no VAT number", seen="", fix=fix)
        self.durand.vat = "/"
        self.assertPasses("vat", self.order)

    def test_vat_number_of_others(self):
        self.durand.write({"vat": False, "country_id": self.env.ref("base.gr").id})
        self.assertFails("vat", self.order, text="no VAT number")
        self.durand.vat = "EL123456783"
        self.assertPasses("vat", self.order)
        self.durand.write({"vat": False, "country_id": self.env.ref("base.ch").id})
        self.assertPasses("vat", self.order)

    def test_private_persons_have_none(self):
        person = self.env["res.partner"].create({**self.ADDRESS, "name": "M. Petit"})
        order = self.sell(1, confirm=False, partner_id=person.id)
        for code in ("vat", "siren", "electronic_address", "operation_category"):
            self.assertPasses(code, order)

    def test_identity_is_that_of_who_is_invoiced(self):
        self.durand.vat = False
        self.order.partner_invoice_id = self.other
        self.assertPasses("vat", self.order)

    def test_siren_is_there_valid_and_that_of_the_vat_number(self):
        for good in ("73282932000074", "732 829 320", "732829320"):
            self.durand.company_registry = good
            self.assertPasses("siren", self.order)
        self.durand.company_registry = "732829321"
        self.assertFails("siren", self.order, text="neither a SIREN", seen="732829321")
        self.durand.company_registry = "552081317"
        self.assertFails(
            "siren",
            self.order,
            text="732829320",
            seen="552081317",
            expected="732829320",
        )
        self.durand.company_registry = False
        self.assertFails("siren", self.order, text="no SIREN")
        self.durand.country_id = self.env.ref("base.be")
        self.assertPasses("siren", self.order)

    def test_electronic_address_is_one_of_the_french_directory(self):
        self.assertPasses("electronic_address", self.order)  # Odoo's own from the SIRET
        for scheme, address in (
            ("9957", "FR44732829320"),  # a VAT number
            ("0225", "552081317"),  # somebody else's
            ("0225", "durand"),
        ):
            self.durand.write({"peppol_eas": scheme, "peppol_endpoint": address})
            self.assertFails(
                "electronic_address", self.order, seen=f"{scheme}:{address}"
            )
        self.durand.peppol_endpoint = "732829320_73282932000074"
        self.assertPasses("electronic_address", self.order)

    def test_typed_electronic_address_counts_before_peppol(self):
        for scheme, address in (("0225", False), ("9957", "FR44732829320")):
            seen = f"{scheme}:{address}" if address else ""
            self.durand.write({"peppol_eas": scheme, "peppol_endpoint": address})
            self.assertFails("electronic_address", self.order, seen=seen)
            self.durand.adv_electronic_address = "0225:732829320"
            self.assertPasses("electronic_address", self.order)
            self.durand.adv_electronic_address = False
        self.durand.country_id = self.env.ref("base.de")
        self.durand.peppol_endpoint = False
        self.assertPasses("electronic_address", self.order)  # sent by e-mail

    # Category of operation ------------------------------------------------------------

    def test_tax_of_the_other_kind_leaves_it_open(self):
        tax = self.create_tax("20% S", tax_scope="service")
        self.product.taxes_id = self.service.taxes_id = tax
        order = self.quote(1, (self.service, 1))
        goods = order.order_line[0]
        self.assertFails(
            "operation_category",
            order,
            text="Supply of goods, but the tax is for Supply of services",
            line=goods.id,
            field="tax_ids",
        )
        order.adv_operation_category = "mixed"
        self.assertPasses("operation_category", order)
        order.adv_operation_category = False
        goods.tax_ids = False
        self.assertPasses("operation_category", order)

    def test_no_product_tells(self):
        order = self.quote(1)
        order.order_line = [
            Command.clear(),
            Command.create(
                {
                    "product_id": self.service.id,
                    "is_downpayment": True,
                    "price_unit": 90,
                    "product_uom_qty": 1,
                }
            ),
        ]
        self.assertFails(
            "operation_category", order, field="adv_operation_category", line=None
        )
        order.adv_operation_category = "goods"
        self.assertPasses("operation_category", order)
