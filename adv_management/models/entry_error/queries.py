"""The SQL of the entry errors."""

import json

from odoo.tools import SQL


def insert(rows, columns) -> SQL:
    """Return the insert of proposed errors; what is known already is left out.

    :param rows: dicts by column; a column that a row does not name stays empty
    :param columns: names of the columns of the table that rows may give
    """
    names = SQL(", ").join(SQL.identifier(name) for name in columns)
    return SQL(
        """
        INSERT INTO adv_entry_error (%(names)s)
        SELECT %(names)s
          FROM jsonb_populate_recordset(NULL::adv_entry_error, %(rows)s::jsonb)
        ON CONFLICT DO NOTHING
        RETURNING id
        """,
        names=names,
        rows=json.dumps(rows, default=str),
    )


def count(error_ids) -> SQL:
    """Return the update of the additive columns of errors."""
    return SQL(
        """
        UPDATE adv_entry_error
           SET confirmed_count = (state = 'confirmed')::int,
               escaped_count = (state = 'confirmed'
                                AND moment != 'before_confirmation'
                                AND is_master_data IS NOT TRUE)::int,
               caught_count = (state = 'confirmed'
                               AND moment = 'before_confirmation')::int,
               rejected_count = (state = 'rejected')::int
         WHERE id = ANY(%s)
        """,
        list(error_ids),
    )


def visible_author(alias, author: SQL, user_id: int, *, is_manager: bool) -> SQL:
    """Return the author as this user may know him, else NULL."""
    is_open = SQL(
        """EXISTS (SELECT FROM res_company company
                    WHERE company.id = %(company)s
                      AND company.adv_staff_informed_date <= %(found)s
                      AND company.adv_council_informed_date <= %(found)s)""",
        company=SQL.identifier(alias, "company_id"),
        found=SQL.identifier(alias, "date_detected"),
    )
    return SQL(
        "CASE WHEN %(author)s = %(user)s OR %(open)s THEN %(author)s END",
        author=author,
        user=user_id,
        open=is_open if is_manager else SQL("FALSE"),
    )


def forget_authors(company_id: int, oldest) -> SQL:
    """Return the update that forgets who made a company's errors before a day."""
    return SQL(
        """
        UPDATE adv_entry_error SET author_user_id = NULL
         WHERE company_id = %s AND date_detected < %s AND author_user_id IS NOT NULL
        """,
        company_id,
        oldest,
    )


def facts(order_ids) -> SQL:
    """Return what errors take over from their orders, one row per order."""
    return SQL(
        """
        SELECT sale.id, sale.company_id, partner.commercial_partner_id AS partner_id,
               sale.team_id, sale.adv_user_id, sale.create_uid,
               confirmation.date_confirmed, confirmation.date_confirmed_local,
               delivery.first AS date_delivered, invoice.first AS date_invoiced
          FROM sale_order sale
          JOIN res_partner partner ON partner.id = sale.partner_id
          LEFT JOIN adv_order_confirmation confirmation
                 ON confirmation.order_id = sale.id
         CROSS JOIN LATERAL (
               SELECT MIN(move.date) AS first
                 FROM sale_order_line line
                 JOIN stock_move move ON move.sale_line_id = line.id
                  AND move.state = 'done'
                 JOIN stock_location place ON place.id = move.location_dest_id
                  AND place.usage = 'customer'
                WHERE line.order_id = sale.id
               ) delivery
         CROSS JOIN LATERAL (
               SELECT MIN(bill.create_date) AS first
                 FROM sale_order_line line
                 JOIN sale_order_line_invoice_rel link ON link.order_line_id = line.id
                 JOIN account_move_line item ON item.id = link.invoice_line_id
                 JOIN account_move bill ON bill.id = item.move_id
                  AND bill.state = 'posted' AND bill.move_type = 'out_invoice'
                WHERE line.order_id = sale.id AND line.is_downpayment IS NOT TRUE
               ) invoice
         WHERE sale.id = ANY(%s)
        """,
        list(order_ids),
    )


def authors(wanted) -> SQL:
    """Return ``(position, user id)`` of who last typed a value into a field.

    :param wanted: ``(order id, line id or 0, field, value, until)`` by position
    """
    return SQL(
        """
        SELECT DISTINCT ON (wrong.position) wrong.position - 1, log.user_id
          FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[], %s::timestamp[])
               WITH ORDINALITY
               AS wrong(order_id, line_key, field_name, value, until, position)
          JOIN adv_field_log log ON log.order_id = wrong.order_id
           AND log.field_name = wrong.field_name
           AND COALESCE(log.line_key, 0) = wrong.line_key
           AND log.value_new IS NOT DISTINCT FROM wrong.value
           AND log.date <= wrong.until
         ORDER BY wrong.position, log.id DESC
        """,
        *(list(column) for column in zip(*wanted, strict=True)),
    )


def log_and_watch(insert_log: SQL) -> SQL:
    """Return the insert of the field log that also notes the orders it corrects."""
    return SQL(
        """
        WITH logged AS (%s RETURNING order_id, date)
        INSERT INTO adv_entry_error_todo (order_id)
        SELECT DISTINCT logged.order_id
          FROM logged
          JOIN adv_order_confirmation confirmation
            ON confirmation.order_id = logged.order_id
           AND confirmation.date_confirmed < logged.date
        """,
        insert_log,
    )


def corrections(order_ids) -> SQL:
    """Return all logged changes since the first confirmation of orders, in order."""
    return SQL(
        """
        SELECT log.order_id, log.id, COALESCE(log.line_key, 0) AS line,
               log.field_name AS field, log.value_old AS old, log.value_new AS new,
               log.date AS at, log.line_label AS label,
               COALESCE(person.share, FALSE) AS is_customer
          FROM adv_field_log log
          JOIN adv_order_confirmation confirmation
            ON confirmation.order_id = log.order_id
           AND confirmation.date_confirmed < log.date
          LEFT JOIN res_users person ON person.id = log.user_id
         WHERE log.order_id = ANY(%s)
         ORDER BY log.order_id, log.id
        """,
        list(order_ids),
    )


def answered_dates(order_ids) -> SQL:
    """Return ``(order id, new date, was it the customer)`` of the promises that people
    changed and said why.
    """
    return SQL(
        """
        SELECT order_id, date_new, BOOL_OR(origin = 'customer')
          FROM adv_commitment_revision
         WHERE order_id = ANY(%s) AND kind = 'date' AND source = 'wizard'
         GROUP BY order_id, date_new
        """,
        list(order_ids),
    )


def to_settle() -> SQL:
    """Return the errors found before their order was confirmed that are settled now: it
    has been confirmed since, or the control that found them has passed.
    """
    return SQL(
        """
        SELECT error.id
          FROM adv_entry_error error
          LEFT JOIN adv_order_confirmation confirmation
                 ON confirmation.order_id = error.order_id
          LEFT JOIN adv_control_result result ON result.id = error.result_id
         WHERE error.date_entry IS NULL
           AND (confirmation.id IS NOT NULL
                OR error.state = 'suspected' AND result.state = 'passed')
         ORDER BY error.id
        """
    )
