from odoo.tools import SQL


def has_no_product_line(order_line, order_id):
    """Return the condition that an order has no line with a product yet.

    Asked of one order at a time: those that wait are few, the lines are millions.

    :param order_line: the model of the lines, whose columns are flushed before
    :param order_id: the SQL of the order's id
    """

    def column(name):
        return SQL.identifier("line", name, to_flush=order_line._fields[name])

    return SQL(
        """NOT EXISTS (
            SELECT FROM sale_order_line AS line
             WHERE %(order_column)s = %(order_id)s
               AND %(product_column)s IS NOT NULL
               AND %(downpayment_column)s IS NOT TRUE
        )""",
        order_column=column("order_id"),
        order_id=order_id,
        product_column=column("product_id"),
        downpayment_column=column("is_downpayment"),
    )
