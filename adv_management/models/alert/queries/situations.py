"""What each order's alert is about now, and how it was written so far."""

from odoo.tools import SQL

from .lines import BAD, ended_lines, is_line_stale, wanted_lines
from .writing import ALERT


def concerned(line_ids) -> SQL:
    """Return the orders that have or need an alert because of these order lines."""
    return SQL(
        """
        SELECT DISTINCT commitment.order_id
          FROM adv_commitment commitment
         WHERE commitment.sale_line_id = ANY(%s)
           AND (commitment.status IN %s
                OR EXISTS (SELECT FROM adv_delay_alert_line line
                            WHERE line.commitment_id = commitment.id))
        """,
        list(line_ids),
        BAD,
    )


def span(orders) -> SQL:
    """Return the first and the last day that matter to these orders' alerts."""
    return SQL(
        """
        SELECT MIN(commitment.date_promise),
               MAX(GREATEST(commitment.date_promise, commitment.date_predicted,
                            line.date_settled))
          FROM adv_commitment commitment
     LEFT JOIN adv_delay_alert_line line ON line.commitment_id = commitment.id
         WHERE commitment.order_id = ANY(%s)
        """,
        orders,
    )


def situations(clock: SQL, book: SQL, orders) -> SQL:
    """Return one row per order that has something bad, or a living alert.

    ``is_stale``: one of its lines has to be written; ``old_*``: the alert as it is.
    """
    return SQL(
        """
        WITH %(wanted)s,
        about AS (
            SELECT wanted.order_id, SUM(wanted.amount_open) AS amount_open,
                   MAX(wanted.delay_working_days) AS delay_working_days,
                   MIN(wanted.date_promise) AS date_promise,
                   CASE WHEN bool_and(wanted.date_predicted IS NOT NULL)
                        THEN MAX(wanted.date_predicted) END AS date_predicted,
                   (array_agg(wanted.cause_id
                              ORDER BY wanted.date_predicted IS NULL DESC,
                                       wanted.delay_working_days DESC,
                                       wanted.amount_open DESC,
                                       wanted.commitment_id)
                    FILTER (WHERE wanted.cause_id IS NOT NULL))[1] AS cause_id,
                   MIN(wanted.partner_id) AS partner_id,
                   MIN(wanted.team_id) AS team_id,
                   bool_and(wanted.is_told_in_time) AS is_told_in_time,
                   bool_or(wanted.is_worse) AS is_worse,
                   bool_or(%(is_line_stale)s) AS is_stale
              FROM wanted
         LEFT JOIN adv_delay_alert_line line ON line.id = wanted.line_id
          GROUP BY wanted.order_id
        )
        SELECT sale.id AS order_id, sale.company_id, company.currency_id, clock.today,
               about.order_id IS NOT NULL AS is_bad,
               COALESCE(about.is_worse, FALSE) AS is_worse,
               about.is_stale IS TRUE
                   OR present.id IN (SELECT alert_id FROM (%(ended)s) ended)
                   AS is_stale,
               about.amount_open, about.delay_working_days, about.date_promise,
               about.date_predicted, about.cause_id, about.partner_id, about.team_id,
               COALESCE(about.is_told_in_time, FALSE) AS is_told_in_time,
               customer.adv_rank AS rank,
               CASE WHEN present.is_user_manual AND owner.active THEN owner.id
                    WHEN desk.active THEN desk.id
                    WHEN owner.active AND present.date_closed IS NULL THEN owner.id
                    WHEN fallback.active
                     AND (present.id IS NULL OR present.date_closed IS NOT NULL
                          OR owner.id IS NOT NULL OR desk.id IS NOT NULL)
                    THEN fallback.id END AS user_id,
               present.id AS alert_id, %(before)s
          FROM sale_order sale
          JOIN res_company company ON company.id = sale.company_id
          JOIN clock ON clock.company_id = company.id AND clock.warehouse_id = 0
     LEFT JOIN about ON about.order_id = sale.id
     LEFT JOIN present ON present.order_id = sale.id
     LEFT JOIN res_partner customer ON customer.id = about.partner_id
     LEFT JOIN res_users owner ON owner.id = present.user_id
     LEFT JOIN res_users desk ON desk.id = sale.adv_user_id
     LEFT JOIN res_users fallback ON fallback.id = company.adv_alert_user_id
         WHERE sale.id = ANY(%(orders)s)
           AND (about.order_id IS NOT NULL
                OR present.id IS NOT NULL AND present.date_closed IS NULL)
      ORDER BY sale.id
        """,
        wanted=wanted_lines(clock, book, orders),
        is_line_stale=is_line_stale(),
        ended=ended_lines(),
        before=SQL(", ").join(
            SQL("present.%s AS %s", SQL.identifier(name), SQL.identifier(f"old_{name}"))
            for name in ALERT
        ),
        orders=orders,
    )
