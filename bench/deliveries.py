"""What leaves the warehouse: pickings, their moves, and what is reserved for them."""

# Moves for which goods were taken: Odoo keeps a move line of each.
_TAKEN = ("done", "assigned")


def write_deliveries(cloner, story):
    """Write the deliveries in each state from the one that Odoo brought to it."""
    for state, move in story.moves.items():
        _write_pickings(cloner, move.picking_id, state)
        _write_moves(cloner, move, state)
        if state in _TAKEN:
            _write_move_lines(cloner, move.move_line_ids, state)
    cloner.link(
        "stock_reference_move_rel",
        "SELECT * FROM bench_move",
        move_id="{stock_move} + g.m",
        reference_id="{stock_reference} + g.n",
    )


def _write_pickings(cloner, picking, state):
    cloner.clone(
        picking,
        f"SELECT * FROM bench_picking WHERE state = '{state}'",
        id="{stock_picking} + g.p",
        name="'BOUT/' || g.p",
        backorder_id="CASE WHEN g.trip = 2 THEN {stock_picking} + g.n END",
        partner_id="{customer} + g.customer",
        sale_id="{sale_order} + g.n",
        origin="'B' || g.n",
        scheduled_date="g.planned",
        date_deadline="g.promised",
        has_deadline_issue="g.promised < g.planned",
        date_done="CASE WHEN g.state = 'done' THEN g.left_at END",
        create_date="g.confirmed",
        write_date="CASE WHEN g.state = 'done' THEN g.left_at ELSE g.confirmed END",
    )


def _write_moves(cloner, move, state):
    cloner.clone(
        move,
        "SELECT bench_move.*, day FROM bench_move LEFT JOIN bench_receipt USING (m)"
        f" WHERE state = '{state}'",
        id="{stock_move} + g.m",
        sale_line_id="{sale_order_line} + g.l",
        picking_id="{stock_picking} + g.p",
        partner_id="{customer} + g.customer",
        product_id="{product_product} + g.product",
        product_uom_qty="g.qty",
        product_qty="g.qty",
        packaging_uom_qty="g.qty",
        quantity="g.qty" if state in _TAKEN else "0",
        origin="'B' || g.n",
        reference="'BOUT/' || g.p",
        date="g.moment",
        date_deadline="g.promised",
        delay_alert_date="CASE WHEN g.day > g.moment THEN g.day END",
        reservation_date="g.confirmed::date",
        create_date="g.confirmed",
        write_date="g.moment" if state == "done" else "g.confirmed",
    )


def _write_move_lines(cloner, move_line, state):
    cloner.clone(
        move_line,
        f"SELECT * FROM bench_move WHERE state = '{state}'",
        id="{stock_move_line} + g.m",
        move_id="{stock_move} + g.m",
        picking_id="{stock_picking} + g.p",
        product_id="{product_product} + g.product",
        quantity="g.qty",
        quantity_product_uom="g.qty",
        date="g.moment",
        create_date="g.confirmed",
        write_date="g.moment" if state == "done" else "g.confirmed",
    )
