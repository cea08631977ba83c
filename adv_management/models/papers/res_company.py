from odoo import models


class ResCompany(models.Model):
    """Whoever switches automatic acknowledgements off stops those that wait as well."""

    _name = "res.company"
    _inherit = "res.company"

    def write(self, vals):
        automatic = self.filtered(lambda each: each.adv_ack_mode == "automatic")
        result = super().write(vals)
        stopped = automatic.filtered(lambda each: each.adv_ack_mode != "automatic")
        # sudo: who may change the mode may stop what it has written.
        messages = self.env["adv.customer.message"].sudo()
        messages._keep_back(stopped, ["acknowledgement"])
        return result
