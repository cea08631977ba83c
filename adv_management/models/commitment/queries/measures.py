"""Dates, status and counts of each commitment, from the promise and the facts."""

from odoo.tools import SQL

from .facts import STREAM, facts
from .sources import Sources
from .supply import supply

# What a promise is compared with: a promise on a closed day counts from the next open one.
_TARGET = SQL(
    """
    target AS (
        SELECT scope.*,
               scope.qty_first_promise + COALESCE(agreed.qty, 0) AS ordered,
               scope.qty_first_promise + COALESCE(agreed.raised, 0) AS owed, COALESCE(agreed.raised, 0) AS raised,
               LEAST(scope.qty_first_promise, scope.qty_first_promise + COALESCE(agreed.qty, 0)) AS first_ordered,
               COALESCE(promised.opens, scope.date_promise) AS due_day, promised.rank AS due_rank,
               COALESCE(headline.opens, scope.date_headline) AS first_due_day, headline.rank AS first_due_rank,
               present.rank AS today_rank
          FROM scope
     LEFT JOIN (SELECT commitment_id, SUM(qty_delta) AS qty,
                       SUM(qty_delta) FILTER (WHERE qty_delta > 0) AS raised
                  FROM adv_commitment_revision
                 WHERE kind = 'quantity' AND origin = 'customer' AND commitment_id IN (SELECT id FROM scope)
              GROUP BY commitment_id) agreed ON agreed.commitment_id = scope.id
     LEFT JOIN book promised_day ON promised_day.calendar_key = scope.calendar_key
           AND promised_day.day = scope.date_promise
     LEFT JOIN book promised ON promised.calendar_key = scope.calendar_key AND promised.day = promised_day.opens
     LEFT JOIN book headline_day ON headline_day.calendar_key = scope.calendar_key
           AND headline_day.day = scope.date_headline
     LEFT JOIN book headline ON headline.calendar_key = scope.calendar_key AND headline.day = headline_day.opens
     LEFT JOIN book present ON present.calendar_key = scope.calendar_key AND present.day = scope.today
    )
    """
)

# First moments at which nothing was owed any more, by net and by gross quantity. Cuts come
# off the increases first: taking an increase back is no discount on the first promise.
_REACHED = SQL(
    """
    reached AS (
        SELECT target.id AS commitment_id,
               MAX(stream.net) AS net, MAX(stream.gross) AS gross, MAX(stream.cut) AS cut,
               MIN(stream.day) FILTER (WHERE stream.net + stream.cut >= target.owed) AS net_day,
               MIN(stream.day) FILTER (WHERE stream.gross + stream.cut >= target.owed) AS gross_day,
               MIN(stream.day) FILTER (
                    WHERE stream.net + GREATEST(stream.cut - target.raised, 0) >= target.qty_first_promise)
                    AS first_net_day,
               MIN(stream.day) FILTER (
                    WHERE stream.gross + GREATEST(stream.cut - target.raised, 0) >= target.qty_first_promise)
                    AS first_gross_day,
               MAX(stream.net) FILTER (WHERE stream.day <= target.due_day) AS net_on_time,
               MAX(stream.gross) FILTER (WHERE stream.day <= target.due_day) AS gross_on_time,
               MAX(stream.net) FILTER (WHERE stream.day <= target.first_due_day) AS first_net_on_time,
               MAX(stream.gross) FILTER (WHERE stream.day <= target.first_due_day) AS first_gross_on_time
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
        SELECT target.*, goods.is_ready, COALESCE(planned.opens, goods.day_next) AS day_next, goods.day_last,
               supply.supply_day, supply.is_covered, supply.is_doubtful, supply.evidence_move_id AS found_move_id,
               chain_plan.plan_day,
               COALESCE(goods.net, 0) AS net_now, COALESCE(reached.cut, 0) AS cut,
               kept.delivered, kept.done_day, kept.first_done_day, kept.on_time, kept.first_on_time,
               kept.done_day IS NOT NULL AND kept.delivered <= 0 AS is_cancelled
          FROM target
     LEFT JOIN goods ON goods.commitment_id = target.id
     LEFT JOIN book planned ON planned.calendar_key = target.calendar_key AND planned.day = goods.day_next
     LEFT JOIN reached ON reached.commitment_id = target.id
     LEFT JOIN supply ON supply.commitment_id = target.id
     LEFT JOIN chain_plan ON chain_plan.commitment_id = target.id
    CROSS JOIN LATERAL (
               SELECT COALESCE(goods.open, 0) = 0 AND reached.net_day IS NULL AND reached.gross_day IS NOT NULL
                      AS by_gross
               ) counted
    CROSS JOIN LATERAL (
               SELECT COALESCE(CASE WHEN by_gross THEN reached.gross ELSE reached.net END, 0) AS delivered,
                      CASE WHEN by_gross THEN gross_day ELSE net_day END AS done_day,
                      CASE WHEN by_gross THEN first_gross_day ELSE first_net_day END AS first_done_day,
                      COALESCE(CASE WHEN by_gross THEN gross_on_time ELSE net_on_time END, 0) AS on_time,
                      COALESCE(CASE WHEN by_gross THEN first_gross_on_time ELSE first_net_on_time END, 0)
                           AS first_on_time
               ) kept
    )
    """
)

