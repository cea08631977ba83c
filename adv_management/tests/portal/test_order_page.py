"""The order on Odoo's own portal page: whose it is, and what it tells of delivery."""

from odoo.tests import new_test_user, tagged

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestOrderPage(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.sell(10, promise="2026-03-10")
        cls.notify(cls.order, "2026-03-17")
        cls.customer = new_test_user(
            cls.env, "garage", "base.group_portal", company_id=cls.company.id
        )
        cls.customer.partner_id.parent_id = cls.partner
        cls.stranger = new_test_user(
            cls.env, "durand", "base.group_portal", company_id=cls.company.id
        )

    def _page(self, login=None, **params):
        self.authenticate(login, login)
        return self.url_open(f"/my/orders/{self.order.id}", params=params)

    def test_customer_who_is_logged_in_reads_both_dates(self):
        text = self.get_text(self._page("garage"))
        self.assertIn("Promised for 03/10/2026 New date: 03/17/2026", text)

    def test_holder_of_the_orders_link_reads_both_dates(self):
        page = self._page(access_token=self.order._portal_ensure_token())
        self.assertIn("New date: 03/17/2026", self.get_text(page))

    def test_prediction_stays_with_us(self):
        self.change_promise(
            self.order, "2026-03-26", "internal", at="2026-03-03 09:00:00"
        )
        self.assertCommitment(self.order, date_predicted="2026-03-26")
        text = self.get_text(self._page("garage"))
        self.assertIn("New date: 03/17/2026", text)
        self.assertNotIn("Promised for 03/26/2026", text)
        self.assertNotIn("New date: 03/26/2026", text)

    def test_delivered_line_tells_its_day(self):
        self.deliver(self.order, at="2026-03-16 09:00:00")
        text = self.get_text(self._page("garage"))
        self.assertIn("Delivered on 03/16/2026", text)
        self.assertNotIn("New date", text)

    def test_stranger_sees_nothing(self):
        for page in (self._page("durand"), self._page(), self._page(access_token="x")):
            self.assertNotIn(self.order.name, page.text)
            self.assertNotIn("03/17/2026", page.text)
