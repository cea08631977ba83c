from odoo import models

from .control import scheduled


class IrCron(models.Model):
    """What a scheduled action confirms or invoices is parked, not refused: nobody would
    read the refusal.
    """

    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        with scheduled.at_work():
            return super()._callback(cron_name, server_action_id)
