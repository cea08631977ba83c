from odoo import fields, models


class AdvEntryErrorContest(models.TransientModel):
    """Lets whoever is said to have made an error say why it is not his."""

    _name = "adv.entry.error.contest"
    _description = "Contest an Entry Error"

    error_ids = fields.Many2many("adv.entry.error", string="Errors", required=True)
    reason = fields.Char("Why is it not your error?", required=True)

    def action_apply(self):
        """Hand the errors to the manager.

        :raise UserError: if they are not the user's own, or were contested before
        """
        for wizard in self.union():
            wizard.error_ids._contest(wizard.reason)
        return {"type": "ir.actions.act_window_close"}
