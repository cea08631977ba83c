"""The promises of an order on its own screens, for everybody who opens it."""

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestOrderScreen(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assistant = cls._create_user("assistant", "adv_management.group_adv_user")
        cls.late = cls.sell(10, 5, promise="2026-03-10")
        cls.refresh("2026-03-12")

    def test_whoever_may_open_an_order_may_see_how_it_stands(self):
        for group in (
            "account.group_account_readonly",
            "account.group_account_invoice",
            "sales_team.group_sale_salesman_all_leads",
            "adv_management.group_adv_user",
        ):
            with self.subTest(group=group):
                login = group.partition(".")[2]
                user = self._create_user(login, "base.group_user", group)
                order = self.late.with_user(user)
                self.env.invalidate_all()
                form = Form(order)
                self.assertEqual(form.adv_commitment_status, "late")
                self.assertEqual(
                    str(order.order_line[0].adv_date_promise), "2026-03-10"
                )

    def test_promises_are_counted_open_and_in_all(self):
        self.deliver(self.late, [10, 0], at="2026-03-12 10:00:00")
        self.assertEqual(self.late.adv_commitment_open_count, 1)
        self.assertEqual(self.late.adv_commitment_count, 2)

    def test_promised_date_is_not_typed_over(self):
        form = Form(self.late.with_user(self.assistant))
        with self.assertRaisesRegex(AssertionError, "readonly"):
            form.commitment_date = "2026-03-20 10:00:00"

    def test_date_of_services_alone_stays_free(self):
        service = self.env["product.product"].create(
            {"name": "Pose", "type": "service"}
        )
        order = self.sell((service, 1), promise="2026-03-10")
        with Form(order.with_user(self.assistant)) as form:
            form.commitment_date = "2026-03-20 10:00:00"
        self.assertEqual(str(order.commitment_date), "2026-03-20 10:00:00")

    def test_change_promise_opens_on_what_is_left(self):
        self.deliver(self.late, [10, 0], at="2026-03-12 10:00:00")
        action = self.late.with_user(self.assistant).action_adv_change_promise()
        wizard = Form.from_action(self.env(user=self.assistant), action)
        self.assertEqual(
            wizard.commitment_ids[:],
            self.late.adv_commitment_ids.filtered(lambda promise: promise.qty_open),
        )

    def test_nothing_left_is_said(self):
        self.deliver(self.late, at="2026-03-12 10:00:00")
        with self.assertRaisesRegex(UserError, "nothing left to deliver"):
            self.late.with_user(self.assistant).action_adv_change_promise()

    def test_filters_of_the_orders(self):
        fine = self.sell(10, promise="2026-03-31")
        self.refresh("2026-03-12")
        self.change_promise(fine, "2026-04-02", "internal", at="2026-03-12 11:00:00")
        fine.partner_id = self.partner.copy({"adv_user_id": self.assistant.id})
        fine.adv_user_id = False
        orders = self.env["sale.order"].with_user(self.assistant)
        found = {
            name: orders.search(
                [("company_id", "=", self.company.id), *self._get_filter(name)]
            )
            for name in ("adv_late", "adv_will_be_late", "adv_mine")
        }
        self.assertEqual(found["adv_late"], self.late)
        self.assertEqual(found["adv_will_be_late"], fine)
        self.assertEqual(found["adv_mine"], fine)

    def _get_filter(self, name):
        """Return the domain of a filter of the orders' search view."""
        view = self.env["sale.order"].get_view(
            self.env.ref("sale.sale_order_view_search_inherit_sale").id, "search"
        )
        (node,) = etree.fromstring(view["arch"]).xpath(f"//filter[@name='{name}']")
        return safe_eval(node.get("domain"), {"uid": self.assistant.id})
