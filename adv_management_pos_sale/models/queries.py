"""What tickets tell the ledger, as pieces of SQL (see ``Sources``)."""

from odoo.tools import SQL

from odoo.addons.adv_management.models.commitment.queries.facts import OPEN_STATES

# One row per ticket's line, and per refund of it. A ticket without deliveries (stock is
# written when the session closes) was handed over when it was paid, as Odoo's own
# delivered quantity has it; one with deliveries when the last of them left.
HANDED = SQL(
    """
    SELECT scope.id AS commitment_id, -sold.id AS id,
           COALESCE(way.date_done, way.date_planned, ticket.date_order) AS date,
           ticket.write_date, way.state, way.picking_id,
           CASE WHEN way.state = 'done' AND way.is_later
                THEN sold.qty_delivered::numeric
                ELSE sold.qty::numeric END * own.factor / scope.unit_factor AS qty,
           CASE WHEN way.state = 'done' AND way.is_later
                THEN GREATEST(sold.qty - sold.qty_delivered, 0)::numeric
                ELSE 0 END * own.factor / scope.unit_factor AS qty_refused
      FROM scope
CROSS JOIN LATERAL (
           SELECT line.id FROM pos_order_line line
            WHERE line.sale_order_line_id = scope.sale_line_id
            UNION
           SELECT refund.id
             FROM pos_order_line line
             JOIN pos_order_line refund ON refund.refunded_orderline_id = line.id
            WHERE line.sale_order_line_id = scope.sale_line_id
           ) known
      JOIN pos_order_line sold ON sold.id = known.id
      JOIN pos_order ticket ON ticket.id = sold.order_id
       AND ticket.state NOT IN ('draft', 'cancel')
      JOIN product_product product ON product.id = sold.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom own ON own.id = template.uom_id
CROSS JOIN LATERAL (
           SELECT CASE WHEN COUNT(*) = 0 OR BOOL_AND(picking.state = 'done')
                            THEN 'done'
                       WHEN BOOL_AND(picking.state = 'cancel') THEN 'cancel'
                       WHEN BOOL_AND(picking.state IN ('done', 'cancel')) THEN 'done'
                       WHEN BOOL_AND(picking.state IN ('done', 'cancel', 'assigned'))
                            THEN 'assigned'
                       ELSE 'confirmed' END AS state,
                  COUNT(*) > 0 AND ticket.shipping_date IS NOT NULL AS is_later,
                  CASE WHEN BOOL_AND(picking.state IN ('done', 'cancel'))
                       THEN MAX(picking.date_done) END AS date_done,
                  MAX(picking.scheduled_date) AS date_planned,
                  MAX(picking.id) AS picking_id
             FROM stock_picking picking
            WHERE picking.pos_order_id = ticket.id
           ) way
    """
)

# What a ticket ships later.
CARRIERS = SQL(
    """
    SELECT move.id AS move_id
      FROM pos_order_line sold
      JOIN stock_picking picking ON picking.pos_order_id = sold.order_id
      JOIN stock_move move ON move.picking_id = picking.id
       AND move.product_id = sold.product_id
     WHERE sold.sale_order_line_id = commitment.sale_line_id
       AND sold.qty > 0 AND move.state IN %s
    """,
    OPEN_STATES,
)
