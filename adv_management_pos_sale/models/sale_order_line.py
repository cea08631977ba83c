from odoo import models
from odoo.fields import Domain

# Tickets that count: those that somebody paid.
SETTLED_STATES = ("paid", "done")


class SaleOrderLine(models.Model):
    """The line that a till may have handed over before the warehouse knew of it."""

    _inherit = "sale.order.line"

    def _get_qty_procurement(self, previous_product_uom_qty=False):
        """At the release of an order, what its tickets hold is sent by them.

        A confirmation has moves whose quantities Odoo lowers; a parked order has none.
        """
        quantity = super()._get_qty_procurement(previous_product_uom_qty)
        if not self.env.context.get("adv_released"):
            return quantity
        settled = quantity + self._adv_get_settled_quantity()
        return max(quantity, min(settled, self.product_uom_qty))

    def _adv_get_settled_quantity(self):
        """Return what tickets hold of this line, in its unit.

        Refunds do not count: who got his money back waits for no goods.
        """
        # sudo: whoever releases the order need not see tickets.
        tickets = self.sudo().pos_order_line_ids.filtered_domain(
            Domain("order_id.state", "in", SETTLED_STATES) & Domain("qty", ">", 0)
        )
        return self._convert_qty(self, sum(tickets.mapped("qty")), "p2s")
