"""Dates, status and counts of each commitment, from the promise and the facts."""

from odoo.tools import SQL

from .causes import CAUSE
from .facts import facts, stream
from .sources import Sources
from .supply import supply


def day_key(day: SQL, calendar: SQL) -> SQL:
    """Return a day of a calendar as one number.

    By two columns the planner expects next to no rows of the join.
    """
    return SQL("(%s * 100000 + (%s - DATE '2000-01-01'))", calendar, day)


_SCOPE, _TARGETED, _ENDED = (
    SQL.identifier(table, "calendar_key") for table in ("scope", "target", "outcome")
)


# What a promise is compared with: a promise on a closed day counts from the next open
# one.
_TARGET = """
    target AS (
        SELECT scope.*,
               scope.qty_first_promise + COALESCE(agreed.qty, 0) AS ordered,
               scope.qty_first_promise + COALESCE(agreed.raised, 0) AS owed,
                   COALESCE(agreed.raised, 0) AS raised,
               LEAST(scope.qty_first_promise,
                   scope.qty_first_promise + COALESCE(agreed.qty, 0)) AS first_ordered,
               COALESCE(promised.opens, scope.date_promise) AS due_day,
               -- a closed day has the rank of the open day before
               promised.rank + (promised.opens > promised.day)::int AS due_rank,
               COALESCE(headline.opens, scope.date_headline) AS first_due_day,
               headline.rank + (headline.opens > headline.day)::int AS first_due_rank,
               present.rank AS today_rank
          FROM scope
     LEFT JOIN (SELECT commitment_id, SUM(qty_delta) AS qty,
                       SUM(qty_delta) FILTER (WHERE qty_delta > 0) AS raised
                  FROM %(revisions)s
                 WHERE kind = 'quantity' AND origin = 'customer'
                   AND commitment_id IN (SELECT id FROM scope)
              GROUP BY commitment_id) agreed ON agreed.commitment_id = scope.id
     LEFT JOIN book promised ON promised.key = %(promised)s
     LEFT JOIN book headline ON headline.key = %(headline)s
     LEFT JOIN book present ON present.key = %(present)s
    )
"""

# First moments at which nothing was owed any more, by net and by gross quantity. Cuts
# come
# off the increases first: taking an increase back is no discount on the first promise.
_REACHED = SQL(
    """
    reached AS (
        SELECT target.id AS commitment_id,
               MAX(stream.net) AS net, MAX(stream.gross) AS gross, MAX(stream.cut)
                   AS cut,
               MIN(stream.day) FILTER (WHERE stream.net + stream.cut >= target.owed)
                   AS net_day,
               MIN(stream.day) FILTER (WHERE stream.gross + stream.cut >= target.owed)
                   AS gross_day,
               MIN(stream.day) FILTER (
                    WHERE stream.net + GREATEST(stream.cut - target.raised, 0) >=
                    target.qty_first_promise) AS first_net_day,
               MIN(stream.day) FILTER (
                    WHERE stream.gross + GREATEST(stream.cut - target.raised, 0) >=
                    target.qty_first_promise) AS first_gross_day,
               MAX(stream.net) FILTER (WHERE stream.day <= target.due_day)
                   AS net_on_time,
               MAX(stream.gross) FILTER (WHERE stream.day <= target.due_day)
                   AS gross_on_time,
               MAX(stream.net) FILTER (WHERE stream.day <= target.first_due_day)
                   AS first_net_on_time,
               MAX(stream.gross) FILTER (WHERE stream.day <= target.first_due_day)
                   AS first_gross_on_time
          FROM target
          JOIN stream ON stream.commitment_id = target.id
      GROUP BY target.id
    )
    """
)

