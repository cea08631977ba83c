"""What purchases tell the ledger, as pieces of SQL (see ``Sources``)."""

from odoo.tools import SQL

# Purchases that are not confirmed yet: they have no stock moves.
DRAFT_STATES = ("draft", "sent", "to approve")

# A vendor's new date reaches the purchase line and the move's deadline, not the move's
# date; a planner's reaches the move only. The goods come at the later of the two.
MOMENT = SQL(
    """GREATEST(move.date, (SELECT bought.date_planned FROM purchase_order_line bought
                            WHERE bought.id = move.purchase_line_id))"""
)

# A purchase that is cancelled takes nothing from what the customer was promised.
COUNTS = SQL(
    """NOT (move.state = 'cancel' AND EXISTS (
                SELECT FROM purchase_order_line bought
                  JOIN purchase_order purchase ON purchase.id = bought.order_id
                 WHERE bought.id = move.purchase_line_id
                   AND purchase.state = 'cancel'))"""
)

# Requests made for one waiting move (make to order).
PLEDGES = SQL(
    """
    SELECT bought.date_planned AS moment
      FROM stock_move_created_purchase_line_rel pledge
      JOIN purchase_order_line bought ON bought.id = pledge.created_purchase_line_id
      JOIN purchase_order purchase ON purchase.id = bought.order_id
     WHERE pledge.move_id = move.id AND purchase.state IN %s
    """,
    DRAFT_STATES,
)

# Requests made for the order line itself (dropshipping).
ORDERS = SQL(
    """
    SELECT bought.date_planned AS moment
      FROM purchase_order_line bought
      JOIN purchase_order purchase ON purchase.id = bought.order_id
     WHERE bought.sale_line_id = scope.sale_line_id AND purchase.state IN %s
    """,
    DRAFT_STATES,
)

# Requests for the shelf, whoever takes from it.
OFFERS = SQL(
    """
    SELECT COALESCE(bought.location_final_id, warehouse.lot_stock_id) AS location_id,
           bought.date_planned AS moment, bought.product_uom_qty AS qty
      FROM purchase_order_line bought
      JOIN purchase_order purchase ON purchase.id = bought.order_id
      JOIN stock_picking_type receipt ON receipt.id = purchase.picking_type_id
      JOIN stock_warehouse warehouse ON warehouse.id = receipt.warehouse_id
     WHERE bought.product_id = wanted.product_id AND purchase.state IN %s
       AND NOT EXISTS (SELECT FROM stock_move_created_purchase_line_rel pledge
                        WHERE pledge.created_purchase_line_id = bought.id)
    """,
    DRAFT_STATES,
)
