from odoo import api, models

from . import queries


class AdvFieldLog(models.Model):
    """The field log as a source of entry errors: it notes which orders it corrects."""

    _name = "adv.field.log"
    _inherit = ["adv.field.log"]

    @api.model
    def _get_insert(self, rows):
        return queries.log_and_watch(super()._get_insert(rows))
