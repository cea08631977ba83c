"""Fill a database with years of trade by SQL: orders, lines, pickings, moves.

Every row is cloned from one that Odoo itself made, so that all columns have believable
values; what differs is computed from the row's number, so that two fills are equal.
"""

from odoo import Command
from odoo.tools import SQL

LINES_PER_ORDER = 5
YEARS_IN_DAYS = 730


def fill(env, orders: int, today):
    """Write ``orders`` orders of the two years before ``today``, five lines each.

    One line in twelve is delivered in two parts, one order in fifty is cancelled; orders of
    the last five weeks are mostly open.
    """
    template = _make_template(env)
    sample = _Sample(env, template, orders, today)
    sample.write_orders()
    sample.write_lines()
    sample.write_pickings()
    sample.write_moves()
    sample.finish()


def _make_template(env):
    """Return a confirmed order with one line, made by Odoo, and masters to draw from."""
    partners = env["res.partner"].create([{"name": f"Client {n}"} for n in range(3500)])
    products = env["product.product"].create(
        [{"name": f"Article {n}", "is_storable": True, "list_price": 10 + n % 90} for n in range(800)]
    )
    order = env["sale.order"].create(
        {
            "partner_id": partners[0].id,
            "order_line": [Command.create({"product_id": products[0].id, "product_uom_qty": 10})],
        }
    )
    order.action_confirm()
    env.flush_all()
    return order, partners, products


