from odoo import api, models

_DELIVERY_FIELDS = frozenset(
    ("state", "date", "product_uom_qty", "quantity", "product_uom", "product_id", "location_dest_id", "location_id")
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
        # Odoo clears the link to the order line when the product changes: look before and after.
        if "sale_line_id" in vals or "product_id" in vals:
            self._adv_touch_commitments()
        result = super().write(vals)
        if "sale_line_id" in vals or not _DELIVERY_FIELDS.isdisjoint(vals):
            self._adv_touch_commitments()
        return result

    def unlink(self):
        self._adv_touch_commitments()
        return super().unlink()

    def _adv_touch_commitments(self):
        """Have the promises measured again that these moves fulfil or supply."""
        Commitment = self.env["adv.commitment"]
        Commitment._touch(self.sale_line_id.ids)
        Commitment._touch_goods(
            {
                (move.product_id.id, warehouse.id)
                for move in self.filtered("product_id.is_storable")
                for warehouse in move._adv_get_warehouses()
            }
        )

    def _adv_get_warehouses(self):
        """Return the warehouses whose stock this move takes from or adds to."""
        places = self.location_id | self.location_dest_id | self.location_final_id
        return places.warehouse_id
