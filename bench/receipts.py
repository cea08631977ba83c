"""What is expected from vendors: for the shelf, and for one order's line."""

_NUMBERS = "SELECT * FROM bench_receipt"
_FOR_AN_ORDER = "SELECT * FROM bench_receipt WHERE m IS NOT NULL"


def write_receipts(cloner, story):
    """Write the open receipts, each of a purchase of one line."""
    cloner.last["delivery"] = cloner.last["stock_move"]
    for table in ("stock_picking", "stock_move", "stock_move_line"):
        cloner.mark(table)
    _write_purchases(cloner, story.purchase)
    _write_moves(cloner, story.purchase.picking_ids)
    _write_links(cloner)


def _write_purchases(cloner, purchase):
    common = {
        "partner_id": "{vendor} + g.vendor",
        "date_planned": "g.day",
        "create_date": "g.day - INTERVAL '30 days'",
        "write_date": "g.day - INTERVAL '30 days'",
    }
    cloner.clone(
        purchase,
        _NUMBERS,
        **common,
        id="{purchase_order} + g.r",
        name="'BPO' || g.r",
        origin="NULL",
        access_token="NULL",
        date_order="g.day - INTERVAL '30 days'",
        date_approve="g.day - INTERVAL '30 days'",
        date_calendar_start="g.day - INTERVAL '30 days'",
        **dict.fromkeys(
            ("amount_untaxed", "amount_total", "amount_total_cc"), "g.qty * g.price / 2"
        ),
    )
    cloner.clone(
        purchase.order_line,
        _NUMBERS,
        **common,
        id="{purchase_order_line} + g.r",
        order_id="{purchase_order} + g.r",
        product_id="{product_product} + g.product",
        name="'[A' || g.product || '] Article ' || g.product",
        product_qty="g.qty",
        product_uom_qty="g.qty",
        price_unit="g.price / 2.0",
        technical_price_unit="g.price / 2.0",
        price_subtotal="g.qty * g.price / 2",
        price_total="g.qty * g.price / 2",
    )


def _write_moves(cloner, picking):
    cloner.clone(
        picking,
        _NUMBERS,
        id="{stock_picking} + g.r",
        name="'BIN/' || g.r",
        partner_id="{vendor} + g.vendor",
        origin="'BPO' || g.r",
        scheduled_date="g.day",
        date_deadline="g.day",
    )
    common = {
        "picking_id": "{stock_picking} + g.r",
        "product_id": "{product_product} + g.product",
        "quantity": "g.qty",
    }
    cloner.clone(
        picking.move_ids,
        _NUMBERS,
        **common,
        id="{stock_move} + g.r",
        purchase_line_id="{purchase_order_line} + g.r",
        price_unit="g.price / 2.0",
        product_uom_qty="g.qty",
        product_qty="g.qty",
        packaging_uom_qty="g.qty",
        origin="'BPO' || g.r",
        reference="'BIN/' || g.r",
        date="g.day",
        date_deadline="g.day",
    )
    cloner.clone(
        picking.move_ids.move_line_ids,
        _NUMBERS,
        **common,
        id="{stock_move_line} + g.r",
        move_id="{stock_move} + g.r",
        quantity_product_uom="g.qty",
        date="g.day",
    )


def _write_links(cloner):
    cloner.link(
        "purchase_order_stock_picking_rel",
        _NUMBERS,
        purchase_order_id="{purchase_order} + g.r",
        stock_picking_id="{stock_picking} + g.r",
    )
    cloner.link(
        "stock_move_move_rel",
        _FOR_AN_ORDER,
        move_orig_id="{stock_move} + g.r",
        move_dest_id="{delivery} + g.m",
    )
    cloner.link(
        "stock_move_created_purchase_line_rel",
        _FOR_AN_ORDER,
        created_purchase_line_id="{purchase_order_line} + g.r",
        move_id="{delivery} + g.m",
    )
