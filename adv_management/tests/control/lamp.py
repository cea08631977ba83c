"""A lamp and its price list, for the controls of prices."""

from odoo import Command

from .common import ControlCase


class LampCase(ControlCase):
    """A lamp at 200, of which the price list takes off 10 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._create_product(
            "Lampe", list_price=200, standard_price=150, company_id=cls.company.id
        )
        cls.tariff = cls.env["product.pricelist"].create(
            {
                "name": "Tarif 2026",
                "currency_id": cls.company.currency_id.id,
                "company_id": cls.company.id,
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 10,
                            "applied_on": "1_product",
                            "product_tmpl_id": cls.lamp.product_tmpl_id.id,
                        }
                    )
                ],
            }
        )
        cls._show_discounts(True)

    @classmethod
    def _show_discounts(cls, is_shown):
        command = Command.link if is_shown else Command.unlink
        shown = cls.env.ref("sale.group_discount_per_so_line")
        cls.env.ref("base.group_user").implied_ids = [command(shown.id)]

    def _quote(self, price=None, discount=None, qty=3, product=None, **vals):
        """Return a quotation of one line, as Odoo prices it or as typed."""
        vals = {"pricelist_id": self.tariff.id, **vals}
        order = self.sell((product or self.lamp, qty), confirm=False, **vals)
        typed = {"price_unit": price, "discount": discount}
        order.order_line.write({k: v for k, v in typed.items() if v is not None})
        return order

    def _find(self, code, order):
        """Return ``(field, seen, expected, amount)`` of all that was found."""
        return [
            (finding.field, finding.seen, finding.expected, finding.amount)
            for finding in self.judge(code, order)
        ]
