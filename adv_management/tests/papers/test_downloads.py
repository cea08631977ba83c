from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PapersCommon, read_sheet


@tagged("post_install", "-at_install")
class TestDownloads(PapersCommon, HttpCase):
    """The file of a customer's open orders, for whoever may export."""

    def fetch(self, user, customer=None, company=None):
        self.authenticate(user.login, user.login)
        customer, company = customer or self.partner, company or self.company
        with mute_logger("odoo.http"):
            return self.url_open(f"/adv/open_orders/{customer.id}?company={company.id}")

    def user(self, login, *groups):
        return self._create_user(login, *groups)

    def test_an_assistant_who_may_export_gets_the_file(self):
        agnes = self.user(
            "agnes.adv", "adv_management.group_adv_user", "base.group_allow_export"
        )
        order = self.sell(10)
        action = self.partner.with_user(agnes).action_adv_download_open_orders()
        self.assertEqual(
            action["url"],
            f"/adv/open_orders/{self.partner.id}?company={self.company.id}",
        )
        answer = self.fetch(agnes)
        self.assertEqual(answer.status_code, 200)
        self.assertIn(".xlsx", answer.headers["Content-Disposition"])
        self.assertEqual(read_sheet(answer.content)["A6"].value, order.name)

    def test_without_the_right_to_export_there_is_no_file(self):
        self.sell(10)
        self.paule.group_ids -= self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            self.partner.with_user(self.paule).action_adv_download_open_orders()
        self.assertEqual(self.fetch(self.paule).status_code, 403)

    def test_a_salesman_gets_the_lines_of_his_orders_only(self):
        luc = self.user(
            "luc.vendeur", "sales_team.group_sale_salesman", "base.group_allow_export"
        )
        mine = self.sell(10, user_id=luc.id)
        self.sell(20, user_id=self.paule.id)
        sheet = read_sheet(self.fetch(luc).content)
        self.assertEqual((sheet.max_row, sheet["A6"].value), (6, mine.name))

    def test_whoever_reads_no_promises_gets_nothing(self):
        plain = self.user("plain.user", "base.group_user", "base.group_allow_export")
        self.assertEqual(self.fetch(plain).status_code, 403)

    def test_another_company_is_refused(self):
        agnes = self.user(
            "agnes.adv", "adv_management.group_adv_user", "base.group_allow_export"
        )
        other = self.env["res.company"].create({"name": "Ailleurs"})
        self.assertEqual(self.fetch(agnes, company=other).status_code, 403)

    def test_name_of_the_file_has_no_line_breaks(self):
        self.partner.name = "Garage\nMartin"
        name, _content = self.partner._adv_get_open_orders_file(self.company, [])
        self.assertTrue(name.startswith("Open orders Garage Martin "), name)
