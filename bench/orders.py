"""What customers ordered."""


def write_orders(cloner, story):
    """Write the orders, their lines and the trace that each confirmation left."""
    for state, order in (
        ("sale", story.orders["done"]),
        ("cancel", story.orders["cancel"]),
    ):
        _write_orders(cloner, order, state)
        _write_lines(cloner, order.order_line, state)
    numbers = "SELECT * FROM bench_order"
    cloner.clone(
        story.message,
        numbers,
        id="{mail_message} + g.n",
        res_id="{sale_order} + g.n",
        message_id="'<bench-' || g.n || '@localhost>'",
        date="g.confirmed",
        create_date="g.confirmed",
    )
    cloner.clone(
        story.orders["done"].stock_reference_ids,
        numbers,
        id="{stock_reference} + g.n",
        name="'B' || g.n",
        create_date="g.confirmed",
        write_date="g.confirmed",
    )
    cloner.link(
        "stock_reference_sale_rel",
        numbers,
        sale_id="{sale_order} + g.n",
        reference_id="{stock_reference} + g.n",
    )


def _write_orders(cloner, order, state):
    cloner.clone(
        order,
        f"SELECT * FROM bench_order WHERE state = '{state}'",
        id="{sale_order} + g.n",
        name="'B' || g.n",
        access_token="NULL",
        partner_id="{customer} + g.customer",
        partner_invoice_id="{customer} + g.customer",
        partner_shipping_id="{customer} + g.customer",
        amount_untaxed="g.amount",
        amount_total="g.amount",
        invoice_status="CASE WHEN g.is_billed THEN 'invoiced'"
        " WHEN g.state = 'sale' THEN 'to invoice' ELSE 'no' END",
        delivery_status="CASE WHEN g.is_complete THEN 'full'"
        " WHEN g.is_sent THEN 'partial' WHEN g.state = 'sale' THEN 'pending' END",
        date_order="g.confirmed",
        validity_date="g.confirmed::date + 30",
        create_date="g.confirmed",
        write_date="CASE WHEN g.is_complete THEN g.follows ELSE g.confirmed END",
        effective_date="CASE WHEN g.is_sent THEN g.leaves END",
        commitment_date="CASE WHEN g.is_promised THEN g.promised END",
    )


def _write_lines(cloner, line, state):
    billed = "CASE WHEN g.is_billed THEN {} ELSE 0 END".format
    open_to_bill = (
        "CASE WHEN g.state = 'sale' AND NOT g.is_billed THEN {} ELSE 0 END".format
    )
    cloner.clone(
        line,
        f"SELECT * FROM bench_line JOIN bench_order USING (n) WHERE state = '{state}'",
        id="{sale_order_line} + g.l",
        order_id="{sale_order} + g.n",
        order_partner_id="{customer} + g.customer",
        product_id="{product_product} + g.product",
        name="'[A' || g.product || '] Article ' || g.product",
        product_uom_qty="g.qty",
        price_unit="g.price",
        technical_price_unit="g.price",
        price_reduce_taxexcl="g.price",
        price_reduce_taxinc="g.price",
        price_subtotal="g.value",
        price_total="g.value",
        qty_delivered="CASE WHEN g.is_complete THEN g.qty WHEN NOT g.is_sent THEN 0"
        " WHEN g.position = g.short THEN CEIL(g.qty / 2.0) ELSE g.qty END",
        qty_invoiced=billed("g.qty"),
        qty_to_invoice=open_to_bill("g.qty"),
        untaxed_amount_invoiced=billed("g.value"),
        untaxed_amount_to_invoice=open_to_bill("g.value"),
        invoice_status="CASE WHEN g.is_billed THEN 'invoiced'"
        " WHEN g.state = 'sale' THEN 'to invoice' ELSE 'no' END",
        customer_lead="CASE WHEN g.is_promised THEN 0"
        " ELSE g.promised::date - g.confirmed::date END",
        create_date="g.confirmed",
        write_date="g.confirmed",
    )
