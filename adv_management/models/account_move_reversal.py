from odoo import models

from .control.adv_controlled import REPLACING


class AccountMoveReversal(models.TransientModel):
    """An invoice made anew charges again what its credit note gives back."""

    _inherit = "account.move.reversal"

    def modify_moves(self):
        wizard = self.with_context(adv_replacing=REPLACING)
        return super(AccountMoveReversal, wizard).modify_moves()
