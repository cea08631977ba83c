"""The SQL of the field log."""

from odoo.tools import SQL


def insert(rows) -> SQL:
    """Return the insert of all changes of a transaction.

    :param rows: ``(order id, line id, line's text, user id, UTC datetime, field,
        value before, value after)`` of each change
    """
    # Joined: an order or a line may have been deleted since it was changed.
    return SQL(
        """
        INSERT INTO adv_field_log
            (order_id, company_id, line_id, line_key, line_label, user_id, date,
             field_name, value_old, value_new)
        SELECT sale.id, sale.company_id, line.id, entry.line_id, entry.line_label,
               entry.user_id, entry.date,
               entry.field_name, entry.value_old, entry.value_new
          FROM unnest(%s::int[], %s::int[], %s::text[], %s::int[], %s::timestamp[],
                      %s::text[], %s::text[], %s::text[]) WITH ORDINALITY
               AS entry(order_id, line_id, line_label, user_id, date,
                        field_name, value_old, value_new, position)
          JOIN sale_order sale ON sale.id = entry.order_id
          LEFT JOIN sale_order_line line ON line.id = entry.line_id
         -- the lines of a new order are no changes, those added to an accepted one are
         WHERE entry.field_name != 'product_id' OR entry.value_old IS NOT NULL
            OR EXISTS (SELECT FROM adv_order_confirmation confirmation
                        WHERE confirmation.order_id = sale.id
                          AND confirmation.date_confirmed < entry.date)
         ORDER BY entry.position
        """,
        *(list(column) for column in zip(*rows, strict=True)),
    )


def delete_expired(company_id: int, oldest) -> SQL:
    """Return the deletion of a company's entries from before ``oldest`` (UTC)."""
    return SQL(
        "DELETE FROM adv_field_log WHERE company_id = %s AND date < %s",
        company_id,
        oldest,
    )
