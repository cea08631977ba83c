from odoo.tools import SQL

from odoo.addons.adv_management.models.commitment.adv_commitment import OPEN_STATUSES


def post_init_hook(env):
    """Measure again what purchases supply or deliver: until now they were not seen."""
    env["adv.commitment"]._measure(
        SQL(
            """commitment.status IN %s OR commitment.sale_line_id IN (
                    SELECT move.sale_line_id FROM stock_move move
                     WHERE move.purchase_line_id IS NOT NULL
                       AND move.sale_line_id IS NOT NULL)""",
            OPEN_STATUSES,
        )
    )


def uninstall_hook(env):
    """Have all open promises measured again: requests no longer supply them."""
    commitments = env["adv.commitment"]
    commitments._touch_open(env["res.company"].search([]))
    commitments._note_touched()