_MEASURE = SQL(
    """
    ended AS (
        SELECT outcome.*,
               done.rank AS done_rank, first_done.rank AS first_done_rank,
               done_day IS NULL AND due_day < today AS is_late,
               CASE WHEN done_day IS NULL THEN GREATEST(owed - cut - net_now, 0) ELSE 0 END AS still_open,
               -- what is there leaves as planned; what is not, when its supply comes; and
               -- nothing leaves before a plan that already misses the promise
               CASE WHEN done_day IS NULL AND supply_day IS NOT NULL
                    THEN GREATEST(today, CASE WHEN NOT is_covered THEN supply_day END,
                                  CASE WHEN is_covered OR plan_day > due_day THEN plan_day END)
                    END AS predicted,
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
     LEFT JOIN book done ON done.calendar_key = outcome.calendar_key AND done.day = outcome.done_day
     LEFT JOIN book first_done ON first_done.calendar_key = outcome.calendar_key
           AND first_done.day = outcome.first_done_day
     LEFT JOIN book supplied ON supplied.calendar_key = outcome.calendar_key AND supplied.day = outcome.supply_day
     LEFT JOIN book risk ON risk.calendar_key = outcome.calendar_key AND risk.opens = risk.day
           AND outcome.done_day IS NULL AND risk.rank = outcome.due_rank - outcome.buffer_days + 1
    ),
    measure AS (
        SELECT ended.id,
               line_product_id AS product_id, order_team_id AS team_id, order_adv_user_id AS adv_user_id,
               COALESCE(order_date_requested, date_requested) AS date_requested,
               ordered AS qty_ordered, GREATEST(delivered, 0) AS qty_delivered, still_open AS qty_open,
               ROUND(still_open * COALESCE(unit_price, 0), currency_digits) AS amount_open,
               LEAST(GREATEST(on_time, 0), ordered) AS qty_on_time,
               LEAST(GREATEST(first_on_time, 0), first_ordered) AS first_qty_on_time,
               CASE WHEN is_cancelled THEN NULL ELSE done_day END AS date_delivered,
               predicted AS date_predicted,
               CASE WHEN done_day IS NULL THEN found_move_id ELSE evidence_move_id END AS evidence_move_id,
               done_day, date_first_promise, date_promise,
               CASE WHEN is_cause_manual OR done_day > due_day THEN cause_id END AS kept_cause_id,
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
                    WHEN NOT is_covered AND due_rank - supply_rank < buffer_days THEN 'at_risk'
                    WHEN NOT is_ready AND today >= risk_day THEN 'at_risk'
                    ELSE 'on_time' END AS status,
               due AS due_count,
               due * COALESCE((done_day <= due_day)::int, 0) AS on_time_count,
               due * (delivered >= ordered AND NOT is_cancelled)::int AS in_full_count,
               due * COALESCE((done_day <= due_day AND delivered >= ordered)::int, 0) AS otif_count,
               first_due AS first_due_count,
               first_due * COALESCE((first_done_day <= first_due_day)::int, 0) AS first_on_time_count,
               first_due * (delivered >= first_ordered AND NOT is_cancelled)::int AS first_in_full_count,
               first_due * COALESCE((first_done_day <= first_due_day AND delivered >= first_ordered)::int, 0)
                    AS first_otif_count,
               CASE WHEN is_cancelled OR due_day IS NULL THEN 0
                    WHEN done_day IS NOT NULL THEN done_day - due_day
                    WHEN is_late THEN today - due_day
                    ELSE 0 END AS delay_days,
               CASE WHEN is_cancelled OR due_day IS NULL THEN 0
                    WHEN done_day IS NOT NULL THEN COALESCE(done_rank - due_rank, done_day - due_day)
                    WHEN is_late THEN COALESCE(today_rank - due_rank, today - due_day)
                    ELSE 0 END AS delay_working_days,
               CASE WHEN is_cancelled OR first_due_day IS NULL THEN 0
                    WHEN first_done_day IS NOT NULL THEN first_done_day - first_due_day
                    WHEN first_due_day < today THEN today - first_due_day
                    ELSE 0 END AS first_delay_days,
               CASE WHEN is_cancelled OR first_due_day IS NULL THEN 0
                    WHEN first_done_day IS NOT NULL
                        THEN COALESCE(first_done_rank - first_due_rank, first_done_day - first_due_day)
                    WHEN first_due_day < today THEN COALESCE(today_rank - first_due_rank, today - first_due_day)
                    ELSE 0 END AS first_delay_working_days,
               CASE WHEN done_day IS NOT NULL THEN NULL
                    WHEN due_day < today OR first_due_day < today OR day_next < today OR is_doubtful THEN today + 1
                    ELSE LEAST(
                        due_day + 1, first_due_day + 1, day_next + 1,
                        CASE WHEN NOT is_covered THEN supply_day + 1 END,
                        CASE WHEN risk_day > today THEN risk_day END) END AS date_next_check
          FROM ended
    )
    """
)

