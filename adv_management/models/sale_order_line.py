from odoo import api, models

_PROMISE_FIELDS = frozenset(("product_uom_qty", "product_uom_id", "price_unit", "discount", "product_id"))


class SaleOrderLine(models.Model):
    """The order line as promised and as typed: its promise follows it, its entries are logged."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "adv.watched.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._adv_touch_commitments()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not _PROMISE_FIELDS.isdisjoint(vals):
            self._adv_touch_commitments()
        return result

    def _adv_touch_commitments(self):
        """Have the promises of confirmed lines made or measured again."""
        lines = self.filtered(lambda line: line.state == "sale")
        self.env["adv.commitment"]._touch(lines.ids, is_order=True)
