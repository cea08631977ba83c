from odoo import api, models

_DELIVERY_FIELDS = frozenset(
    (
        "state",
        "date",
        "picking_id",
        "product_uom_qty",
        "quantity",
        "product_uom",
        "product_id",
        "location_dest_id",
        "location_id",
        "location_final_id",
        "move_orig_ids",
        "move_dest_ids",
        "procure_method",
    )
)


class StockMove(models.Model):
    """The move that keeps a promise, or breaks it."""

    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._adv_touch_commitments()
        return moves

    def write(self, vals):
        # Odoo clears the link to the order line when the product changes: look before
        # and after.
        if "sale_line_id" in vals or "product_id" in vals:
            self._adv_touch_commitments()
        result = super().write(vals)
        if "sale_line_id" in vals or not _DELIVERY_FIELDS.isdisjoint(vals):
            self._adv_touch_commitments()
        return result

    def unlink(self):
        self._adv_touch_commitments()
        together = self.picking_id.filtered(lambda picking: picking.move_type == "one")
        together._adv_touch_together()
        return super().unlink()

    def _adv_touch_commitments(self):
        """Have the promises measured again that these moves fulfil or supply."""
        # sudo: whoever moves goods may not read sales; only ids are noted.
        moves = self.sudo()
        commitments = moves.env["adv.commitment"]
        commitments._touch(moves.sale_line_id.ids)
        commitments._touch_goods(moves.product_id.ids)
