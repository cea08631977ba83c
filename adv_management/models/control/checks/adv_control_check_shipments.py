from odoo import models

from ...field_log.adv_field_log import as_text
from ..finding import Finding
from .wording import word_quantity


class AdvControlCheckShipments(models.AbstractModel):
    """Whether a delivery is what the customer takes."""

    _name = "adv.control.check.shipments"
    _description = "Controls of Deliveries"

    def _find_backorder_refused(self, pickings):
        """Yield the deliveries to customers who refuse backorders that leave a rest:
        less than asked for, or other transfers of the order still open.

        Whoever says that there will be no backorder delivers short and closes the
        order: that is what such a customer wants.
        """
        refusing = pickings.filtered(
            lambda picking: (
                picking.sale_id.partner_id.commercial_partner_id.adv_refuses_backorders
            )
        )
        for picking in refusing:
            if self._makes_backorder(picking):
                yield from self._find_short_moves(picking)
            yield from self._find_open_transfers(picking, pickings)

    def _makes_backorder(self, picking):
        """Return whether Odoo would make a backorder of what is missing, as far as
        people have decided yet.
        """
        policy = picking.picking_type_id.create_backorder
        refused = self.env.context.get("picking_ids_not_to_backorder") or ()
        if picking.state in ("done", "cancel") or policy == "never":
            return False
        return policy == "always" or picking.id not in refused

    def _find_short_moves(self, picking):
        """Yield the moves of which less leaves than was asked for."""
        moves = picking.move_ids.filtered(lambda move: move.state != "cancel")
        is_picked = any(move.picked for move in moves)
        for move in moves:
            # nothing picked: Odoo takes all that is reserved
            is_left = is_picked and not move.picked
            done = 0.0 if is_left else move._get_picked_quantity()
            missing = move.product_uom_qty - done
            if move.product_uom.compare(missing, 0) <= 0:
                continue
            text = self.env._(
                "%(product)s: %(done)s of %(asked)s, and the customer refuses "
                "backorders",
                product=move.product_id.display_name,
                done=word_quantity(self.env, done),
                asked=word_quantity(self.env, move.product_uom_qty),
            )
            yield Finding(
                picking.id,
                text,
                line=move.id,
                field="quantity",
                seen=as_text(done),
                expected=as_text(move.product_uom_qty),
                amount=self._get_sale_value(move, missing),
            )

    def _find_open_transfers(self, picking, pickings):
        """Yield what the order still has to send, beside the deliveries in question."""
        others = picking.sale_id.picking_ids - pickings
        for other in others:
            is_open = other.state not in ("done", "cancel")
            if is_open and other.picking_type_code != "incoming":
                text = self.env._(
                    "%(transfer)s of the same order is open, and the customer refuses "
                    "backorders",
                    transfer=other.name,
                )
                yield Finding(
                    picking.id,
                    text,
                    seen=as_text(other),
                    fix=("stock.picking", other.id),
                )

    def _get_sale_value(self, move, quantity):
        """Return what a quantity of a move is sold for, in company currency."""
        line = move.sale_line_id
        if not line.product_uom_qty or line.product_id != move.product_id:
            return 0.0  # a kit's component has no price of its own
        sold = move.product_uom._compute_quantity(quantity, line.product_uom_id)
        price = line.price_subtotal / line.product_uom_qty
        return sold * price / (line.order_id.currency_rate or 1.0)
