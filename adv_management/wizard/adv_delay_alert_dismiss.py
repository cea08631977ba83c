from odoo import fields, models


class AdvDelayAlertDismiss(models.TransientModel):
    """Asks why alerts are not worth a call, before they are put away."""

    _name = "adv.delay.alert.dismiss"
    _description = "Dismiss Alerts"

    alert_ids = fields.Many2many("adv.delay.alert", string="Alerts", required=True)
    reason = fields.Char("Why?", required=True)

    def action_apply(self):
        """Dismiss the alerts until something about them gets worse."""
        for wizard in self:
            wizard.alert_ids._dismiss(wizard.reason)
        return {"type": "ir.actions.act_window_close"}
