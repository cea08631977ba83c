from odoo import api, models

_SUPPLY_FIELDS = frozenset(
    ("date_planned", "product_qty", "product_uom_id", "product_id", "move_dest_ids")
)


class PurchaseOrderLine(models.Model):
    """The vendor's date and quantity, on which promises of goods depend."""

    _inherit = "purchase.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._adv_touch_commitments()
        return lines

    def write(self, vals):
        if "product_id" in vals:
            self._adv_touch_commitments()
        result = super().write(vals)
        if not _SUPPLY_FIELDS.isdisjoint(vals):
            self._adv_touch_commitments()
        return result

    def unlink(self):
        self._adv_touch_commitments()
        return super().unlink()

    def _adv_touch_commitments(self):
        """Have the promises measured again that these purchases supply."""
        # sudo: a buyer may not read sales; only ids are noted, for the engine.
        bought = self.sudo()
        commitments = bought.env["adv.commitment"]
        commitments._touch(
            (bought.sale_line_id | bought.move_dest_ids.sale_line_id).ids
        )
        commitments._touch_goods(bought.product_id.ids)
