from odoo import Command

from odoo.addons.adv_management.tests.common import AdvCommon


class AdvPurchaseCommon(AdvCommon):
    """A vendor who delivers in four days, and goods bought from him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create({"name": "Fonderie Morel"})
        cls.mto = cls.env.ref("stock.route_warehouse0_mto")
        cls.mto.active = True
        cls.mto.rule_ids.procure_method = "make_to_order"
        cls.buy = cls.env.ref("purchase_stock.route_warehouse0_buy")

    @classmethod
    def _create_bought(cls, name="Fonte", routes=(), stock=0):
        return cls._create_product(
            name,
            stock=stock,
            route_ids=[Command.set([route.id for route in routes])],
            seller_ids=[Command.create({"partner_id": cls.vendor.id, "delay": 4})],
        )

    def get_purchase(self, product):
        return (
            self.env["purchase.order.line"]
            .search([("product_id", "=", product.id)])
            .order_id
        )

    def confirm_purchase(self, product, day, at="2026-03-02 09:00:00"):
        """Confirm the purchase of a product for a day and return its line."""
        purchase = self.get_purchase(product)
        with self.act(at):
            purchase.order_line.date_planned = f"{day} 10:00:00"
            purchase.button_confirm()
            self._run_engine()
        return purchase.order_line
