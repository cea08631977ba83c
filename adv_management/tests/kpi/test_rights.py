from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import KpiCommon


@tagged("post_install", "-at_install")
class TestRights(KpiCommon):
    """Figures are those of the rows that their reader may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "kpi_seller", "sales_team.group_sale_salesman"
        )
        cls.assistant = new_test_user(
            cls.env, "kpi_assistant", "adv_management.group_adv_user"
        )
        cls.outsider = new_test_user(cls.env, "kpi_outsider", "base.group_user")

    def test_salesperson_gets_the_figures_of_his_own_orders(self):
        self.promise("2026-03-10", on_time=1, order=self.order(user=self.seller))
        self.promise("2026-03-10", order=self.order(user=self.assistant))
        self.assertEqual(self.value("otd_rate", env=self.env(user=self.seller)), 1)
        self.assertEqual(self.value("otd_rate", env=self.env(user=self.assistant)), 0.5)

    def test_the_click_counts_with_the_same_rights(self):
        self.promise("2026-03-10", on_time=1, order=self.order(user=self.seller))
        self.promise("2026-03-10", order=self.order(user=self.assistant))
        action = self.kpi.with_user(self.seller).action_open(
            "otd_rate", "2026-03-01", "2026-03-31"
        )
        self.assertEqual(
            self.commitments.with_user(self.seller).search_count(action["domain"]), 1
        )

    def test_who_may_not_read_the_ledger_gets_no_figure(self):
        outsider = self.env(user=self.outsider)
        with self.assertRaises(AccessError):
            self.value("otd_rate", env=outsider)
        with self.assertRaises(AccessError):
            self.kpi.with_env(outsider).action_open(
                "otd_rate", "2026-03-01", "2026-03-31"
            )

    def test_company_that_is_not_active_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(AccessError, "active companies"):
            self.value(
                "otd_rate", env=self.env(user=self.assistant), company_ids=other.ids
            )

    def test_another_company_s_rows_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.promise("2026-03-10", order=self.order(company=other))
        self.assertIsNone(self.value("otd_rate", env=self.env(user=self.assistant)))
