"""New rows of the ledger, from live confirmations and from history."""

from odoo.tools import SQL

from .facts import local_day
from .sources import LEDGER


def insert_promises(
    clock: SQL, promises: SQL, kits: SQL, digits: int, ledger: SQL = LEDGER
) -> SQL:
    """Return the INSERT of one commitment per promised line.

    :param promises: relation ``(line_id, promised_at, confirmed_at, transit_days)``,
        times naive UTC; ``promised_at`` is empty when neither a date nor a lead time
        was given, ``transit_days`` when the promise is one of departure; without the
        lines that the ledger knows: a conflict would wait for the engine, which may
        hold the row
    :param kits: condition on ``product`` and ``template``: what leaves in parts, of
        which the moves of its own product tell nothing
    """
    return SQL(
        """
        WITH clock AS (%(clock)s), promise AS (%(promises)s)
        INSERT INTO %(ledger)s (
            sale_line_id, order_id, partner_id, product_id, product_uom_id,
            warehouse_id, team_id, adv_user_id, company_id, currency_id,
            date_confirmed, date_requested, date_first_promise, date_headline,
            date_promise,
            qty_first_promise, qty_ordered, qty_open, qty_delivered, qty_on_time,
            first_qty_on_time, status, is_hold, basis, transit_days,
            due_count, on_time_count, in_full_count, otif_count,
            first_due_count, first_on_time_count, first_in_full_count, first_otif_count,
            create_uid, create_date, write_uid, write_date
        )
        SELECT line.id, line.order_id, COALESCE(partner.commercial_partner_id,
            partner.id),
               line.product_id, template.uom_id, warehouse.id,
               sale.team_id, sale.adv_user_id, sale.company_id, sale.currency_id,
               %(confirmed_day)s, sale.adv_date_requested, day.promised, day.promised,
               day.promised,
               quantity.promised, quantity.promised, quantity.promised, 0, 0, 0,
               CASE WHEN day.promised IS NULL THEN 'unpromised'
                    WHEN day.promised < clock.today THEN 'late'
                    ELSE 'on_time' END, sale.adv_is_parked IS TRUE,
               CASE WHEN promise.transit_days IS NULL THEN 'departure'
                    ELSE 'arrival' END, COALESCE(promise.transit_days, 0),
               0, 0, 0, 0, 0, 0, 0, 0,
               1, NOW() AT TIME ZONE 'UTC', 1, NOW() AT TIME ZONE 'UTC'
          FROM promise
          JOIN sale_order_line line ON line.id = promise.line_id
          JOIN sale_order sale ON sale.id = line.order_id
          JOIN res_partner partner ON partner.id = sale.partner_id
          JOIN product_product product ON product.id = line.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
          JOIN uom_uom line_unit ON line_unit.id = line.product_uom_id
          JOIN uom_uom unit ON unit.id = template.uom_id
     LEFT JOIN stock_warehouse warehouse ON warehouse.id = COALESCE(line.warehouse_id,
         sale.warehouse_id)
           AND warehouse.company_id = sale.company_id
          JOIN clock ON clock.company_id = sale.company_id
              AND clock.warehouse_id = COALESCE(warehouse.id, 0)
    CROSS JOIN LATERAL (SELECT %(promised_day)s AS promised) day
    CROSS JOIN LATERAL (
               SELECT ROUND(line.product_uom_qty * line_unit.factor / unit.factor,
                   %(digits)s) AS promised
               ) quantity
         WHERE quantity.promised > 0 AND NOT (%(kits)s)
         ORDER BY line.id
            ON CONFLICT DO NOTHING
        """,
        clock=clock,
        ledger=ledger,
        promises=promises,
        kits=kits,
        digits=digits,
        promised_day=local_day(SQL("promise.promised_at"), SQL("clock.zone")),
        confirmed_day=local_day(SQL("promise.confirmed_at"), SQL("clock.zone")),
    )


def history_promises(lines: SQL) -> SQL:
    """Return the promises of orders confirmed before the addon came, as Odoo kept them.

    Mirrors ``_get_promise_moments`` of the live orders. Orders cancelled since then had
    promised too: their first confirmation or a stock move proves that they had been
    confirmed.

    :param lines: query of the ids of the order lines that may have promised goods
    :return: relation ``(line_id, promised_at, confirmed_at, transit_days)``, times
        naive UTC; Odoo's own promises are promises of departure
    """
    return SQL(
        """
        SELECT * FROM (
            SELECT line.id AS line_id,
                   COALESCE(sale.commitment_date,
                            CASE WHEN sale.picking_policy = 'one'
                                THEN MAX(lead.expected) OVER (PARTITION BY sale.id)
                                 ELSE lead.expected END) AS promised_at,
                   COALESCE(first.date_confirmed, sale.date_order) AS confirmed_at,
                   NULL::int AS transit_days
              FROM sale_order_line line
              JOIN sale_order sale ON sale.id = line.order_id
         LEFT JOIN adv_order_confirmation first ON first.order_id = sale.id
        CROSS JOIN LATERAL (
                   SELECT CASE WHEN line.customer_lead > 0
                               THEN sale.date_order
                                    + line.customer_lead * INTERVAL '1 day' END
                               AS expected
                   ) lead
             WHERE line.id IN (%(lines)s)
               AND (sale.state = 'sale' OR first.id IS NOT NULL
                    OR EXISTS (SELECT FROM stock_move move
                        WHERE move.sale_line_id = line.id))
        ) promise
         WHERE NOT EXISTS (SELECT FROM adv_commitment known
                            WHERE known.sale_line_id = promise.line_id)
        """,
        lines=lines,
    )