class _Sample:
    """One template order and the numbers to multiply it by."""

    def __init__(self, env, template, orders, today):
        self.env = env
        self.order, self.partners, self.products = template
        self.line = self.order.order_line
        self.picking = self.order.picking_ids
        self.move = self.picking.move_ids
        self.orders = orders
        self.today = today
        self.base = {table: self._max_id(table) for table in ("sale_order", "sale_order_line", "stock_picking")}
        self.partner_ids = SQL("(%s::int[])", self.partners.ids)
        self.product_ids = SQL("(%s::int[])", self.products.ids)

    def _max_id(self, table):
        return self.env.execute_query(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table)))[0][0]

    def _clone(self, table, template_id, source: SQL, columns: dict):
        """Insert one copy of a row per row of ``source``, with some columns computed."""
        names = [
            name
            for (name,) in self.env.execute_query(
                SQL(
                    "SELECT column_name FROM information_schema.columns"
                    " WHERE table_name = %s AND (column_name != 'id' OR %s)",
                    table,
                    "id" in columns,
                )
            )
        ]
        values = [columns.get(name, SQL("template.%s", SQL.identifier(name))) for name in names]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM (%s) g, %s template WHERE template.id = %s",
                SQL.identifier(table),
                SQL(", ").join(SQL.identifier(name) for name in names),
                SQL(", ").join(values),
                source,
                SQL.identifier(table),
                template_id,
            )
        )

    def _order_numbers(self):
        """Return the orders as a relation: number, day, promise, fate."""
        return SQL(
            """
            SELECT n, %(today)s::timestamp - ((%(count)s - n)::float / %(count)s * %(span)s) * INTERVAL '1 day'
                      AS confirmed,
                   3 + n %% 18 AS lead,
                   CASE WHEN n %% 50 = 7 THEN 'cancel' ELSE 'sale' END AS state
              FROM generate_series(1, %(count)s) n
            """,
            today=self.today,
            count=self.orders,
            span=YEARS_IN_DAYS,
        )

    def _line_numbers(self):
        return SQL("SELECT o.*, (o.n - 1) * %(lines)s + i AS l, i FROM (%(orders)s) o, generate_series(1, %(lines)s) i",
                   lines=LINES_PER_ORDER, orders=self._order_numbers())

    def write_orders(self):
        self._clone(
            "sale_order",
            self.order.id,
            self._order_numbers(),
            {
                "id": SQL("%s + g.n", self.base["sale_order"]),
                "name": SQL("'B' || g.n"),
                "access_token": SQL("NULL"),
                "partner_id": SQL("%s[1 + (g.n * 7919) %% 3500]", self.partner_ids),
                "partner_invoice_id": SQL("%s[1 + (g.n * 7919) %% 3500]", self.partner_ids),
                "partner_shipping_id": SQL("%s[1 + (g.n * 7919) %% 3500]", self.partner_ids),
                "state": SQL("g.state"),
                "date_order": SQL("g.confirmed"),
                "create_date": SQL("g.confirmed"),
                "write_date": SQL("g.confirmed + INTERVAL '9 days'"),
                "commitment_date": SQL("CASE WHEN g.n %% 5 < 4 THEN g.confirmed + g.lead * INTERVAL '1 day' END"),
            },
        )

    def write_lines(self):
        self._clone(
            "sale_order_line",
            self.line.id,
            self._line_numbers(),
            {
                "id": SQL("%s + g.l", self.base["sale_order_line"]),
                "order_id": SQL("%s + g.n", self.base["sale_order"]),
                "order_partner_id": SQL("%s[1 + (g.n * 7919) %% 3500]", self.partner_ids),
                "product_id": SQL("%s[1 + (g.l * 31) %% 800]", self.product_ids),
                "product_uom_qty": SQL("2 + g.l %% 40"),
                "sequence": SQL("g.i * 10"),
                "state": SQL("g.state"),
                "customer_lead": SQL("CASE WHEN g.n %% 5 = 4 THEN g.lead ELSE 0 END"),
            },
        )

    def write_pickings(self):
        self._clone(
            "stock_picking",
            self.picking.id,
            self._order_numbers(),
            {
                "id": SQL("%s + g.n", self.base["stock_picking"]),
                "name": SQL("'BOUT/' || g.n"),
                "sale_id": SQL("%s + g.n", self.base["sale_order"]),
                "origin": SQL("'B' || g.n"),
                "state": SQL(
                    "CASE WHEN g.state = 'cancel' THEN 'cancel' WHEN g.confirmed + (g.lead + g.n %% 5 - 3)"
                    " * INTERVAL '1 day' < %s::timestamp THEN 'done' ELSE 'confirmed' END",
                    self.today,
                ),
            },
        )

    def write_moves(self):
        """Write one move a line, two for one line in twelve."""
        moves = SQL(
            """
            SELECT l.*, part, l.confirmed + (l.lead + l.n %% 5 - 3 + 3 * (part - 1)) * INTERVAL '1 day' AS leaves,
                   (2 + l.l %% 40) / (CASE WHEN l.l %% 12 = 5 THEN 2.0 ELSE 1 END) AS qty
              FROM (%s) l, generate_series(1, CASE WHEN l.l %% 12 = 5 THEN 2 ELSE 1 END) part
            """,
            self._line_numbers(),
        )
        done = SQL("g.leaves < %s::timestamp", self.today)
        self._clone(
            "stock_move",
            self.move.id,
            moves,
            {
                "sale_line_id": SQL("%s + g.l", self.base["sale_order_line"]),
                "picking_id": SQL("%s + g.n", self.base["stock_picking"]),
                "product_id": SQL("%s[1 + (g.l * 31) %% 800]", self.product_ids),
                "product_uom_qty": SQL("g.qty"),
                "product_qty": SQL("g.qty"),
                "quantity": SQL("CASE WHEN g.state = 'sale' AND %s THEN g.qty ELSE 0 END", done),
                "date": SQL("g.leaves"),
                "date_deadline": SQL("g.confirmed + g.lead * INTERVAL '1 day'"),
                "write_date": SQL("g.leaves"),
                "state": SQL(
                    "CASE WHEN g.state = 'cancel' THEN 'cancel' WHEN %s THEN 'done'"
                    " WHEN g.l %% 3 = 0 THEN 'assigned' ELSE 'confirmed' END",
                    done,
                ),
            },
        )

    def finish(self):
        """Advance the sequences and the planner's statistics."""
        for table in ("sale_order", "sale_order_line", "stock_picking", "stock_move"):
            self.env.cr.execute(
                SQL(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT MAX(id) FROM %s))",
                    table,
                    SQL.identifier(table),
                )
            )
        self.env.cr.commit()
        self.env.cr.execute("ANALYZE")
