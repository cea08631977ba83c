from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.translate import code_translations

from ...kpi.catalogue import DIMENSIONS, KPIS, MONTH
from ...kpi.kpi import ROWS
from .common import KpiCommon, month
from .errors import ErrorFlows

YEAR = ("2026-01-01", "2026-12-31")


@tagged("post_install", "-at_install")
class TestDrillDown(ErrorFlows, KpiCommon):
    """The number is what the click counts, for every KPI of the catalogue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.the_four_lines()
        other = cls.order(cls.other_customer)
        cls.promise(
            "2026-04-17",
            on_time=1,
            in_full=1,
            first={"day": "2026-03-10", "on_time": 0},
            order=other,
        )
        cls.promise(
            "2026-05-20",
            qty=7,
            qty_on_time=3,
            adv_user_id=cls.env.uid,
            product_id=cls.other_product.id,
        )
        cls.promise("2026-06-15", due=0, status="on_time", order=other)
        cls.promise(
            "2026-06-20", on_time=1, in_full=1
        )  # delivered early: judged when its day has come
        cls.promise("2024-01-08", status="late")
        for told, order in ((1, None), (0, other)):
            late = cls.promise(
                "2026-03-11",
                order=order,
                in_full=1,
                date_confirmed="2026-03-01",
                date_first_promise="2026-03-11",
                date_delivered="2026-03-21",
            )
            cls.alert(late, told_in_time=told, user_id=told and cls.env.uid)
        cls.acknowledge("2026-03-10", on_time=1)
        cls.acknowledge("2026-05-20", order=other)
        cls.acknowledge("2026-06-15", due=0)
        cls.the_entry_errors(other)

    @classmethod
    def the_entry_errors(cls, other):
        order = cls.order()
        line = cls.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": cls.product.id}
        )
        cls.acknowledge("2026-04-10", order=order).line_count = 3
        cls.found(order, "PRX", line, day="2026-04-12", amount_cost=7.5)
        cls.found(order, "ADL", day="2026-05-12", state="rejected")
        cls.found(other, "DEL", day="2026-05-25", source="control")
        cls.found(other, "CLF", day="2026-05-19")
        (cls.order() + cls.order(cls.other_customer)).write(
            {"adv_channel": "mail", "adv_date_received": "2026-06-01 08:00:00"}
        )

    def assertIsWhatTheClickCounts(self, code, figure, **kwargs):
        """Compare a figure with the rows of the list that its action opens."""
        action = self.kpi.action_open(code, *YEAR, **kwargs)
        rows = self.env[action["res_model"]].search(action["domain"])
        sums = {
            column: sum(rows.mapped(column))
            for column in KPIS[code].formula.columns
            if column != ROWS
        }
        counted = KPIS[code].formula.compute({ROWS: len(rows), **sums})
        self.assertEqual((figure.value, figure.numerator, figure.denominator), counted)
        self.assertEqual(rows.search_count(action["domain"]), len(rows))
        return rows

    def test_number_is_what_the_click_counts(self):
        for code in KPIS:
            with self.subTest(code):
                figure = self.evaluate(code, period=YEAR).total[code]
                rows = self.assertIsWhatTheClickCounts(code, figure)
                self.assertTrue(rows, "an empty list would prove nothing")

    def test_every_cell_of_a_breakdown_is_what_the_click_counts(self):
        for code, kpi in KPIS.items():
            dimensions = [*DIMENSIONS[kpi.fact], *([MONTH] if kpi.date else [])]
            breakdowns = self.evaluate(code, period=YEAR, groupby=dimensions).by
            for dimension, groups in breakdowns.items():
                for key, figures in groups.items():
                    with self.subTest(code, dimension=dimension, key=key):
                        self.assertIsWhatTheClickCounts(
                            code, figures[code], group={dimension: key}
                        )

    def test_further_conditions_hold_for_the_list_too(self):
        domain = [("partner_id", "=", self.other_customer.id)]
        for code in KPIS:
            with self.subTest(code):
                figure = self.evaluate(code, period=YEAR, domain=domain).total[code]
                self.assertIsWhatTheClickCounts(code, figure, domain=domain)

    def test_cells_add_up_to_the_whole(self):
        for code, kpi in KPIS.items():
            evaluation = self.evaluate(code, period=YEAR, groupby=DIMENSIONS[kpi.fact])
            for dimension, groups in evaluation.by.items():
                with self.subTest(code, dimension=dimension):
                    total = sum(figures[code].numerator for figures in groups.values())
                    self.assertAlmostEqual(total, evaluation.total[code].numerator)

    def test_amounts_of_two_companies_are_in_the_currency_of_one(self):
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "T"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 2, "company_id": self.company.id}
        )
        other = self.env["res.company"].create(
            {"name": "Other", "currency_id": currency.id}
        )
        order = self.order(company=other)
        self.acknowledge("2026-04-10", order=order)
        self.found(order, "DEL", day="2026-04-12", amount_cost=5)
        companies = (self.company | other).ids
        env = self.env(context={**self.env.context, "allowed_company_ids": companies})
        self.assertEqual(self.value("entry_error_cost", period=YEAR, env=env), 10)

    def test_cell_can_be_named_by_text_and_id(self):
        """As a browser sends them."""
        by_value = self.kpi.action_open(
            "otd_rate", *YEAR, group={"month": month(3), "customer": self.customer}
        )
        by_text = self.kpi.action_open(
            "otd_rate",
            *YEAR,
            group={"month": "2026-03-01", "customer": self.customer.id},
        )
        self.assertEqual(by_text["domain"], by_value["domain"])

    def test_list_is_named_after_the_kpi_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = {"Fill rate": "Taux de service quantité"}
        with patch.dict(
            code_translations.python_translations, {("adv_management", "fr_FR"): french}
        ):
            action = self.kpi.with_context(lang="fr_FR").action_open("fill_rate", *YEAR)
        self.assertEqual(action["name"], "Taux de service quantité")
        self.assertEqual(
            self.kpi.with_context(lang="en_US").action_open("fill_rate", *YEAR)["name"],
            "Fill rate",
        )

    def test_unknown_kpi_has_no_list(self):
        with self.assertRaisesRegex(UserError, "luck_rate"):
            self.kpi.action_open("luck_rate", *YEAR)

    def test_list_of_an_unknown_cell_is_refused(self):
        with self.assertRaisesRegex(UserError, "weather"):
            self.kpi.action_open("otd_rate", *YEAR, group={"weather": 1})
