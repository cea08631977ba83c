from odoo import models


class AdvControlledTransfer(models.AbstractModel):
    """Deliveries to customers: the dialog before they are validated, and the gate."""

    _name = "adv.controlled.transfer"
    _inherit = ["adv.controlled"]
    _description = "Delivery under Control"

    def _adv_get_checkpoints(self):
        return ("shipment",)

    def _adv_is_scheduled(self):
        # nothing that has left waits in a queue: it is stopped, whoever ships it
        return False

    def _adv_get_follower(self):
        return self.sale_id._adv_get_follower()

    def _adv_get_controlled(self):
        """Return the transfers that leave to customers of an order, from our own stock
        or from a vendor's.
        """
        return self.filtered(
            lambda picking: (
                picking.picking_type_code in ("outgoing", "dropship")
                and picking.sale_id
                and picking.state not in ("done", "cancel")
            )
        )

    def _adv_stop_shipment(self):
        """Return the dialog that shows what keeps deliveries from leaving, or None."""
        controlled = self._adv_get_controlled()
        if not controlled or self._adv_is_parking():
            return None
        stopping = controlled._adv_check(("shipment",))
        return self._adv_open_stop(stopping) if stopping else None

    def _adv_gate_shipment(self):
        """Let deliveries leave.

        :raise UserError: if a control stops them
        """
        if controlled := self._adv_get_controlled():
            controlled._adv_pass(("shipment",))
            self.env["adv.control"]._note(controlled, "shipment")
