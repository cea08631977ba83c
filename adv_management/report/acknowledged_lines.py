from .table_sheet import (
    AMOUNT,
    DATE,
    QUANTITY,
    TEXT,
    Amount,
    Column,
    money_format,
)


def acknowledged_lines(order):
    """Return ``(columns, rows)`` of what an acknowledgement tells line by line, in the
    language of the order's environment.

    Of a section there is the name only.
    """
    env = order.env
    columns = [
        Column(env._("Product"), TEXT, 44),
        Column(env._("Quantity"), QUANTITY, 11),
        Column(env._("Unit"), TEXT, 10),
        Column(env._("Price"), AMOUNT, 14),
        Column(env._("Amount"), AMOUNT, 16),
        Column(env._("Promised date"), DATE, 13),
        Column(env._("Date of"), TEXT, 12),
    ]
    nothing = [None] * (len(columns) - 1)
    return columns, [
        (line.name, *(nothing if line.display_type else _figures(line, promise)))
        for line, promise in order._adv_get_told_lines()
    ]


def _figures(line, promise):
    """Return the cells of a line beside its name."""
    currency = line.currency_id
    digits = line.env["decimal.precision"].precision_get("Product Price")
    day = promise and promise.date_promise
    words = line.order_id._adv_get_basis_words()
    return (
        line.product_uom_qty,
        line.product_uom_id.name,
        Amount(line.price_reduce_taxexcl, money_format(currency, digits)),
        Amount(line.price_subtotal, money_format(currency)),
        day,
        words[promise.basis or "departure"] if day else None,
    )
