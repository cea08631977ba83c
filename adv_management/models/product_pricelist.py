from odoo import models

from .control.checks.price_book import PRICE_BOOK


class ProductPricelist(models.Model):
    """The customer's prices, against which the desk controls what was typed."""

    _inherit = "product.pricelist"

    def _get_applicable_rules(self, products, date, **kwargs):
        book = self.env.context.get(PRICE_BOOK)
        if book is None or not self:
            return super()._get_applicable_rules(products, date, **kwargs)
        return book.get_rules(self, products)
