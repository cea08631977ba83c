"""The SQL of the first confirmations."""

from odoo.tools import SQL

# A day begins and ends where the company works: its calendar's time zone decides.
_COMPANY_ZONE = SQL("COALESCE(calendar.tz, contact.tz, 'UTC')")
_JOIN_COMPANY_ZONE = SQL(
    """
    JOIN res_company company ON company.id = sale.company_id
    JOIN res_partner contact ON contact.id = company.partner_id
    LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
    """
)
_INSERT = SQL(
    """
    INSERT INTO adv_order_confirmation
        (order_id, company_id, date_confirmed, date_confirmed_local,
         line_count, date_quoted, user_id)
    """
)


def stamp(rows, moment, user_id: int) -> SQL:
    """Return the insert of the orders that were never confirmed before.

    :param rows: ``(order id, company id, number of product lines, UTC datetime of the
        quotation)`` of each order
    :param moment: UTC datetime of the confirmation
    """
    order_ids, company_ids, counts, quoted = (
        list(column) for column in zip(*rows, strict=True)
    )
    return SQL(
        """
        %(insert)s
        SELECT sale.id, sale.company_id, %(moment)s,
               (%(moment)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date,
               sale.line_count, sale.date_quoted, %(user_id)s
          FROM unnest(%(order_ids)s::int[], %(company_ids)s::int[], %(counts)s::int[],
                      %(quoted)s::timestamp[])
               AS sale(id, company_id, line_count, date_quoted)
          %(join_zone)s
        ON CONFLICT (order_id) DO NOTHING
        RETURNING order_id
        """,
        insert=_INSERT,
        moment=moment,
        zone=_COMPANY_ZONE,
        user_id=user_id,
        order_ids=order_ids,
        company_ids=company_ids,
        counts=counts,
        quoted=quoted,
        join_zone=_JOIN_COMPANY_ZONE,
    )


def history(confirmed_subtype_id: int) -> SQL:
    """Return the insert of what Odoo kept of confirmations made before we came.

    Odoo's own trace is the tracked message "Sales Order Confirmed". Without one
    (tracking was off, an import) the order date stands in, which Odoo sets at the
    confirmation.
    """
    return SQL(
        """
        WITH message AS (
            SELECT DISTINCT ON (res_id) res_id AS order_id, date, create_uid
              FROM mail_message
             WHERE model = 'sale.order' AND subtype_id = %(subtype_id)s
             ORDER BY res_id, date, id
        ), product_lines AS (
            SELECT order_id, count(*) AS line_count
              FROM sale_order_line
             WHERE display_type IS NULL
               AND is_downpayment IS NOT TRUE
               AND product_id IS NOT NULL
             GROUP BY order_id
        ), sale AS (
            SELECT sale_order.id, company_id, date_order,
                   date_trunc('second', COALESCE(message.date, date_order)) AS moment,
                   COALESCE(line_count, 0) AS line_count, message.create_uid AS user_id
              FROM sale_order
              LEFT JOIN message ON message.order_id = sale_order.id
              LEFT JOIN product_lines ON product_lines.order_id = sale_order.id
             WHERE state = 'sale' OR message.order_id IS NOT NULL
        )
        %(insert)s
        SELECT sale.id, sale.company_id, sale.moment,
               (sale.moment AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date,
               sale.line_count, sale.date_order, sale.user_id
          FROM sale
          %(join_zone)s
        """,
        subtype_id=confirmed_subtype_id,
        insert=_INSERT,
        zone=_COMPANY_ZONE,
        join_zone=_JOIN_COMPANY_ZONE,
    )
