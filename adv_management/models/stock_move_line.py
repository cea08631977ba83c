from odoo import api, models


class StockMoveLine(models.Model):
    """The detail by which goods are reserved, and a done delivery is corrected."""

    _inherit = "stock.move.line"

    # The quantity of a done move is computed from its lines and never passes its
    # write().

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._adv_touch_commitments()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "quantity" in vals or "product_uom_id" in vals:
            self._adv_touch_commitments()
        return result

    def unlink(self):
        self._adv_touch_commitments()
        return super().unlink()

    def _adv_touch_commitments(self):
        """Have the promises measured again whose goods are reserved, given back, or
        corrected once they have left.
        """
        self.env["adv.commitment"]._touch_goods(self.product_id.ids)
        done = self.filtered(lambda line: line.state == "done")
        if done:
            done.move_id._adv_touch_commitments()