# Why a line is in trouble, as far as the goods tell; people know better. Once it has left
# too late, the last answer stays.
_CAUSE = SQL(
    """
    caused AS (
        SELECT measure.*,
               CASE WHEN is_cause_kept THEN kept_cause_id ELSE cause.id END AS cause_id
          FROM measure
     LEFT JOIN adv_delay_cause cause ON cause.active AND cause.code =
               CASE WHEN status IN ('late', 'will_be_late', 'at_risk') THEN
                         CASE WHEN obstacle = 'receipt' THEN COALESCE((
                                   SELECT origin.usage
                                     FROM stock_move receipt
                                     JOIN stock_location origin ON origin.id = receipt.location_id
                                    WHERE receipt.id = measure.evidence_move_id
                                      AND origin.usage IN ('supplier', 'production')), 'shortage')
                              ELSE obstacle END
                    WHEN COALESCE(done_day, date_promise) > date_first_promise
                         AND EXISTS (SELECT FROM adv_commitment_revision revision
                                      WHERE revision.commitment_id = measure.id
                                        AND revision.kind = 'date' AND revision.origin = 'customer'
                                        AND revision.date_new = measure.date_promise)
                         THEN 'customer_request' END
    )
    """
)

MEASURED = (
    "product_id",
    "team_id",
    "adv_user_id",
    "date_requested",
    "qty_ordered",
    "qty_delivered",
    "qty_open",
    "amount_open",
    "qty_on_time",
    "first_qty_on_time",
    "date_delivered",
    "date_predicted",
    "evidence_move_id",
    "cause_id",
    "status",
    "due_count",
    "on_time_count",
    "in_full_count",
    "otif_count",
    "first_due_count",
    "first_on_time_count",
    "first_in_full_count",
    "first_otif_count",
    "delay_days",
    "delay_working_days",
    "first_delay_days",
    "first_delay_working_days",
    "date_next_check",
)


def update_measures(
    clock: SQL, book: SQL, lines: SQL, digits: int, sources: Sources
) -> SQL:
    """Return the UPDATE of all measured columns; rows that would not change are not written."""
    columns = [SQL.identifier(name) for name in MEASURED]
    return SQL(
        """
        WITH RECURSIVE book AS MATERIALIZED (%(book)s), %(facts)s,
             %(supply)s, %(stream)s, %(target)s, %(reached)s, %(outcome)s, %(measure)s, %(cause)s
        UPDATE adv_commitment commitment
           SET %(assignments)s
          FROM caused measure
         WHERE measure.id = commitment.id
           AND (%(old)s) IS DISTINCT FROM (%(new)s)
        """,
        book=book,
        facts=facts(clock, lines, digits, sources),
        supply=supply(sources),
        stream=STREAM,
        target=_TARGET,
        reached=_REACHED,
        outcome=_OUTCOME,
        measure=_MEASURE,
        cause=_CAUSE,
        assignments=SQL(", ").join(SQL("%s = measure.%s", column, column) for column in columns),
        old=SQL(", ").join(SQL("commitment.%s", column) for column in columns),
        new=SQL(", ").join(SQL("measure.%s", column) for column in columns),
    )
