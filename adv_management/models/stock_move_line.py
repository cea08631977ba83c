from odoo import api, models


class StockMoveLine(models.Model):
    """The detail by which a done delivery is corrected."""

    _inherit = "stock.move.line"

    # The quantity of a done move is computed from its lines and never passes its
    # write().

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._adv_touch_done()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "quantity" in vals or "product_uom_id" in vals:
            self._adv_touch_done()
        return result

    def unlink(self):
        self._adv_touch_done()
        return super().unlink()

    def _adv_touch_done(self):
        """Have the promises measured again whose done deliveries are corrected."""
        done = self.filtered(lambda line: line.state == "done")
        if done:
            done.move_id._adv_touch_commitments()
