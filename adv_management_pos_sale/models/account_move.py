from odoo import models


class AccountMove(models.Model):
    """The invoice of a ticket: the customer waits for it at the till."""

    _inherit = "account.move"

    def _adv_get_unstoppable(self):
        free = super()._adv_get_unstoppable()
        # sudo: only whether there is a ticket is looked at.
        return free | self.filtered(lambda move: move.sudo().pos_order_ids)
