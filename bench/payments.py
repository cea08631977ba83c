"""What customers paid, each time one whole invoice."""

from .invoices import TOTALS

_PAID = "SELECT * FROM bench_order WHERE is_paid"
_NAME = "'BPAY/' || g.n"
_PARTNER = "{customer} + g.customer"
_ENTRY = {
    "move_id": "{entry} + g.n",
    "move_name": _NAME,
    "ref": "'BINV/' || g.n",
    "name": "'BINV/' || g.n",
    "partner_id": _PARTNER,
    "date": "g.paid",
    "date_maturity": "g.paid",
    "create_date": "g.paid",
    "payment_id": "{account_payment} + g.n",
}


def write_payments(cloner, story):
    """Write the payments, their entries behind the invoices, and what they settle."""
    cloner.mark("account_move", "entry")
    cloner.mark("account_move_line", "bank")
    _write_payments(cloner, story.payment)
    _write_entries(cloner, story.payment, story.partial.credit_move_id)
    _write_matching(cloner, story.partial)


def _write_payments(cloner, payment):
    cloner.clone(
        payment,
        _PAID,
        id="{account_payment} + g.n",
        move_id="{entry} + g.n",
        name=_NAME,
        memo="'BINV/' || g.n",
        partner_id=_PARTNER,
        date="g.paid",
        create_date="g.paid",
        amount="g.amount",
        amount_company_currency_signed="g.amount",
    )
    cloner.clone(
        payment.move_id,
        _PAID,
        **dict.fromkeys(TOTALS, "g.amount"),
        id="{entry} + g.n",
        name=_NAME,
        sequence_prefix="'BPAY/'",
        sequence_number="g.n",
        ref="'BINV/' || g.n",
        partner_id=_PARTNER,
        commercial_partner_id=_PARTNER,
        invoice_partner_display_name="'Client ' || g.customer",
        date="g.paid",
        create_date="g.paid",
        invoice_date_due="g.paid",
        origin_payment_id="{account_payment} + g.n",
    )
    cloner.link(
        "account_move__account_payment",
        _PAID,
        invoice_id="{account_move} + g.n",
        payment_id="{account_payment} + g.n",
    )


def _write_entries(cloner, payment, received):
    cloner.clone(
        received,
        _PAID,
        **_ENTRY,
        id="{bank} + 2 * g.n",
        credit="g.amount",
        balance="-g.amount",
        amount_currency="-g.amount",
        price_subtotal="-g.amount",
        price_total="-g.amount",
        full_reconcile_id="{account_full_reconcile} + g.n",
        matching_number="({account_full_reconcile} + g.n)::text",
    )
    cloner.clone(
        payment.move_id.line_ids - received,
        _PAID,
        **_ENTRY,
        id="{bank} + 2 * g.n - 1",
        debit="g.amount",
        balance="g.amount",
        amount_currency="g.amount",
        price_subtotal="g.amount",
        price_total="g.amount",
        amount_residual="g.amount",
        amount_residual_currency="g.amount",
    )


def _write_matching(cloner, partial):
    cloner.clone(partial.full_reconcile_id, _PAID, id="{account_full_reconcile} + g.n")
    cloner.clone(
        partial,
        _PAID,
        id="{account_partial_reconcile} + g.n",
        debit_move_id="{receivable} + g.n",
        credit_move_id="{bank} + 2 * g.n",
        full_reconcile_id="{account_full_reconcile} + g.n",
        max_date="g.paid",
        create_date="g.paid",
        amount="g.amount",
        debit_amount_currency="g.amount",
        credit_amount_currency="g.amount",
    )
