from odoo import api, models

from odoo.addons.adv_management.models.control.adv_controlled import PARKING


class PosOrder(models.Model):
    """The ticket that settles orders: they are accepted, whatever controls say."""

    _inherit = "pos.order"

    @api.model
    def sync_from_ui(self, orders):
        till = self.with_context(adv_gate=PARKING, adv_is_till=True)
        return super(PosOrder, till).sync_from_ui(orders)

    def _process_saved_order(self, draft):
        result = super()._process_saved_order(draft)
        self._adv_touch_commitments()
        return result

    def _adv_touch_commitments(self):
        """Have the promises measured again of what these tickets hand over or take
        back.
        """
        # sudo: a cashier may not read sales; only ids are noted.
        tickets = self.sudo().lines
        sold = tickets | tickets.refunded_orderline_id
        sold.env["adv.commitment"]._touch(sold.sale_order_line_id.ids)
