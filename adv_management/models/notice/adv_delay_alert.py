from odoo import models


class AdvDelayAlert(models.Model):
    """From the alert to the customer: one message, however many of his orders."""

    _name = "adv.delay.alert"
    _inherit = ["adv.delay.alert", "adv.notice.button"]

    def action_inform_customer(self):
        """Return the action that writes to the customers of these alerts.

        :raise UserError: if nothing is late any more, or notices are off
        """
        self.check_access("write")
        return self._get_open_lines().commitment_id.action_inform_customer()
