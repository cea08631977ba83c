"""What customers were billed."""

_BILLED = "SELECT * FROM bench_order WHERE is_billed"
_RESIDUAL = "CASE WHEN g.is_paid THEN 0 ELSE g.amount END"
TOTALS = ("amount_total", "amount_total_signed", "amount_total_in_currency_signed")
_UNTAXED = ("amount_untaxed", "amount_untaxed_signed")
_UNTAXED += ("amount_untaxed_in_currency_signed",)
_ENTRY = {
    "move_id": "{account_move} + g.n",
    "move_name": "'BINV/' || g.n",
    "ref": "'B' || g.n",
    "partner_id": "{customer} + g.customer",
    "date": "g.billed",
    "invoice_date": "g.billed",
    "create_date": "g.billed",
}


def write_invoices(cloner, story):
    """Write one invoice per order: its lines, then what the customer owes."""
    _write_invoices(cloner, story.invoice)
    _write_goods(cloner, story.invoice.invoice_line_ids)
    cloner.mark("account_move_line", "receivable")
    _write_receivables(cloner, story.receivable)


def _write_invoices(cloner, invoice):
    cloner.clone(
        invoice,
        _BILLED,
        **dict.fromkeys(TOTALS + _UNTAXED, "g.amount"),
        **dict.fromkeys(("amount_residual", "amount_residual_signed"), _RESIDUAL),
        id="{account_move} + g.n",
        name="'BINV/' || g.n",
        sequence_prefix="'BINV/'",
        sequence_number="g.n",
        payment_reference="'BINV/' || g.n",
        ref="'B' || g.n",
        invoice_origin="'B' || g.n",
        partner_id="{customer} + g.customer",
        commercial_partner_id="{customer} + g.customer",
        partner_shipping_id="{customer} + g.customer",
        invoice_partner_display_name="'Client ' || g.customer",
        date="g.billed",
        create_date="g.billed",
        invoice_date="g.billed",
        delivery_date="CASE WHEN g.is_sent THEN g.leaves::date END",
        invoice_date_due="g.due",
        payment_state="CASE WHEN g.is_paid THEN 'paid' ELSE 'not_paid' END",
        access_token="NULL",
    )


def _write_goods(cloner, line):
    numbers = "SELECT * FROM bench_line JOIN bench_order USING (n) WHERE is_billed"
    cloner.clone(
        line,
        numbers,
        **_ENTRY,
        id="{account_move_line} + g.l",
        name="'[A' || g.product || '] Article ' || g.product",
        product_id="{product_product} + g.product",
        quantity="g.qty",
        price_unit="g.price",
        price_subtotal="g.value",
        price_total="g.value",
        credit="g.value",
        balance="-g.value",
        amount_currency="-g.value",
    )
    cloner.link(
        "sale_order_line_invoice_rel",
        numbers,
        order_line_id="{sale_order_line} + g.l",
        invoice_line_id="{account_move_line} + g.l",
    )


def _write_receivables(cloner, line):
    paid = "CASE WHEN g.is_paid THEN {{account_full_reconcile}} + g.n END{}".format
    cloner.clone(
        line,
        _BILLED,
        **_ENTRY,
        id="{receivable} + g.n",
        name="'B' || g.n || ' - BINV/' || g.n",
        date_maturity="g.due",
        debit="g.amount",
        balance="g.amount",
        amount_currency="g.amount",
        amount_residual=_RESIDUAL,
        amount_residual_currency=_RESIDUAL,
        reconciled="g.is_paid",
        full_reconcile_id=paid(""),
        matching_number=f"({paid('')})::text",
    )
