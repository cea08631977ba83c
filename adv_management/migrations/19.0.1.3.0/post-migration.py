from odoo import api
from odoo.api import SUPERUSER_ID


def migrate(cr, version):
    """Have the engine's next run find by when the goods of open promises must leave."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["adv.commitment"]._touch_open(
        env["res.company"].with_context(active_test=False).search([])
    )
    cr.flush()
