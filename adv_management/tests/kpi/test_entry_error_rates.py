from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from ...kpi.catalogue import ENTRY_ERROR, KPIS, ORDER
from .errors import ErrorMonth

MARCH = ("2026-03-01", "2026-03-31")
COUNTS = ["line", "error_order", "error_line", "error", "caught", "right_first_time"]
RATES = [*KPIS.rates(ORDER), *KPIS.rates(ENTRY_ERROR)]


@tagged("post_install", "-at_install")
class TestEntryErrorRates(ErrorMonth):
    """What a month of orders says about their entry, exactly."""

    def evaluate(self, *codes, period=MARCH, at="2026-06-15 10:00:00", **kwargs):
        self.env.flush_all()
        with self.act(at):
            return self.env["adv.kpi"]._evaluate(codes, *period, **kwargs)

    def values(self, *codes, **kwargs):
        figures = self.evaluate(*codes, **kwargs).total
        return {code: figure.value for code, figure in figures.items()}

    def row(self, order):
        self.env.invalidate_all()
        return self.env["adv.order.report"].search([("order_id", "=", order.id)])

    def test_the_month_of_the_trade(self):
        self.assertEqual(
            self.values(*RATES, "entry_errors"),
            {
                "order_error_rate": 0.2,
                "line_error_rate": 0.05,
                "errors_per_hundred_orders": 40,
                "right_first_time_rate": 0.7,
                "interception_rate": 0.2,
                "control_precision": 0.75,
                "entry_errors": 4,
            },
        )
        shares = self.evaluate("entry_errors", groupby=["type"]).shares(
            "type", "entry_errors"
        )
        self.assertEqual(
            {kind.code: share for kind, share in shares.items()},
            {"PRX": 0.5, "ADL": 0.25, "DEL": 0.25},
        )

    def test_what_the_rates_are_made_of(self):
        figures = self.evaluate(*RATES).total
        self.assertEqual(
            {
                code: (each.numerator, each.denominator)
                for code, each in figures.items()
            },
            {
                "order_error_rate": (2, 10),
                "line_error_rate": (2, 40),
                "errors_per_hundred_orders": (4, 10),
                "right_first_time_rate": (7, 10),
                "interception_rate": (1, 5),
                "control_precision": (3, 4),
            },
        )

    def test_errors_cost_money_and_time(self):
        """What was caught in time has cost nothing."""
        self.assertEqual(
            self.values("entry_error_cost", "entry_error_minutes"),
            {"entry_error_cost": 120.5, "entry_error_minutes": 35},
        )

    def test_one_row_an_order(self):
        rows = self.env["adv.order.report"].search(
            [("order_id", "in", self.orders.ids)]
        )
        by_order = rows.grouped("order_id")
        found = [
            [by_order[order][f"{name}_count"] for name in COUNTS]
            for order in self.orders[:5]
        ]
        self.assertEqual(
            found,
            [
                [4, 1, 2, 3, 0, 0],
                [4, 1, 0, 1, 0, 0],
                [4, 0, 0, 0, 0, 1],
                [4, 0, 0, 0, 1, 0],
                [4, 0, 0, 0, 0, 1],
            ],
        )
        action = by_order[self.orders[0]].action_open_order()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("sale.order", self.orders[0].id)
        )

    def test_no_order_is_no_data(self):
        february = ("2026-02-01", "2026-02-28")
        self.assertEqual(self.values(*RATES, period=february), dict.fromkeys(RATES))
        shares = self.evaluate("entry_errors", period=february, groupby=["type"]).shares
        self.assertEqual(shares("type", "entry_errors"), {})

    def test_rates_are_provisional_for_sixty_days(self):
        for at, provisional in (
            ("2026-05-29 10:00:00", True),
            ("2026-05-30 10:00:00", False),
        ):
            figures = self.evaluate(*RATES, "entry_errors", at=at).total.values()
            self.assertEqual(
                {figure.is_provisional for figure in figures}, {provisional}, at
            )

    def test_portal_and_edi_are_counted_apart(self):
        machines = ["portal", "website", "import", "edi", "pos"]
        hands = ["manual", "other", False]
        orders = self.write_orders(8)
        for order, channel in zip(orders, machines + hands, strict=True):
            order.adv_channel = channel
        self.confirm(orders)
        for order in orders[:5]:
            self.found(order, "ADL", day="2026-03-10")
        is_manual = [self.row(order).is_manual for order in orders]
        self.assertEqual(is_manual, [False] * 5 + [True] * 3)
        self.assertEqual(
            self.values("order_error_rate", "line_error_rate"),
            {"order_error_rate": 2 / 13, "line_error_rate": 2 / 52},
        )

    def test_orders_cancelled_later_stay_and_drafts_are_not_there(self):
        self.orders[9]._action_cancel()
        self.orders[1]._action_cancel()
        draft = self.write_orders(1)
        self.caught(draft, "QTE", self.product_lines(draft)[0])
        self.assertEqual(
            self.values("order_error_rate", "interception_rate"),
            {"order_error_rate": 0.2, "interception_rate": 2 / 6},
            "an error of an order that was never confirmed was caught nevertheless",
        )
        self.assertFalse(self.row(draft))

    def test_a_line_counts_once_deleted_ones_too(self):
        order = self.write_orders(1)
        line = self.product_lines(order)[0]
        self.confirm(order)
        for code in ("PRX", "QTE"):
            self.found(order, code, line, day="2026-03-10")
        self.assertEqual(self.row(order).error_line_count, 1)
        line.order_id._action_cancel()
        line.unlink()
        self.assertEqual(self.row(order).error_line_count, 1)
        self.assertEqual(self.row(order).error_count, 2)

    def test_wrong_master_data_is_no_error_of_the_desk(self):
        before = self.values("order_error_rate", "errors_per_hundred_orders")
        order = self.orders[8]
        line = self.product_lines(order)[0]
        self.found(order, "PRX", line, day="2026-03-10", is_master_data=True)
        self.assertEqual(
            self.values("order_error_rate", "errors_per_hundred_orders"), before
        )
        self.assertEqual(self.row(order).right_first_time_count, 1)

    def test_rates_by_month_team_and_customer_in_a_pivot(self):
        report = self.env["adv.order.report"]
        measures = [f"{code}:avg" for code in KPIS.rates(ORDER)]
        [figures] = report.formatted_read_group(
            [("company_id", "=", self.company.id)],
            ["date_confirmed_local:month"],
            measures,
        )
        self.assertEqual(
            [figures[measure] for measure in measures], [0.2, 0.05, 40, 0.7]
        )
        [group] = self.env["adv.entry.error"].formatted_read_group(
            [("company_id", "=", self.company.id)],
            [],
            ["interception_rate:avg", "control_precision:avg"],
        )
        self.assertEqual(group["interception_rate:avg"], 0.2)
        self.assertEqual(group["control_precision:avg"], 0.75)

    def test_shares_in_a_pivot_are_of_what_is_shown(self):
        errors = self.env["adv.entry.error"].with_user(self.desk)
        ours = Domain("company_id", "=", self.company.id)

        def shares(domain, groupby):
            groups = errors.formatted_read_grouping_sets(
                list(ours & domain), [[], [groupby]], ["error_share:avg"]
            )
            return [[each["error_share:avg"] for each in level] for level in groups]

        self.assertEqual(
            shares(Domain("escaped_count", "=", 1), "type_id"),
            [[1], [0.5, 0.25, 0.25]],
        )
        self.assertEqual(
            shares(Domain("order_id.name", "=", self.orders[0].name), "type_id"),
            [[1], [2 / 3, 1 / 3]],
        )
        self.assertEqual(
            shares(Domain("state", "=", "rejected"), "type_id"), [[False], [False]]
        )

    def test_salesperson_reads_the_rates_of_his_own_customers(self):
        seller = self._create_user("rate_seller", "sales_team.group_sale_salesman")
        self.orders.user_id = self.desk
        self.orders[0].user_id = seller
        self.env.flush_all()
        with self.act("2026-06-15 10:00:00"):
            kpi = self.env["adv.kpi"].with_user(seller)
            [figure] = kpi._evaluate(["order_error_rate"], *MARCH).total.values()
        self.assertEqual((figure.numerator, figure.denominator), (1, 1))

    def test_a_control_that_is_mostly_wrong_cries_wolf(self):
        lines = [self.product_lines(order)[0] for order in self.orders[4:]]
        lines += self.product_lines(self.orders[9])[1]

        def decide(line, state):
            rule = {"source": "control", "control_id": self.price_rule.id}
            self.found(
                line.order_id, "PRX", line, day="2026-03-16", state=state, **rule
            )

        decide(lines[0], "customer_change")
        self.assertControl(precision=0.75, decided_count=4, is_crying_wolf=False)
        for line in lines[1:6]:
            decide(line, "rejected")
        self.assertControl(precision=3 / 9, decided_count=9, is_crying_wolf=False)
        decide(lines[6], "rejected")
        self.assertControl(precision=0.3, decided_count=10, is_crying_wolf=True)
        self.assertIn("7 of 10", self.price_rule.precision_hint)
        self.assertControl(
            at="2027-04-01 10:00:00",
            precision=0,
            decided_count=0,
            is_crying_wolf=False,
        )

    def assertControl(self, at="2026-06-15 10:00:00", **expected):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.act(at):
            for name, value in expected.items():
                self.assertEqual(self.price_rule[name], value, name)

    def test_nobody_is_judged_by_name(self):
        manager = self._create_user("rate_manager", "adv_management.group_adv_manager")
        for code in ("order_error_rate", "entry_errors"):
            fact = self.env[KPIS[code].fact].with_user(manager)
            with self.assertRaisesRegex(UserError, "cannot be shown by"):
                self.evaluate(code, groupby=["user"])
            for path in ("adv_user_id", "order_id.user_id", "order_id.adv_user_id"):
                with self.assertRaisesRegex(UserError, "not shown by person"):
                    fact.formatted_read_group([], [path], ["__count"])
            offered = fact.fields_get(attributes=["groupable"])
            self.assertFalse(offered["adv_user_id"]["groupable"])
            self.assertTrue(offered["partner_id"]["groupable"])

    def test_the_order_of_a_month_is_found_by_indexes(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for domain in (
            [("date_confirmed_local", "=", "2026-03-05")],
            [("order_id", "=", self.orders[0].id)],
        ):
            found = self.env["adv.order.report"]._search(domain)
            plan = self.explain(found.select("error_count", "error_line_count"))
            self.assertNotIn("Seq Scan on adv_order_confirmation", plan)
            self.assertNotIn("Seq Scan on sale_order", plan)
            self.assertNotIn("Seq Scan on adv_entry_error ", plan)

    def explain(self, query):
        self.env.cr.execute(SQL("EXPLAIN %s", query))
        return "\n".join(row[0] for row in self.env.cr.fetchall())