# Goods that came back before the end and were not replaced do not keep a line open for
# ever: once nothing is open any more, what went out counts, not what stayed out.
_OUTCOME = SQL(
    """
    outcome AS (
        SELECT target.*, goods.is_ready, COALESCE(planned.opens, goods.day_next)
            AS day_next, goods.day_last,
               supply.supply_day, supply.is_covered, supply.is_doubtful,
               supply.evidence_move_id AS found_move_id, supply.plan_day,
               COALESCE(goods.net, 0) AS net_now, COALESCE(reached.cut, 0) AS cut,
               kept.delivered, kept.done_day, kept.first_done_day, kept.on_time,
               kept.first_on_time,
               kept.done_day IS NOT NULL AND kept.delivered <= 0 AS is_cancelled
          FROM target
     LEFT JOIN goods ON goods.commitment_id = target.id
     LEFT JOIN book planned ON planned.key = %(planned)s
     LEFT JOIN reached ON reached.commitment_id = target.id
     LEFT JOIN supply ON supply.commitment_id = target.id
    CROSS JOIN LATERAL (
               SELECT COALESCE(goods.open, 0) = 0 AND reached.net_day IS NULL
                   AND reached.gross_day IS NOT NULL
                      AS by_gross
               ) counted
    CROSS JOIN LATERAL (
               SELECT COALESCE(CASE WHEN by_gross THEN reached.gross
                   ELSE reached.net END, 0) AS delivered,
                      CASE WHEN by_gross THEN gross_day ELSE net_day END AS done_day,
                      CASE WHEN by_gross THEN first_gross_day ELSE first_net_day END
                          AS first_done_day,
                      COALESCE(CASE WHEN by_gross THEN gross_on_time
                          ELSE net_on_time END, 0) AS on_time,
                      COALESCE(CASE WHEN by_gross THEN first_gross_on_time
                          ELSE first_net_on_time END, 0)
                           AS first_on_time
               ) kept
    )
    """,
    planned=day_key(SQL("goods.day_next"), _TARGETED),
)

