"""The numbers of a fill: what is sold when and to whom, and what becomes of it.

Temporary tables that live as long as the transaction. Chance is a hash of the row's
number, so that two fills of one day are equal.
"""

from datetime import datetime
from typing import NamedTuple

from odoo.tools import SQL

LINES_PER_ORDER = 5
DAYS = 730


class Size(NamedTuple):
    """How big the company is: what it deals in grows with what it sells."""

    orders: int
    products: int
    customers: int
    vendors: int

    @classmethod
    def of(cls, orders: int) -> "Size":
        """Return a size with some two dozens of open lines per product."""
        products = max(orders // 100, 50)
        customers = max(orders * 7 // 400, 50)
        return cls(orders, products, customers, max(products // 20, 5))


def plan(env, size: Size, today: datetime):
    """Make the tables of numbers.

    One order in fifty is cancelled, one in fifteen leaves 20 days late, of five in
    twelve half a line follows later, one invoice in 26 is never paid. One product
    in 20 has neither stock nor receipts; one open line in fifteen is bought for it.
    """
    env.cr.execute(_DRAW)
    values = size._asdict() | {"lines": LINES_PER_ORDER, "days": DAYS, "today": today}
    for table, query in _TABLES.items():
        name = SQL.identifier(table)
        env.cr.execute(
            SQL("CREATE TEMP TABLE %s ON COMMIT DROP AS %s", name, SQL(query, **values))
        )
        env.cr.execute(SQL("ANALYZE %s", name))


# A number from 0 to ``sides`` - 1, always the same for one key and purpose.
_DRAW = """
CREATE OR REPLACE FUNCTION pg_temp.draw(key bigint, purpose text, sides int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT ((hashint8extended(key, hashtext(purpose)) & 2147483647) % sides)::int $$
"""

# The best-selling hundredth of the products makes a tenth of the lines.
_LINES = """
SELECT l, n, position, product, qty, price, qty * price AS value
  FROM generate_series(1, %(orders)s * %(lines)s) l
CROSS JOIN LATERAL (
       SELECT (l - 1) / %(lines)s + 1 AS n, (l - 1) %% %(lines)s + 1 AS position,
              1 + FLOOR(%(products)s * POWER(pg_temp.draw(l, 'product', 1000000) / 1e6,
                                             2))::int AS product,
              2 + pg_temp.draw(l, 'quantity', 40) AS qty) sold
CROSS JOIN LATERAL (SELECT 10 + product * 31 %% 90 AS price) priced
"""

# ``planned`` is what the pickings say, ``leaves`` (the rest: ``follows``) what happens.
_ORDERS = """
SELECT *, state = 'sale' AND leaves < %(today)s AS is_sent,
       state = 'sale' AND follows < %(today)s AS is_complete,
       is_billed AND paid <= %(today)s::date
           AND pg_temp.draw(n, 'unpaid', 26) > 0 AS is_paid
  FROM generate_series(1, %(orders)s) n
  JOIN (SELECT n, SUM(value) AS amount FROM bench_line GROUP BY n) total USING (n)
CROSS JOIN LATERAL (
       SELECT 1 + pg_temp.draw(n, 'customer', %(customers)s) AS customer,
              CASE WHEN pg_temp.draw(n, 'cancelled', 50) = 0 THEN 'cancel'
                   ELSE 'sale' END AS state,
              pg_temp.draw(n, 'promised', 5) > 0 AS is_promised,
              CASE WHEN pg_temp.draw(n, 'short', 12) < 5
                   THEN 1 + pg_temp.draw(n, 'short line', %(lines)s) END AS short,
              %(today)s - INTERVAL '1 day' * %(days)s * (%(orders)s - n) / %(orders)s
                  AS confirmed) sold
CROSS JOIN LATERAL (
       SELECT confirmed + INTERVAL '1 day' * (3 + pg_temp.draw(n, 'lead', 60))
                  AS promised) asked
CROSS JOIN LATERAL (
       SELECT promised + INTERVAL '1 day' * (pg_temp.draw(n, 'plan', 5) - 3)
                  AS planned) prepared
CROSS JOIN LATERAL (
       SELECT planned::date + 5 AS billed, planned::date + 35 AS due,
              planned::date + 20 + pg_temp.draw(n, 'paid', 40) AS paid,
              CASE WHEN pg_temp.draw(n, 'late', 15) = 0
                   THEN planned + INTERVAL '20 days' ELSE planned END AS leaves) gone
CROSS JOIN LATERAL (
       SELECT state = 'sale' AND billed <= %(today)s::date AS is_billed,
              CASE WHEN short IS NULL THEN leaves
                   WHEN pg_temp.draw(n, 'stuck', 8) = 0
                   THEN leaves + INTERVAL '30 days'
                   ELSE leaves + INTERVAL '3 days' END AS follows) rest
"""

# A line that leaves in two parts has two moves as soon as the first part is gone.
_MOVES = """
SELECT ROW_NUMBER() OVER (ORDER BY l, trip) AS m, (trip - 1) * %(orders)s + n AS p,
       l, n, trip, customer, product, confirmed, promised, planned, left_at,
       CASE WHEN is_done THEN left_at ELSE planned END AS moment,
       CASE WHEN NOT is_parted THEN qty
            WHEN trip = 1 THEN CEIL(qty / 2.0) ELSE FLOOR(qty / 2.0) END AS qty,
       CASE WHEN state = 'cancel' THEN 'cancel' WHEN is_done THEN 'done'
            WHEN pg_temp.draw(l, 'made to order', 15) = 0 THEN 'waiting'
            WHEN planned < %(today)s + INTERVAL '12 days'
                 AND pg_temp.draw(product, 'supply', 20) > 0
                 AND pg_temp.draw(l, 'reserved', 6) > 0 THEN 'assigned'
            ELSE 'confirmed' END AS state
  FROM bench_line
  JOIN bench_order USING (n)
CROSS JOIN LATERAL (
       SELECT is_sent AND position = short IS TRUE AS is_parted) cut
CROSS JOIN LATERAL generate_series(1, 1 + is_parted::int) trip
CROSS JOIN LATERAL (
       SELECT CASE WHEN trip = 1 THEN leaves ELSE follows END AS left_at,
              CASE WHEN trip = 1 THEN is_sent ELSE is_complete END AS is_done) gone
"""

_PICKINGS = """
SELECT p, n, trip, customer, confirmed, promised, planned, left_at,
       CASE WHEN BOOL_OR(state = 'done') THEN 'done'
            WHEN BOOL_OR(state = 'cancel') THEN 'cancel'
            WHEN BOOL_OR(state = 'assigned') THEN 'assigned'
            WHEN BOOL_OR(state = 'waiting') THEN 'waiting' ELSE 'confirmed' END AS state
  FROM bench_move
GROUP BY p, n, trip, customer, confirmed, promised, planned, left_at
"""

_PRODUCTS = """
SELECT product, 10 + product * 31 %% 90 AS price, is_supplied,
       COALESCE(reserved, 0) AS reserved, COALESCE(sold, 0) AS sold,
       COALESCE(wanted, 0) AS wanted,
       CASE WHEN is_supplied AND pg_temp.draw(product, 'empty', 4) > 0
            THEN wanted * pg_temp.draw(product, 'free', 25) / 100 ELSE 0 END AS free
  FROM generate_series(1, %(products)s) product
CROSS JOIN LATERAL (
       SELECT pg_temp.draw(product, 'supply', 20) > 0 AS is_supplied) supplied
LEFT JOIN (
       SELECT product, SUM(qty) FILTER (WHERE state = 'assigned') AS reserved,
              SUM(qty) FILTER (WHERE state = 'done') AS sold,
              SUM(qty) FILTER (WHERE state IN ('assigned', 'confirmed')) AS wanted
         FROM bench_move GROUP BY product) moved USING (product)
"""

# Two receipts per supplied product, one in eight overdue; one per made-to-order move.
_RECEIPTS = """
SELECT ROW_NUMBER() OVER (ORDER BY m NULLS FIRST, product, k) AS r, product, qty, price,
       day, m, 1 + product %% %(vendors)s AS vendor
  FROM (SELECT product, k,
               1 + wanted * (20 + pg_temp.draw(product * 3 + k, 'receipt', 60)) / 100
                   AS qty,
               %(today)s + INTERVAL '1 day'
                   * (pg_temp.draw(product * 3 + k, 'day', 60) - 8) AS day,
               NULL::bigint AS m
          FROM bench_product, generate_series(0, 2) k
         WHERE is_supplied AND pg_temp.draw(product * 3 + k, 'ordered', 3) > 0
     UNION ALL
        SELECT product, 0, qty,
               GREATEST(planned + INTERVAL '1 day' * (pg_temp.draw(m, 'slip', 8) - 4),
                        %(today)s - INTERVAL '5 days'), m
          FROM bench_move
         WHERE state = 'waiting') expected
  JOIN bench_product USING (product)
"""

_TABLES = {
    "bench_line": _LINES,
    "bench_order": _ORDERS,
    "bench_move": _MOVES,
    "bench_picking": _PICKINGS,
    "bench_product": _PRODUCTS,
    "bench_receipt": _RECEIPTS,
}
