from odoo.fields import Domain
from odoo.tools import SQL

_SETTLED = Domain("pos_order_line_ids", "!=", False)
# The lines of their orders: of an order that leaves at once all lines count.
_WITH_TICKETS = Domain("order_id.order_line", "any", _SETTLED)


def post_init_hook(env):
    """Have the lines that tills settled so far measured again, or promised at last."""
    commitments = env["adv.commitment"]
    commitments._fill_history(_WITH_TICKETS)
    settled = env["sale.order.line"].search(_SETTLED & Domain("state", "=", "sale"))
    commitments._touch(settled.ids)


def uninstall_hook(env):
    """Take the promises of settled lines out of the ledger: without us nobody sees what
    a till handed over, and they would be late for ever.

    Installed again, the addon finds them in the tickets.
    """
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            DELETE FROM adv_commitment commitment
                  USING pos_order_line sold
                  WHERE sold.sale_order_line_id = commitment.sale_line_id
            """
        )
    )
    env.invalidate_all()
