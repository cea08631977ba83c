"""Is a filled database one that Odoo could have written? For small fills: it looks at
every row.
"""

from odoo.tools import SQL

# What Odoo computes and stores, and must find as the fill left it.
_COMPUTED = {
    "sale.order": ("amount_total", "invoice_status", "delivery_status"),
    "sale.order.line": ("qty_delivered", "qty_invoiced", "invoice_status", "name"),
    "stock.picking": ("state", "scheduled_date", "date_deadline"),
    "stock.move": ("quantity", "product_qty", "delay_alert_date", "reference"),
    "purchase.order": ("amount_total", "receipt_status"),
    "account.move": ("amount_total", "amount_residual", "payment_state"),
    "account.move.line": ("amount_residual", "reconciled"),
    "account.payment": ("state", "is_reconciled"),
}
# Each query returns what is wrong.
_RULES = {
    "unbalanced entries": """
        SELECT move_id FROM account_move_line
         GROUP BY move_id HAVING SUM(debit) != SUM(credit) OR SUM(balance) != 0
    """,
    "moves and their move lines": """
        SELECT move.id FROM stock_move move
     LEFT JOIN (SELECT move_id, SUM(quantity) AS quantity FROM stock_move_line
              GROUP BY move_id) line ON line.move_id = move.id
         WHERE move.quantity != COALESCE(line.quantity, 0)
            OR move.state IN ('done', 'assigned') AND move.quantity != move.product_qty
    """,
    "reserved quantities": """
        SELECT product_id, location_id
          FROM (SELECT product_id, location_id, reserved_quantity AS quantity
                  FROM stock_quant
             UNION ALL
                SELECT line.product_id, location.id, -quantity_product_uom
                  FROM stock_move_line line
                  JOIN stock_location location ON location.id = line.location_id
                 WHERE state IN ('assigned', 'partially_available')
                   AND location.usage = 'internal') reserved
      GROUP BY product_id, location_id HAVING SUM(quantity) != 0
    """,
    "stock that is not there": """
        SELECT quant.id FROM stock_quant quant
          JOIN stock_location location ON location.id = quant.location_id
         WHERE location.usage = 'internal' AND quantity < reserved_quantity
    """,
}


def check(env):
    """Raise a ``ValueError`` that names what Odoo would not have written, and prove
    that the filled records live on in Odoo; what it does is undone.
    """
    for name, query in _RULES.items():
        _refuse(name, env.execute_query(SQL(query)))
    for model, names in _COMPUTED.items():
        for name in names:
            _refuse(f"{model}.{name}", _otherwise(env, model, name))
    with env.cr.savepoint() as savepoint:
        _live_on(env)
        env.flush_all()
        savepoint.rollback()


def _refuse(name, wrong):
    if wrong:
        raise ValueError(f"{name}: {len(wrong)} wrong, such as {wrong[0]}")


def _otherwise(env, model, name):
    """Return the records of which Odoo computes another value than the one stored."""
    records = env[model].search([])
    field = records._fields[name]
    stored = {record: record[name] for record in records}
    env.add_to_compute(field, records)
    found = [
        (record.id, value, record[name])
        for record, value in stored.items()
        if record[name] != value
    ]
    env.clear()
    return found


def _live_on(env):
    """Deliver, receive, cancel, bill and pay some of what was filled."""
    _deliver(env)
    _receive(env)
    _cancel(env)
    _sell_again(env)
    _pay(env)


def _deliver(env):
    """Deliver what is reserved of a picking and leave the rest for later."""
    pickings = env["stock.picking"].search(
        [("state", "=", "assigned"), ("sale_id.name", "=like", "B%")], order="id"
    )
    picking = pickings[len(pickings) // 2]
    lines = picking.move_ids.filtered(
        lambda move: move.state == "assigned"
    ).sale_line_id
    picking.move_ids.filtered(lambda move: move.state == "assigned").picked = True
    picking.with_context(skip_backorder=True).button_validate()
    _refuse("delivering", picking.state != "done" and [picking])
    wrong = lines.filtered(lambda line: line.qty_delivered != line.product_uom_qty)
    _refuse("delivered quantities", wrong)


def _receive(env):
    """Receive what was bought for an order: its delivery is ready."""
    waiting = env["stock.move"].search(
        [("state", "=", "waiting")], limit=1, order="id desc"
    )
    receipt = waiting.move_orig_ids.picking_id
    receipt.move_ids.picked = True
    receipt.button_validate()
    _refuse("receiving", waiting.state != "assigned" and [waiting])


def _cancel(env):
    """Cancel an order that waits for goods, open another one as a user does."""
    order = env["sale.order"].search([("delivery_status", "=", "pending")], limit=1)
    order._action_cancel()
    _refuse("cancelling", order.picking_ids.filtered(lambda it: it.state != "cancel"))
    order = env["sale.order"].search([("name", "=", "B1")])
    order.web_read({name: {} for name in order._fields})


def _sell_again(env):
    """Sell, deliver and bill a copy of a filled order."""
    order = env["sale.order"].search([("name", "=", "B2")]).copy()
    order.action_confirm()
    picking = order.picking_ids
    for move in picking.move_ids:
        move.quantity = move.product_uom_qty
    picking.move_ids.picked = True
    picking.with_context(skip_backorder=True).button_validate()
    order._create_invoices().action_post()
    _refuse("selling", order.delivery_status != "full" and [order])


def _pay(env):
    """Pay an overdue invoice."""
    invoice = env["account.move"].search(
        [("payment_state", "=", "not_paid"), ("move_type", "=", "out_invoice")], limit=1
    )
    bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
    register = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=invoice.ids
    )
    register.create({"journal_id": bank.id})._create_payments()
    _refuse("paying", invoice.payment_state != "paid" and [invoice])
