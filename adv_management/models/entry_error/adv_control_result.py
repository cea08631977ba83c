from odoo import models


class AdvControlResult(models.Model):
    """Results of controls as a source of entry errors."""

    _name = "adv.control.result"
    _inherit = ["adv.control.result"]

    def _after_store(self):
        result = super()._after_store()
        self.env["adv.entry.error"]._follow_results(self)
        return result
