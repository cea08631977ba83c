"""Dates, status and counts of each commitment, from the promise and the facts."""

from odoo.tools import SQL

from .causes import CAUSE
from .facts import facts, stream
from .outcome import day_key, days, outcome, rank_key
from .sources import Sources
from .supply import supply

_ENDED = SQL.identifier("outcome", "calendar_key")

# OFFSET 0 changes nothing, but keeps the planner from writing every expression out
# wherever it is used: of expressions upon expressions that makes millions.
_MEASURE = SQL(
    """
    ended AS (
        SELECT outcome.*,
               done.rank + transit_days AS done_rank,
               first_done.rank + transit_days AS first_done_rank,
               CASE WHEN transit_days > 0
                    THEN COALESCE(arrived.day, done_day + transit_days)
                    ELSE done_day END AS delivered_day,
               CASE WHEN transit_days > 0
                    THEN COALESCE(first_arrived.day, first_done_day + transit_days)
                    ELSE first_done_day END AS first_delivered_day,
               CASE WHEN transit_days > 0
                    THEN COALESCE(arriving.day, leaving_day + transit_days)
                    ELSE leaving_day END AS predicted,
               done_day IS NULL AND due_day < today AS is_late,
               CASE WHEN done_day IS NULL THEN GREATEST(owed - cut - net_now, 0)
                   ELSE 0 END AS still_open,
               supplied.rank AS supply_rank,
               -- the first day on which the promise is closer than the buffer
               risk.day AS risk_day,
               CASE WHEN due_day IS NULL THEN 0
                    WHEN is_cancelled THEN (done_day > due_day)::int
                    WHEN done_day IS NOT NULL THEN 1
                    ELSE (due_day < today)::int END AS due,
               CASE WHEN first_due_day IS NULL THEN 0
                    WHEN is_cancelled THEN (done_day > first_due_day)::int
                    WHEN first_done_day IS NOT NULL THEN 1
                    ELSE (first_due_day < today)::int END AS first_due
          FROM outcome
     LEFT JOIN book done ON done.key = %(done)s
     LEFT JOIN open_day arrived ON transit_days > 0 AND arrived.key = %(arrived)s
     LEFT JOIN book first_done ON first_done.key = %(first_done)s
     LEFT JOIN open_day first_arrived ON transit_days > 0
           AND first_arrived.key = %(first_arrived)s
     LEFT JOIN book leaving ON transit_days > 0 AND leaving.key = %(leaving)s
     LEFT JOIN open_day arriving ON transit_days > 0 AND arriving.key = %(arriving)s
     LEFT JOIN book supplied ON supplied.key = %(supplied)s
     LEFT JOIN open_day risk ON outcome.done_day IS NULL AND risk.key = %(risk)s
        OFFSET 0
    ),
    measure AS (
        SELECT ended.id,
               line_product_id AS product_id, order_team_id AS team_id,
                   order_adv_user_id AS adv_user_id,
               COALESCE(order_date_requested, date_requested) AS date_requested,
               ordered AS qty_ordered, GREATEST(delivered, 0) AS qty_delivered,
                   still_open AS qty_open,
               ROUND(COALESCE(still_open * line_amount / NULLIF(line_qty, 0), 0),
                   currency_digits) AS amount_open,
               LEAST(GREATEST(on_time, 0), ordered) AS qty_on_time,
               LEAST(GREATEST(first_on_time, 0), first_ordered) AS first_qty_on_time,
               CASE WHEN NOT is_cancelled THEN delivered_day END AS date_delivered,
               predicted AS date_predicted,
               CASE WHEN transit_days > 0 THEN ship_day ELSE date_promise END
                   AS date_to_leave,
               CASE WHEN done_day IS NULL AND NOT (is_late AND is_covered)
                    THEN found_move_id ELSE evidence_move_id END AS evidence_move_id,
               delivered_day, date_first_promise, date_promise,
               cause_id AS former_cause_id,
               CASE WHEN is_cause_manual OR done_day > ship_day THEN cause_id END
                   AS kept_cause_id,
               COALESCE(is_cause_manual, FALSE) OR done_day > ship_day AS is_cause_kept,
               CASE WHEN is_hold THEN NULL
                    WHEN supply_day IS NULL THEN 'shortage'
                    WHEN is_covered THEN 'picking'
                    WHEN found_move_id IS NULL THEN 'shortage'
                    ELSE 'receipt' END AS obstacle,
               CASE WHEN is_cancelled THEN 'cancelled'
                    WHEN done_day IS NOT NULL THEN 'delivered'
                    WHEN due_day IS NULL THEN 'unpromised'
                    WHEN is_late THEN 'late'
                    WHEN is_hold THEN 'at_risk'
                    WHEN predicted IS NULL OR predicted > due_day THEN 'will_be_late'
                    WHEN day_next < today OR is_doubtful THEN 'at_risk'
                    WHEN NOT is_covered
                        AND due_rank - transit_days - supply_rank < buffer_days
                        THEN 'at_risk'
                    WHEN NOT is_ready AND today >= risk_day THEN 'at_risk'
                    ELSE 'on_time' END AS status,
               due AS due_count,
               due * COALESCE((done_day <= ship_day)::int, 0) AS on_time_count,
               due * (delivered >= ordered AND NOT is_cancelled)::int AS in_full_count,
               due * COALESCE((done_day <= ship_day AND delivered >= ordered)::int, 0)
                   AS otif_count,
               first_due AS first_due_count,
               first_due * COALESCE((first_done_day <= first_ship_day)::int, 0)
                   AS first_on_time_count,
               first_due * (delivered >= first_ordered AND NOT is_cancelled)::int
                   AS first_in_full_count,
               first_due * COALESCE((first_done_day <= first_ship_day
                   AND delivered >= first_ordered)::int, 0)
                    AS first_otif_count,
               CASE WHEN is_cancelled OR due_day IS NULL THEN 0
                    WHEN done_day IS NOT NULL THEN delivered_day - due_day
                    WHEN is_late THEN today - due_day
                    ELSE 0 END AS delay_days,
               CASE WHEN is_cancelled OR due_day IS NULL THEN 0
                    WHEN done_day IS NOT NULL THEN COALESCE(done_rank - due_rank,
                        delivered_day - due_day)
                    WHEN is_late THEN COALESCE(today_rank - due_rank, today - due_day)
                    ELSE 0 END AS delay_working_days,
               CASE WHEN is_cancelled OR first_due_day IS NULL THEN 0
                    WHEN first_done_day IS NOT NULL
                        THEN first_delivered_day - first_due_day
                    WHEN first_due_day < today THEN today - first_due_day
                    ELSE 0 END AS first_delay_days,
               CASE WHEN is_cancelled OR first_due_day IS NULL THEN 0
                    WHEN first_done_day IS NOT NULL
                        THEN COALESCE(first_done_rank - first_due_rank,
                            first_delivered_day - first_due_day)
                    WHEN first_due_day < today
                        THEN COALESCE(today_rank - first_due_rank,
                            today - first_due_day)
                    ELSE 0 END AS first_delay_working_days,
               CASE WHEN done_day IS NOT NULL THEN NULL
                    -- what is overdue moves with the days: its delay, its prediction
                    WHEN LEAST(due_day, first_due_day, day_next, day_last) < today
                        OR is_doubtful THEN today + 1
                    ELSE LEAST(
                        -- the last day a date can be written has no day after
                        NULLIF(LEAST(due_day, first_due_day, day_next, day_last,
                                     CASE WHEN NOT is_covered THEN supply_day END),
                               DATE '9999-12-31') + 1,
                        CASE WHEN risk_day > today THEN risk_day END) END
                            AS date_next_check
          FROM ended
        OFFSET 0
    )
    """,
    done=day_key(SQL("outcome.done_day"), _ENDED),
    arrived=rank_key(SQL("done.rank + transit_days"), _ENDED),
    first_done=day_key(SQL("outcome.first_done_day"), _ENDED),
    first_arrived=rank_key(SQL("first_done.rank + transit_days"), _ENDED),
    leaving=day_key(SQL("outcome.leaving_day"), _ENDED),
    arriving=rank_key(SQL("leaving.rank + transit_days"), _ENDED),
    supplied=day_key(SQL("outcome.supply_day"), _ENDED),
    risk=rank_key(SQL("due_rank - transit_days - buffer_days + 1"), _ENDED),
)


def measures(
    clock: SQL, book: SQL, steps: SQL, lines: SQL, digits: int, sources: Sources
) -> SQL:
    """Return the WITH clause that ends in ``caused``, one row per commitment."""
    return SQL(
        """
        WITH RECURSIVE %(days)s, %(facts)s, %(supply)s, %(stream)s, %(outcome)s,
        %(measure)s, %(cause)s
        """,
        days=days(book),
        facts=facts(clock, lines, digits, sources),
        supply=supply(steps, sources),
        stream=stream(digits, sources),
        outcome=outcome(sources),
        measure=_MEASURE,
        cause=CAUSE,
    )
