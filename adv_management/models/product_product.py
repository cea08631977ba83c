from odoo import models


class ProductProduct(models.Model):
    """The goods that are promised, in the unit in which they are counted."""

    _inherit = "product.product"

    def _update_uom(self, to_uom_id):
        """Replace the unit in the ledger as Odoo does in orders and moves: the numbers
        stay.
        """
        result = super()._update_uom(to_uom_id)
        # sudo: the figures of the ledger are readonly for everybody.
        self.env["adv.commitment"].sudo().search(
            [("product_id", "in", self.ids)]
        ).product_uom_id = to_uom_id
        return result
