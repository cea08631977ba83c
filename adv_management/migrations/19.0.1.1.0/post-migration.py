from odoo import api
from odoo.api import SUPERUSER_ID


def migrate(cr, version):
    """Tell of the promises of before what was true of them: departures were promised,
    and people chose the causes. The engine's next run predicts and proposes the rest.
    """
    cr.execute(
        "UPDATE adv_commitment SET basis = 'departure', transit_days = 0"
        " WHERE basis IS NULL"
    )
    cr.execute(
        "UPDATE adv_commitment SET is_cause_manual = TRUE"
        " WHERE cause_id IS NOT NULL AND is_cause_manual IS NULL"
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["adv.commitment"]._touch_open(
        env["res.company"].with_context(active_test=False).search([])
    )
    cr.flush()
