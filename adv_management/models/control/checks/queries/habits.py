"""What customers usually order."""

from odoo.tools import SQL

# A habit is what the last orders say; older ones only fill up to this number.
LAST_ORDERS = 12
ENOUGH_ORDERS = 3


def usual_quantities(company_id: int, asked, days: int) -> SQL:
    """Return ``(order id, product id, median)`` where there is a habit: the median of
    the quantities of the customer's last orders of the product, in its own unit.

    :param asked: ``(order id, commercial partner id, product id, factor of the
        product's unit, naive UTC datetime before which orders count)``
    :param days: how far back orders count
    """
    # The customer's contacts, their lines, the product: two indexes a row asked for.
    return SQL(
        """
        SELECT asked.order_id, asked.product_id, habit.median
          FROM unnest(%s::int[], %s::int[], %s::int[], %s::numeric[], %s::timestamp[])
               AS asked(order_id, customer_id, product_id, factor, moment)
    CROSS JOIN LATERAL (
               SELECT count(*) AS order_count,
                      percentile_cont(0.5) WITHIN GROUP (ORDER BY qty) AS median
                 FROM (SELECT sum(line.product_uom_qty * unit.factor) / asked.factor
                              AS qty
                         FROM res_partner contact
                         JOIN sale_order_line line
                           ON line.order_partner_id = contact.id
                         JOIN sale_order sale ON sale.id = line.order_id
                         JOIN uom_uom unit ON unit.id = line.product_uom_id
                        WHERE contact.commercial_partner_id = asked.customer_id
                          AND line.product_id = asked.product_id
                          AND line.company_id = %s
                          AND line.state = 'sale'
                          AND line.product_uom_qty > 0
                          AND line.is_downpayment IS NOT TRUE
                          AND sale.id <> asked.order_id
                          AND sale.date_order < asked.moment
                          AND sale.date_order >= asked.moment - %s * interval '1 day'
                     GROUP BY sale.id
                     ORDER BY sale.date_order DESC, sale.id DESC
                        LIMIT %s) last_order
               ) habit
         WHERE habit.order_count >= %s
        """,
        *(list(column) for column in zip(*asked, strict=True)),
        company_id,
        days,
        LAST_ORDERS,
        ENOUGH_ORDERS,
    )
