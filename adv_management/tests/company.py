"""The small trading company in which the tests of every room play."""

from odoo import Command
from odoo.tests import TransactionCase, new_test_user


class AdvCompany(TransactionCase):
    """Europe/Paris, Monday to Friday; a warehouse, a customer, goods in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": True, "mail_notrack": True}
        )
        cls.company = cls.env["res.company"].create(
            {"name": "Delorme & Fils", "currency_id": cls.env.ref("base.EUR").id}
        )
        cls.env.user.write(
            {
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.company = cls.company.with_env(cls.env)
        cls.calendar = cls._create_calendar("Monday to Friday", "Europe/Paris")
        cls.company.resource_calendar_id = cls.calendar
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.partner = cls.env["res.partner"].create(
            {"name": "Garage Martin", "email": "martin@garage.example"}
        )
        cls.product = cls._create_product("Chaise")

    # Masters --------------------------------------------------------------------------

    @classmethod
    def _create_calendar(cls, name, tz, weekdays="01234"):
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": tz,
                "company_id": cls.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 8,
                            "hour_to": 17,
                            "day_period": "morning",
                        }
                    )
                    for day in weekdays
                ],
            }
        )

    @classmethod
    def _create_product(cls, name="Table", stock=10000, **vals):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 10,
                "taxes_id": False,
                **vals,
            }
        )
        if stock:
            cls._set_stock(product, stock)
        return product

    @classmethod
    def _set_stock(cls, product, qty, warehouse=None):
        location = (warehouse or cls.warehouse).lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(product, location, qty)

    @classmethod
    def _create_user(cls, login, *groups):
        return new_test_user(
            cls.env,
            login,
            groups=",".join(groups),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def open_books(cls):
        """Give the company what it needs to invoice."""
        books = [("income", "700000"), ("asset_receivable", "411000")]
        income, receivable = cls.env["account.account"].create(
            [
                {
                    "name": kind,
                    "code": code,
                    "account_type": kind,
                    "reconcile": kind == "asset_receivable",
                    "company_ids": [Command.set(cls.company.ids)],
                }
                for kind, code in books
            ]
        )
        cls.env["account.journal"].create(
            {
                "name": "Sales",
                "code": "VE",
                "type": "sale",
                "company_id": cls.company.id,
                "default_account_id": income.id,
            }
        )
        cls.partner.property_account_receivable_id = receivable
