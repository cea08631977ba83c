from odoo.fields import Domain
from odoo.tools import SQL

# The lines of orders with kits: of an order that leaves at once all lines count.
_WITH_KITS = Domain(
    "order_id.order_line.product_id.product_tmpl_id.bom_ids.type", "=", "phantom"
)


def post_init_hook(env):
    """Give the kits sold so far their promises; the engine's next run measures again
    what may wait for a production.
    """
    commitments = env["adv.commitment"]
    commitments._fill_history(_WITH_KITS)
    commitments._touch_open(env["res.company"].search([]))


def uninstall_hook(env):
    """Take the promises of kits out of the ledger: without us nobody sees what is
    delivered of them, and they would be late for ever.

    Installed again, the addon finds them in the orders.
    """
    commitments = env["adv.commitment"]
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            DELETE FROM adv_commitment commitment
                  USING product_product product
                  WHERE product.id = commitment.product_id
                    AND NOT EXISTS (SELECT FROM stock_move move
                                     WHERE move.sale_line_id = commitment.sale_line_id
                                       AND move.product_id = commitment.product_id)
                    AND (EXISTS (SELECT FROM stock_move move
                                  WHERE move.sale_line_id = commitment.sale_line_id)
                         OR EXISTS (SELECT FROM mrp_bom bom
                                     WHERE bom.type = 'phantom' AND bom.active
                                       AND bom.product_tmpl_id =
                                           product.product_tmpl_id
                                       AND COALESCE(bom.product_id, product.id) =
                                           product.id
                                       AND COALESCE(bom.company_id,
                                                    commitment.company_id) =
                                           commitment.company_id))
            """
        )
    )
    env.invalidate_all()
    commitments._touch_open(env["res.company"].search([]))
    commitments._note_touched()
