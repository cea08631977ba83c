"""What became of each promise: when nothing was owed any more, or what it waits for."""

from odoo.tools import SQL

from .sources import Sources

_SCOPE, _TARGETED = (
    SQL.identifier(table, "calendar_key") for table in ("scope", "target")
)


def day_key(day: SQL, calendar: SQL) -> SQL:
    """Return a day of a calendar as one number, the key of ``book``.

    By two columns the planner expects next to no rows of the join.
    """
    return SQL("(%s * 100000 + (%s - DATE '2000-01-01'))", calendar, day)


def rank_key(rank: SQL, calendar: SQL) -> SQL:
    """Return an open day by its rank as one number, the key of ``open_day``."""
    return SQL("(%s * 100000 + %s)", calendar, rank)


def days(book: SQL) -> SQL:
    """Return ``book`` and ``open_day``: days by date and by rank, one row per key."""
    return SQL(
        """
        -- DISTINCT changes nothing but the planner's mind
        book AS MATERIALIZED (
            SELECT DISTINCT ON (key) *, %(key)s AS key FROM (%(book)s) day
        ),
        open_day AS MATERIALIZED (
            SELECT DISTINCT ON (key) %(rank)s AS key, day FROM book WHERE opens = day
        )
        """,
        book=book,
        key=day_key(SQL("day"), SQL("calendar_key")),
        rank=rank_key(SQL("rank"), SQL("calendar_key")),
    )


def outcome(sources: Sources) -> SQL:
    """Return the common table expressions ``target``, ``reached`` and ``outcome``.

    Needs ``scope`` and ``goods`` of ``facts``, ``stream``, ``supply`` and ``days``.
    """
    promised = SQL("promised.rank + (promised.opens > promised.day)::int")
    headline = SQL("headline.rank + (headline.opens > headline.day)::int")
    return SQL(
        "%s, %s, %s",
        SQL(
            _TARGET,
            revisions=sources.revisions,
            promised=day_key(SQL("scope.date_promise"), _SCOPE),
            ship=rank_key(SQL("%s - scope.transit_days", promised), _SCOPE),
            headline=day_key(SQL("scope.date_headline"), _SCOPE),
            first_ship=rank_key(SQL("%s - scope.transit_days", headline), _SCOPE),
            present=day_key(SQL("scope.today"), _SCOPE),
        ),
        _REACHED,
        SQL(_OUTCOME, planned=day_key(SQL("goods.day_next"), _TARGETED)),
    )


# What a promise is compared with: a promise on a closed day counts from the next open
# one. What must arrive by a day has to leave its transit days before (``ship_day``).
_TARGET = """
    target AS (
        SELECT scope.*,
               scope.qty_first_promise + COALESCE(agreed.qty, 0) AS ordered,
               scope.qty_first_promise + COALESCE(agreed.raised, 0) AS owed,
                   COALESCE(agreed.raised, 0) AS raised,
               LEAST(scope.qty_first_promise,
                   scope.qty_first_promise + COALESCE(agreed.qty, 0)) AS first_ordered,
               COALESCE(promised.opens, scope.date_promise) AS due_day,
               CASE WHEN scope.transit_days > 0
                    THEN COALESCE(ship.day, scope.date_promise - scope.transit_days)
                    ELSE COALESCE(promised.opens, scope.date_promise) END AS ship_day,
               -- a closed day has the rank of the open day before
               promised.rank + (promised.opens > promised.day)::int AS due_rank,
               COALESCE(headline.opens, scope.date_headline) AS first_due_day,
               CASE WHEN scope.transit_days > 0
                    THEN COALESCE(first_ship.day,
                                  scope.date_headline - scope.transit_days)
                    ELSE COALESCE(headline.opens, scope.date_headline) END
                    AS first_ship_day,
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
     LEFT JOIN open_day ship ON scope.transit_days > 0 AND ship.key = %(ship)s
     LEFT JOIN book headline ON headline.key = %(headline)s
     LEFT JOIN open_day first_ship ON scope.transit_days > 0
           AND first_ship.key = %(first_ship)s
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
               MAX(stream.net) FILTER (WHERE stream.day <= target.ship_day)
                   AS net_on_time,
               MAX(stream.gross) FILTER (WHERE stream.day <= target.ship_day)
                   AS gross_on_time,
               MAX(stream.net) FILTER (WHERE stream.day <= target.first_ship_day)
                   AS first_net_on_time,
               MAX(stream.gross) FILTER (WHERE stream.day <= target.first_ship_day)
                   AS first_gross_on_time
          FROM target
          JOIN stream ON stream.commitment_id = target.id
      GROUP BY target.id
    )
    """
)

# Goods that came back before the end and were not replaced do not keep a line open for
# ever: once nothing is open any more, what went out counts, not what stayed out.
_OUTCOME = """
    outcome AS (
        SELECT target.*, supply.is_ready, COALESCE(planned.opens, goods.day_next)
            AS day_next, goods.day_last,
               planning.supply_day, supply.is_covered, supply.is_doubtful,
               supply.evidence_move_id AS found_move_id, supply.plan_day,
               COALESCE(goods.net, 0) AS net_now, COALESCE(reached.cut, 0) AS cut,
               kept.delivered, kept.done_day, kept.first_done_day, kept.on_time,
               kept.first_on_time,
               kept.done_day IS NOT NULL AND kept.delivered <= 0 AS is_cancelled,
               -- what is there leaves as planned; what is not, when its supply comes;
               -- and nothing leaves before a plan that already misses the promise
               CASE WHEN done_day IS NULL AND planning.supply_day IS NOT NULL
                    THEN GREATEST(
                        today,
                        CASE WHEN NOT is_covered THEN planning.supply_day END,
                        CASE WHEN is_covered OR plan_day > ship_day
                             THEN plan_day END) END AS leaving_day
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
    CROSS JOIN LATERAL (
               -- what nobody plans to send has no supply
               SELECT CASE WHEN supply.is_requested
                             OR target.owed - COALESCE(reached.cut, 0)
                                <= COALESCE(reached.gross, 0) + goods.open
                           THEN supply.supply_day END AS supply_day
               ) planning
        OFFSET 0
    )
"""
