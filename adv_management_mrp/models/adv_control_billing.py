from odoo import models

_SENT = {
    "incoming_moves": lambda move: (
        move._is_outgoing() and (not move.origin_returned_move_id or move.to_refund)
    ),
    "outgoing_moves": lambda _move: False,
}


class AdvControlBilling(models.AbstractModel):
    """Kits come back by their components: one that is no longer whole came back."""

    _inherit = "adv.control.billing"

    def _get_returned(self, sale_line):
        kit = self._find_kit(sale_line)
        if not kit:
            return super()._get_returned(sale_line)
        moves = sale_line.move_ids.filtered(
            lambda move: (
                move.state == "done" and move.location_dest_usage != "inventory"
            )
        )
        ordered = sale_line.product_uom_id._compute_quantity(
            sale_line.product_uom_qty, kit.product_uom_id
        )
        # what left, as Odoo counts what was delivered, with nothing taken off
        sent = moves._compute_kit_quantities(sale_line.product_id, ordered, kit, _SENT)
        sent = kit.product_uom_id._compute_quantity(sent, sale_line.product_uom_id)
        return max(sent - sale_line.qty_delivered, 0.0)

    def _find_kit(self, sale_line):
        """Return the bill of materials by which a kit was sent, if it is one."""
        used = sale_line.move_ids.filtered(
            lambda move: move.state != "cancel"
        ).bom_line_id.bom_id
        product = sale_line.product_id
        kits = used.filtered(
            lambda bom: (
                bom.type == "phantom"
                and bom.product_tmpl_id == product.product_tmpl_id
                and bom.product_id in (product, product.browse())
            )
        )
        if used and not kits:  # a kit of kits: its moves name the inner ones
            kits = used._bom_find(
                product, company_id=sale_line.company_id.id, bom_type="phantom"
            )[product]
        return kits[:1]
