from odoo import models


class AdvOrderPortal(models.AbstractModel):
    """What a customer sees of the delivery of his order, and where he answers."""

    _name = "adv.order.portal"
    _description = "Order on the portal"

    def _adv_get_answer_url(self, message):
        """Return the address at which the customer answers to a message about this
        order, for the text of the message.

        It is signed, lives 30 days and takes one answer.
        """
        self.ensure_one()
        return message._get_answer_url(self)

    def _adv_get_portal_lines(self):
        """Return ``{order line: PortalLine}`` of the goods that were promised.

        Nothing is promised yet of an order that is still looked through.
        """
        # sudo: called with an order that the customer has been found to own; of its
        # promises only what ``PortalLine`` holds leaves this method.
        order = self.sudo()
        if order.adv_is_parked:
            return {}
        commitments = order.adv_commitment_ids.sorted(
            lambda each: (each.sale_line_id.sequence, each.sale_line_id.id)
        )
        return {
            commitment.sale_line_id: commitment._prepare_portal_line()
            for commitment in commitments
        }
