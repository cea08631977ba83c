"""The SQL of acknowledgements and of what is open for a customer."""

from odoo.tools import SQL

from ..commitment.adv_commitment_engine import OPEN_STATUSES


def await_acknowledgement(ids_by_mode, first_ids, now, cron_id: int) -> SQL:
    """Return what notes orders to acknowledge and wakes the scheduled action.

    One statement, since every confirmation pays for it; the trigger is what
    ``ir.cron._trigger`` writes.

    :param ids_by_mode: ``{mode: order ids}``, modes that acknowledge
    :param first_ids: the orders that are confirmed for the first time
    """
    return SQL(
        """
        WITH awaited AS (
            UPDATE adv_order_confirmation
               SET is_ack_awaited = TRUE,
                   ack_message_id = NULL,
                   is_ack_automatic = order_id = ANY(%(automatic)s),
                   is_ack_measured = is_ack_measured OR order_id = ANY(%(first)s)
             WHERE order_id = ANY(%(orders)s)
        )
        INSERT INTO ir_cron_trigger (cron_id, call_at, create_uid, create_date,
            write_uid, write_date)
        SELECT id, %(now)s, 1, %(now)s, 1, %(now)s FROM ir_cron
         WHERE id = %(cron)s AND active
        """,
        orders=[each for ids in ids_by_mode.values() for each in ids],
        automatic=ids_by_mode.get("automatic", []),
        first=first_ids,
        now=now,
        cron=cron_id,
    )


def judge(now) -> SQL:
    """Return the update that judges the first confirmations whose target has passed.

    An order that was cancelled before anybody acknowledged it does not count.
    """
    return SQL(
        """
        UPDATE adv_order_confirmation confirmation
           SET ack_due_count =
                   (date_acknowledged IS NOT NULL OR sale.state = 'sale')::int,
               ack_on_time_count =
                   COALESCE(date_acknowledged <= date_ack_deadline, FALSE)::int
          FROM sale_order sale
         WHERE sale.id = confirmation.order_id
           AND is_ack_measured
           AND ack_due_count IS NULL
           AND date_ack_deadline <= %s
        """,
        now,
    )


def open_lines(commitments: SQL, digits: int, lang: str, reader=None) -> SQL:
    """Return what is still to deliver, as ``OpenLine`` has it but for the status.

    Quantities are in the unit of the order, whose name is in the customer's language,
    and nothing is read that the customer may not know.

    :param commitments: the promises that may be read
    :param lang: the language of customers who have none
    :param reader: the language of whoever reads it, if that is not the customer's
    """
    return SQL(
        """
        SELECT commitment.partner_id, sale.id, line.id, commitment.id, sale.name,
               COALESCE(sale.client_order_ref, ''),
               split_part(line.name, E'\\n', 1),
               COALESCE(unit.name->>COALESCE(%(reader)s, customer.lang, %(lang)s),
                        unit.name->>'en_US'),
               line.product_uom_qty::float8, COALESCE(line.qty_delivered, 0)::float8,
               round((commitment.qty_open * own_unit.factor / unit.factor)::numeric,
                     %(digits)s)::float8,
               COALESCE(line.qty_invoiced, 0)::float8,
               COALESCE(commitment.amount_open, 0)::float8, commitment.currency_id,
               COALESCE(commitment.basis, 'departure'),
               commitment.date_promise, commitment.date_announced
          FROM adv_commitment commitment
          JOIN sale_order sale ON sale.id = commitment.order_id
          JOIN sale_order_line line ON line.id = commitment.sale_line_id
          JOIN res_partner customer ON customer.id = commitment.partner_id
          JOIN uom_uom unit ON unit.id = line.product_uom_id
          JOIN uom_uom own_unit ON own_unit.id = commitment.product_uom_id
         WHERE commitment.id IN %(commitments)s
           AND commitment.status IN %(open)s
           AND commitment.qty_open > 0
           AND sale.state = 'sale'
         ORDER BY commitment.partner_id, sale.date_order, sale.id, line.sequence,
                  line.id
        """,
        commitments=commitments,
        open=OPEN_STATUSES,
        digits=digits,
        lang=lang,
        reader=reader,
    )
