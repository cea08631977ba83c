from odoo.tests import BaseCase, tagged

from ...kpi.catalogue import KPIS
from ...kpi.kpi import (
    COUNT,
    HIGHER,
    PER_HUNDRED,
    PERCENT,
    QUALITY,
    ROWS,
    Catalogue,
    Kpi,
    Ratio,
    Sum,
    by_cut,
)

KIND = {"family": QUALITY, "unit": PERCENT, "better": HIGHER, "fact": "fact"}


@tagged("post_install", "-at_install")
class TestCatalogue(BaseCase):
    """The catalogue is where a KPI is declared, and it refuses nonsense."""

    def test_a_code_is_declared_once(self):
        kpi = Kpi("rate", "Rate", "", formula=Ratio("a", "b"), **KIND)
        with self.assertRaisesRegex(ValueError, "rate is declared twice"):
            Catalogue([kpi, kpi])

    def test_unknown_family_unit_or_direction_is_refused(self):
        for name in ("family", "unit", "better"):
            with (
                self.subTest(name),
                self.assertRaisesRegex(ValueError, "'luck' is not one of"),
            ):
                Kpi(
                    "rate",
                    "Rate",
                    "",
                    formula=Ratio("a", "b"),
                    **{**KIND, name: "luck"},
                )

    def test_a_cohort_needs_its_date(self):
        with self.assertRaisesRegex(ValueError, "needs the date"):
            Kpi("rate", "Rate", "", formula=Ratio("a", "b"), is_cohort=True, **KIND)

    def test_kpis_of_the_same_rows_share_a_cut(self):
        rate = Kpi("rate", "Rate", "", formula=Ratio("a", "b"), date="day", **KIND)
        rows = Kpi(
            "rows", "Rows", "", formula=Sum(ROWS), date="day", **{**KIND, "unit": COUNT}
        )
        other = Kpi(
            "other", "Other", "", formula=Ratio("a", "b"), date="other_day", **KIND
        )
        cuts = [
            [kpi.code for kpi in kpis] for kpis in by_cut([rate, other, rows]).values()
        ]
        self.assertEqual(cuts, [["rate", "rows"], ["other"]])

    def test_every_kpi_says_what_it_is(self):
        for kpi in KPIS.values():
            with self.subTest(kpi.code):
                self.assertTrue(kpi.label)
                self.assertTrue(kpi.help.endswith("."))
                self.assertEqual(
                    kpi.unit in (PERCENT, PER_HUNDRED), isinstance(kpi.formula, Ratio)
                )
