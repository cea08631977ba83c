from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...kpi.catalogue import COMMITMENT, KPIS
from .common import KpiCommon, month

RATES = list(KPIS.rates(COMMITMENT))


@tagged("post_install", "-at_install")
class TestEvaluation(KpiCommon):
    """Figures of a period: exact, sum over sum, and no data where there is none."""

    def test_four_lines_of_the_trade(self):
        self.the_four_lines()
        figures = self.evaluate(*RATES).total
        expected = {
            "otd_first_rate": 0.5,
            "otd_rate": 0.5,
            "in_full_rate": 0.75,
            "otif_first_rate": 0.5,
            "otif_rate": 0.5,
            "fill_rate": 0.85,
        }
        self.assertEqual(
            {code: figure.value for code, figure in figures.items()}, expected
        )
        self.assertEqual(
            (figures["fill_rate"].numerator, figures["fill_rate"].denominator), (34, 40)
        )

    def test_no_row_is_no_data(self):
        figures = self.evaluate(*KPIS).total
        self.assertEqual(
            {code: figures[code].value for code in RATES}, dict.fromkeys(RATES)
        )
        self.assertEqual(figures["late_lines"].value, 0, "nobody late is a fact")

    def test_lines_not_yet_due_are_no_data(self):
        self.promise("2026-03-10", due=0, on_time=0, qty_on_time=0, status="on_time")
        self.assertIsNone(self.value("otd_rate"))
        self.assertIsNone(
            self.value("fill_rate"), "a quantity that is not due yet is not missed"
        )

    def test_first_and_current_promise_are_measured_on_their_own_dates(self):
        self.promise(
            "2026-04-17",
            on_time=1,
            in_full=1,
            first={"day": "2026-03-10", "on_time": 0},
        )
        self.assertEqual(self.value("otd_first_rate"), 0)
        self.assertIsNone(self.value("otd_rate"))
        april = ("2026-04-01", "2026-04-30")
        self.assertIsNone(self.value("otd_first_rate", period=april))
        self.assertEqual(self.value("otd_rate", period=april), 1)

    def test_first_and_last_day_belong_to_the_period(self):
        for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
            self.promise(day)
        self.assertEqual(self.evaluate("otd_rate").total["otd_rate"].denominator, 2)

    def test_breakdown_is_sum_over_sum(self):
        for on_time in (1, 0, 0, 0):
            self.promise("2026-03-10", on_time=on_time)
        self.promise("2026-04-10", on_time=1)
        evaluation = self.evaluate(
            "otd_rate", period=("2026-03-01", "2026-04-30"), groupby=["month"]
        )
        months = {
            key: figures["otd_rate"].value
            for key, figures in evaluation.by["month"].items()
        }
        self.assertEqual(months, {month(3): 0.25, month(4): 1})
        self.assertEqual(
            evaluation.total["otd_rate"].value,
            0.4,
            "the average of the months would be 0.625",
        )

    def test_breakdowns_by_month_user_customer_and_product(self):
        user = self.env.user
        self.promise("2026-03-10", on_time=1, adv_user_id=user.id)
        self.promise(
            "2026-03-11",
            order=self.order(self.other_customer),
            product_id=self.other_product.id,
        )
        self.assertEqual(self.by("month", "otd_rate"), {month(3): 0.5})
        self.assertEqual(self.by("user", "otd_rate"), {user: 1, user.browse(): 0})
        self.assertEqual(
            self.by("customer", "otd_rate"), {self.customer: 1, self.other_customer: 0}
        )
        self.assertEqual(
            self.by("product", "otd_rate"), {self.product: 1, self.other_product: 0}
        )

    def test_group_without_data_for_one_kpi_shows_none_for_it(self):
        self.promise("2026-04-17", on_time=1, first={"day": "2026-03-10"})
        evaluation = self.evaluate(
            "otd_first_rate",
            "otd_rate",
            period=("2026-03-01", "2026-04-30"),
            groupby=["month"],
        )
        april = evaluation.by["month"][month(4)]
        self.assertIsNone(april["otd_first_rate"].value)
        self.assertEqual(april["otd_rate"].value, 1)

    def test_promises_of_tomorrow_do_not_count_before_they_are_judged(self):
        self.promise("2026-06-15", on_time=0)
        self.promise("2026-06-16", on_time=1, in_full=1)  # delivered early
        self.assertEqual(self.value("otd_rate", period=("2026-06-01", "2026-12-31")), 0)

    @freeze_time("2026-06-15 22:30:00")
    def test_today_is_the_company_s_local_date(self):
        self.promise("2026-06-16", on_time=1)
        self.assertEqual(
            self.value("otd_rate", period=("2026-06-01", "2026-06-30")),
            1,
            "past midnight in Paris",
        )
        self.company.resource_calendar_id.tz = "UTC"
        self.assertIsNone(self.value("otd_rate", period=("2026-06-01", "2026-06-30")))

    def test_rates_are_provisional_for_sixty_days(self):
        def is_provisional(last_day):
            return (
                self.evaluate("otd_rate", period=("2026-03-01", last_day))
                .total["otd_rate"]
                .is_provisional
            )

        self.assertFalse(is_provisional("2026-04-16"))
        self.assertTrue(is_provisional("2026-04-17"))
        self.assertFalse(self.evaluate("late_lines").total["late_lines"].is_provisional)

    def test_each_month_is_provisional_by_its_own_last_day(self):
        for day in ("2026-03-10", "2026-05-12"):
            self.promise(day)
        months = self.evaluate(
            "otd_rate", period=("2026-03-01", "2026-06-30"), groupby=["month"]
        ).by["month"]
        provisional = {
            key: figures["otd_rate"].is_provisional for key, figures in months.items()
        }
        self.assertEqual(provisional, {month(3): False, month(5): True})

    def test_gauge_tells_how_things_stand_now(self):
        self.promise("2025-01-10", status="late")
        self.promise("2026-06-30", status="on_time", due=0)
        self.assertEqual(self.value("late_lines"), 1)

    def test_gauge_has_no_months(self):
        with self.assertRaisesRegex(UserError, "month"):
            self.evaluate("late_lines", groupby=["month"])

    def test_unknown_kpi_is_refused(self):
        with self.assertRaisesRegex(UserError, "luck_rate"):
            self.evaluate("otd_rate", "luck_rate")

    def test_unknown_breakdown_is_refused(self):
        with self.assertRaisesRegex(UserError, "weather"):
            self.evaluate("otd_rate", groupby=["weather"])

    def test_period_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(UserError, "period"):
            self.evaluate("otd_rate", period=("2026-03-31", "2026-03-01"))

    def test_further_conditions_narrow_the_rows(self):
        self.promise("2026-03-10", on_time=1)
        self.promise("2026-03-10", order=self.order(self.other_customer))
        self.assertEqual(
            self.value(
                "otd_rate", domain=[("partner_id", "=", self.other_customer.id)]
            ),
            0,
        )
        self.assertEqual(
            self.value("otd_rate", domain=[("partner_id.name", "=", "Arnaud")]), 1
        )

    def test_conditions_on_other_models_fields_are_refused(self):
        for name in ("amount_total", "otd_rate", "weather.rain"):
            with self.subTest(name), self.assertRaisesRegex(UserError, name):
                self.evaluate(
                    "otd_rate",
                    domain=["|", ("partner_id", "!=", False), (name, "=", 1)],
                )

    def test_queries_grow_neither_with_kpis_nor_with_rows(self):
        def queries(codes, **kwargs):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.evaluate(*codes, **kwargs)
            return self.env.cr.sql_log_count - before

        self.the_four_lines()
        queries(RATES)  # warm the caches
        one = queries(["otd_rate"])
        self.assertEqual(
            queries(["otd_rate", "in_full_rate", "otif_rate", "fill_rate"]), one
        )
        self.assertEqual(
            queries(["otd_rate"], groupby=["month", "user", "customer", "product"]), one
        )
        self.assertEqual(queries(RATES), one + 1, "one more for the first promise")
        for _turn in range(5):
            self.the_four_lines("2026-03-12")
        self.assertEqual(queries(RATES, groupby=["month", "product"]), one + 1)

    def test_companies_are_evaluated_together_or_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.promise("2026-03-10", on_time=1)
        self.promise("2026-03-10", order=self.order(company=other))
        env = self.env(
            context={
                **self.env.context,
                "allowed_company_ids": [self.company.id, other.id],
            }
        )
        self.assertEqual(self.value("otd_rate", env=env), 0.5)
        self.assertEqual(self.value("otd_rate", env=env, company_ids=other.ids), 0)
        env = self.env(
            context={**self.env.context, "allowed_company_ids": self.company.ids}
        )
        self.assertEqual(self.value("otd_rate", env=env), 1, "only the active company")

    @freeze_time("2026-06-15 22:30:00")
    def test_each_company_has_its_own_today(self):
        paris, other = self.company, self.env["res.company"].create({"name": "Other"})
        other.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "NY", "tz": "America/New_York"}
        )
        self.promise("2026-06-16", on_time=1)
        self.promise("2026-06-16", order=self.order(company=other))
        env = self.env(
            context={**self.env.context, "allowed_company_ids": (paris | other).ids}
        )
        figure = self.evaluate(
            "otd_rate", env=env, period=("2026-06-01", "2026-06-30")
        ).total["otd_rate"]
        self.assertEqual(
            (figure.numerator, figure.denominator),
            (1, 1),
            "it is still the 15th in New York",
        )

    def test_figures_of_the_past_are_those_of_a_date_long_gone(self):
        self.promise("2020-02-29", on_time=1)
        self.assertEqual(
            self.value("otd_rate", period=(date(2020, 2, 29), date(2020, 2, 29))), 1
        )
