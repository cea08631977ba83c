from odoo.tests import tagged

from ...kpi.catalogue import COMMITMENT, KPIS
from .common import KpiCommon

RATES = list(KPIS.rates(COMMITMENT))


@tagged("post_install", "-at_install")
class TestRateMeasures(KpiCommon):
    """Rates in pivot, graph and grouped list: sum over sum, nothing where there is no
    data.
    """

    def measure(self, groupby, code="otd_rate"):
        groups = self.commitments.formatted_read_group(
            [], groupby, [f"{code}:avg"], order=None
        )
        return [group[f"{code}:avg"] for group in groups]

    def test_every_rate_of_the_catalogue_is_offered_as_a_measure(self):
        described = self.commitments.fields_get(
            RATES, ["type", "aggregator", "string", "help"]
        )
        for code in RATES:
            with self.subTest(code):
                self.assertEqual(described[code]["type"], "float")
                self.assertTrue(
                    described[code]["aggregator"],
                    "the web client hides what has no aggregator",
                )
                self.assertEqual(described[code]["string"], KPIS[code].label)
                self.assertEqual(described[code]["help"], KPIS[code].help)

    def test_groups_and_their_total_are_sum_over_sum(self):
        for on_time in (1, 0, 0, 0):
            self.promise("2026-03-10", on_time=on_time)
        self.promise("2026-04-10", on_time=1)
        self.assertEqual(self.measure(["date_promise:month"]), [0.25, 1])
        self.assertEqual(self.measure([]), [0.4])

    def test_pivot_reads_all_its_levels_at_once(self):
        self.the_four_lines()
        self.promise("2026-04-10", on_time=1, qty=5)
        levels = self.commitments.formatted_read_grouping_sets(
            [],
            [[], ["date_promise:month"], ["date_promise:month", "partner_id"]],
            ["fill_rate:avg", "otd_rate:avg"],
        )
        rates = [
            [(group["fill_rate:avg"], group["otd_rate:avg"]) for group in level]
            for level in levels
        ]
        self.assertEqual(rates[0], [(39 / 45, 0.6)])
        self.assertEqual(rates[1], [(0.85, 0.5), (1, 1)])
        self.assertEqual(rates[2], [(0.85, 0.5), (1, 1)])

    def test_grouped_list_shows_the_same(self):
        self.the_four_lines()
        result = self.commitments.web_read_group(
            [], ["partner_id"], ["in_full_rate:avg"]
        )
        self.assertEqual(result["groups"][0]["in_full_rate:avg"], 0.75)

    def test_group_without_lines_due_shows_nothing(self):
        self.promise("2026-07-01", due=0, status="on_time")
        for code in RATES:
            with self.subTest(code):
                self.assertEqual(self.measure(["date_promise:month"], code), [False])

    def test_quantities_not_yet_due_stay_out_of_the_fill_rate(self):
        self.promise("2026-03-10", qty=10, qty_on_time=5)
        self.promise("2026-07-01", due=0, qty=90, status="on_time")
        self.assertEqual(self.measure([], "fill_rate"), [0.5])

    def test_measures_agree_with_the_kpis(self):
        self.the_four_lines()
        self.promise("2026-03-20", qty=3, on_time=1, first={"on_time": 0})
        figures = self.evaluate(*RATES).total
        for code in RATES:
            with self.subTest(code):
                self.assertAlmostEqual(self.measure([], code)[0], figures[code].value)

    def test_groups_can_be_sorted_by_a_rate(self):
        self.promise("2026-03-10", on_time=1)
        self.promise("2026-03-10", order=self.order(self.other_customer))
        groups = self.commitments._read_group(
            [], ["partner_id"], ["otd_rate:avg"], order="otd_rate:avg desc"
        )
        self.assertEqual(groups, [(self.customer, 1), (self.other_customer, 0)])

    def test_single_rows(self):
        half = self.promise("2026-03-10", qty=10, qty_on_time=5, in_full=1)
        self.assertRecordValues(
            half, [{"otd_rate": 0, "in_full_rate": 1, "fill_rate": 0.5}]
        )
        half.qty_on_time = 10
        self.assertEqual(half.fill_rate, 1)
        coming = self.promise(
            "2026-07-01", due=0, qty=10, qty_on_time=10, status="on_time"
        )
        self.assertEqual(coming.fill_rate, 0)
