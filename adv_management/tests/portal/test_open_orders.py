"""The list of what is open, for customers who are logged in."""

from io import BytesIO
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.tests import new_test_user, tagged

from ...controllers import portal
from .common import PortalCase


@tagged("post_install", "-at_install")
class TestOpenOrders(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.sell(10, promise="2026-03-10", client_order_ref="PO 4711")
        cls.notify(cls.order, "2026-03-17")
        cls.other = cls.sell((cls._create_product("Bureau"), 3), promise="2026-03-20")
        stranger = cls.env["res.partner"].create({"name": "Garage Durand"})
        cls.foreign = cls.sell(7, promise="2026-03-27", partner_id=stranger.id)
        for login, customer in (("garage", cls.partner), ("durand", stranger)):
            user = new_test_user(
                cls.env, login, "base.group_portal", company_id=cls.company.id
            )
            user.partner_id.parent_id = customer
        new_test_user(
            cls.env, "newcomer", "base.group_portal", company_id=cls.company.id
        )

    def _read(self, login, path="/my/open-orders"):
        self.authenticate(login, login)
        with self.act("2026-03-03 09:00:00"):
            return self.url_open(path)

    def _count(self, login):
        self.authenticate(login, login)
        answer = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["open_order_count"]}
        )
        return answer["open_order_count"]

    def test_customer_reads_all_his_open_lines(self):
        text = self.get_text(self._read("garage"))
        self.assertIn(
            f"{self.order.name} PO 4711 Chaise 10 Units 10 Units"
            " 03/10/2026 New date 03/17/2026 03/17/2026 New date",
            text,
        )
        self.assertIn(f"{self.other.name} Bureau 3 Units", text)
        self.assertIn("03/20/2026 Confirmed", text)

    def test_nobody_reads_those_of_others(self):
        text = self.get_text(self._read("garage"))
        self.assertNotIn(self.foreign.name, text)
        text = self.get_text(self._read("durand"))
        self.assertIn(self.foreign.name, text)
        self.assertNotIn(self.order.name, text)
        text = self.get_text(self._read("newcomer"))
        self.assertIn("nothing is open", text)

    def test_whoever_is_not_logged_in_is_sent_to_the_login(self):
        for path in ("/my/open-orders", f"/my/open-orders/{self.company.id}/xlsx"):
            self.authenticate(None, None)
            page = self.url_open(path)
            self.assertIn("/web/login", page.url)

    def test_prediction_stays_with_us(self):
        self.change_promise(
            self.other, "2026-04-21", "internal", at="2026-03-03 09:00:00"
        )
        self.assertCommitment(self.other, date_predicted="2026-04-21")
        self.assertNotIn("04/21/2026", self.get_text(self._read("garage")))

    def test_home_counts_orders_with_something_open(self):
        self.assertEqual(self._count("garage"), 2)
        self.assertEqual(self._count("durand"), 1)
        self.assertEqual(self._count("newcomer"), 0)
        self.deliver(self.other, at="2026-03-04 09:00:00")
        self.assertEqual(self._count("garage"), 1)

    def test_home_leads_to_the_list(self):
        self.assertIn('href="/my/open-orders"', self._read("garage", "/my").text)

    def test_file_has_the_lines_of_the_page(self):
        path = f"/my/open-orders/{self.company.id}/xlsx"
        content = self._read("garage", path).content
        sheet = load_workbook(BytesIO(content)).active
        cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
        self.assertLessEqual({self.order.name, self.other.name, "Chaise"}, cells)
        self.assertNotIn(self.foreign.name, cells)

    def test_file_of_another_company_is_the_list(self):
        main = self.env.ref("base.main_company")
        page = self._read("garage", f"/my/open-orders/{main.id}/xlsx")
        self.assertTrue(page.url.endswith("/my/open-orders"))

    def test_long_list_says_that_it_is_cut(self):
        with patch.object(portal, "_MOST", 1):
            text = self.get_text(self._read("garage"))
        self.assertIn("These are the first 1 lines", text)
        self.assertNotIn("Bureau", text)

    def test_each_reads_it_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        unit = self.order.order_line.product_uom_id
        unit.with_context(lang="fr_FR").name = "Unités"
        self.partner.lang = "fr_FR"
        user = self.env["res.users"].search([("login", "=", "garage")])
        user.lang = "en_US"
        text = self.get_text(self._read("garage"))
        self.assertIn("Chaise 10 Units 10 Units 03/10/2026", text)
        user.lang, self.partner.lang = "fr_FR", "en_US"
        text = self.get_text(self._read("garage"))
        self.assertIn("Chaise 10 Unités 10 Unités 10/03/2026", text)
        content = self._read(
            "garage", f"/my/open-orders/{self.company.id}/xlsx"
        ).content
        sheet = load_workbook(BytesIO(content)).active
        cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
        self.assertIn("Unités", cells)
        self.assertNotIn("Units", cells)

    def test_what_somebody_typed_is_text(self):
        evil = "<script>alert(1)</script>"
        order = self.sell(2, promise="2026-03-10", client_order_ref=evil)
        order.order_line.name = f"{evil}\n=cmd|' /C calc'!A0"
        page = self._read("garage")
        self.assertNotIn(evil, page.text)
        self.assertEqual(self.get_text(page).count(evil), 2)

    def test_orders_in_several_currencies(self):
        self.env.ref("base.USD").active = True
        dollars = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": self.env.ref("base.USD").id}
        )
        self.sell(2, promise="2026-03-10", pricelist_id=dollars.id)
        content = self._read(
            "garage", f"/my/open-orders/{self.company.id}/xlsx"
        ).content
        sheet = load_workbook(BytesIO(content)).active
        formats = {
            cell.number_format
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, (int, float))
            and "0.00 " in cell.number_format
            or "$" in cell.number_format
        }
        self.assertEqual({"€" in each for each in formats}, {True, False})

    def test_contact_of_a_contact_reads_what_the_company_has(self):
        site = self.env["res.partner"].create(
            {"name": "Atelier", "parent_id": self.partner.id, "type": "delivery"}
        )
        user = self.env["res.users"].search([("login", "=", "newcomer")])
        user.partner_id.parent_id = site
        ordered = self.sell(1, promise="2026-03-10", partner_id=site.id)
        text = self.get_text(self._read("newcomer"))
        for order in (self.order, ordered):
            self.assertIn(order.name, text)
        self.assertNotIn(self.foreign.name, text)

    def test_subsidiary_that_is_a_company_of_its_own_sees_only_its_own(self):
        daughter = self.env["res.partner"].create(
            {"name": "Fille", "parent_id": self.partner.id, "is_company": True}
        )
        user = self.env["res.users"].search([("login", "=", "newcomer")])
        user.partner_id.parent_id = daughter
        order = self.sell(1, promise="2026-03-10", partner_id=daughter.id)
        text = self.get_text(self._read("newcomer"))
        self.assertIn(order.name, text)
        self.assertNotIn(self.order.name, text)