_MEASURE = SQL(
    """
    ended AS (
        SELECT outcome.*,
               done.rank AS done_rank, first_done.rank AS first_done_rank,
               done_day IS NULL AND due_day < today AS is_late,
               CASE WHEN done_day IS NULL THEN GREATEST(owed - cut - net_now, 0)
                   ELSE 0 END AS still_open,
               -- what is there leaves as planned; what is not, when its supply comes;
               -- and nothing leaves before a plan that already misses the promise
               CASE WHEN done_day IS NULL AND supply_day IS NOT NULL
                    THEN GREATEST(
                        today,
                        CASE WHEN NOT is_covered THEN supply_day END,
                        CASE WHEN is_covered OR plan_day > due_day
                             THEN plan_day END) END AS predicted,
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
     LEFT JOIN book first_done ON first_done.key = %(first_done)s
     LEFT JOIN book supplied ON supplied.key = %(supplied)s
     LEFT JOIN open_day risk ON outcome.done_day IS NULL
           AND risk.key = outcome.calendar_key * 100000
                          + outcome.due_rank - outcome.buffer_days + 1
    ),
    measure AS (
        SELECT ended.id,
               line_product_id AS product_id, order_team_id AS team_id,
                   order_adv_user_id AS adv_user_id,
               COALESCE(order_date_requested, date_requested) AS date_requested,
               ordered AS qty_ordered, GREATEST(delivered, 0) AS qty_delivered,
                   still_open AS qty_open,
               ROUND(still_open * COALESCE(unit_price, 0), currency_digits)
                   AS amount_open,
               LEAST(GREATEST(on_time, 0), ordered) AS qty_on_time,
               LEAST(GREATEST(first_on_time, 0), first_ordered) AS first_qty_on_time,
               CASE WHEN is_cancelled THEN NULL ELSE done_day END AS date_delivered,
               predicted AS date_predicted,
               CASE WHEN done_day IS NULL THEN found_move_id
                    ELSE evidence_move_id END AS evidence_move_id,
               done_day, date_first_promise, date_promise,
               CASE WHEN is_cause_manual OR done_day > due_day THEN cause_id END
                   AS kept_cause_id,
               COALESCE(is_cause_manual, FALSE) OR done_day > due_day AS is_cause_kept,
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
                    WHEN NOT is_covered AND due_rank - supply_rank < buffer_days
                        THEN 'at_risk'
                    WHEN NOT is_ready AND today >= risk_day THEN 'at_risk'
                    ELSE 'on_time' END AS status,
               due AS due_count,
               due * COALESCE((done_day <= due_day)::int, 0) AS on_time_count,
               due * (delivered >= ordered AND NOT is_cancelled)::int AS in_full_count,
               due * COALESCE((done_day <= due_day AND delivered >= ordered)::int, 0)
                   AS otif_count,
               first_due AS first_due_count,
               first_due * COALESCE((first_done_day <= first_due_day)::int, 0)
                   AS first_on_time_count,
               first_due * (delivered >= first_ordered AND NOT is_cancelled)::int
                   AS first_in_full_count,
               first_due * COALESCE((first_done_day <= first_due_day
                   AND delivered >= first_ordered)::int, 0)
                    AS first_otif_count,
               CASE WHEN is_cancelled OR due_day IS NULL THEN 0
                    WHEN done_day IS NOT NULL THEN done_day - due_day
                    WHEN is_late THEN today - due_day
                    ELSE 0 END AS delay_days,
               CASE WHEN is_cancelled OR due_day IS NULL THEN 0
                    WHEN done_day IS NOT NULL THEN COALESCE(done_rank - due_rank,
                        done_day - due_day)
                    WHEN is_late THEN COALESCE(today_rank - due_rank, today - due_day)
                    ELSE 0 END AS delay_working_days,
               CASE WHEN is_cancelled OR first_due_day IS NULL THEN 0
                    WHEN first_done_day IS NOT NULL THEN first_done_day - first_due_day
                    WHEN first_due_day < today THEN today - first_due_day
                    ELSE 0 END AS first_delay_days,
               CASE WHEN is_cancelled OR first_due_day IS NULL THEN 0
                    WHEN first_done_day IS NOT NULL
                        THEN COALESCE(first_done_rank - first_due_rank,
                            first_done_day - first_due_day)
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
    )
    """,
    done=day_key(SQL("outcome.done_day"), _ENDED),
    first_done=day_key(SQL("outcome.first_done_day"), _ENDED),
    supplied=day_key(SQL("outcome.supply_day"), _ENDED),
)


def measures(
    clock: SQL, book: SQL, steps: SQL, lines: SQL, digits: int, sources: Sources
) -> SQL:
    """Return the WITH clause that ends in ``caused``, one row per commitment."""
    return SQL(
        """
        WITH RECURSIVE
        -- DISTINCT changes nothing but the planner's mind: one row per key
        book AS MATERIALIZED (
            SELECT DISTINCT ON (key) *, %(key)s AS key FROM (%(book)s) day
        ),
        open_day AS MATERIALIZED (
            SELECT DISTINCT ON (key) calendar_key * 100000 + rank AS key, day
              FROM book
             WHERE opens = day
        ),
        %(facts)s, %(supply)s, %(stream)s,
        %(target)s, %(reached)s, %(outcome)s, %(measure)s, %(cause)s
        """,
        book=book,
        key=day_key(SQL("day"), SQL("calendar_key")),
        facts=facts(clock, lines, digits, sources),
        supply=supply(steps, sources),
        stream=stream(sources),
        target=SQL(
            _TARGET,
            revisions=sources.revisions,
            promised=day_key(SQL("scope.date_promise"), _SCOPE),
            headline=day_key(SQL("scope.date_headline"), _SCOPE),
            present=day_key(SQL("scope.today"), _SCOPE),
        ),
        reached=_REACHED,
        outcome=_OUTCOME,
        measure=_MEASURE,
        cause=CAUSE,
    )
