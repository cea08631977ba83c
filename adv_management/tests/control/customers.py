"""A French business customer of whom all is known, and another one."""

from odoo import Command


class CustomerMixin:
    """Orders are those of Quincaillerie Durand; the company sells from France."""

    # The shipped controls of orders in the groups parties and terms.
    SHIPPED = (
        "delivery_address",
        "foreign_delivery_address",
        "invoice_address",
        "vat",
        "siren",
        "electronic_address",
        "operation_category",
        "public_buyer_siret",
        "public_buyer_service_code",
        "public_buyer_engagement",
        "payment_term",
        "legal_payment_limit",
        "fiscal_position",
        "taxes",
        "customer_reference",
        "malformed_reference",
        "incoterm",
        "pricelist",
        "currency",
    )
    ADDRESS = {"street": "1 rue de la Paix", "zip": "75002", "city": "Paris"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        france = cls.env.ref("base.fr")
        cls.company.country_id = france
        cls.ADDRESS = {**cls.ADDRESS, "country_id": france.id}
        cls.durand, cls.other = cls.env["res.partner"].create(
            [
                {
                    **cls.ADDRESS,
                    "name": "Quincaillerie Durand",
                    "is_company": True,
                    "vat": "FR44732829320",
                    "company_registry": "73282932000074",
                },
                {
                    **cls.ADDRESS,
                    "name": "Comptoir du Nord",
                    "is_company": True,
                    "vat": "FR03552081317",
                    "company_registry": "552081317",
                },
            ]
        )
        cls.partner = cls.durand
        cls.service = cls.env["product.product"].create(
            {"name": "Pose", "type": "service", "list_price": 90, "taxes_id": False}
        )

    @classmethod
    def create_term(cls, days, kind="days_after"):
        """Return payment terms of one instalment."""
        line = {"value": "percent", "value_amount": 100, "nb_days": days}
        return cls.env["account.payment.term"].create(
            {
                "name": f"{days} days",
                "company_id": cls.company.id,
                "line_ids": [Command.create({**line, "delay_type": kind})],
            }
        )

    @classmethod
    def create_tax(cls, name, **vals):
        """Return a tax of 20 % on sales."""
        group = cls.env["account.tax.group"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        return cls.env["account.tax"].create(
            {
                "name": name,
                "amount": 20,
                "type_tax_use": "sale",
                "tax_group_id": group.id,
                "company_id": cls.company.id,
                "country_id": cls.env.ref("base.fr").id,
                **vals,
            }
        )
