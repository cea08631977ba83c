"""Controls and entry errors, as people of the desk meet them in a real browser."""

from odoo.tests import HttpCase, tagged

from ..control.common import ControlCase
from ..entry_error.common import ErrorCase


@tagged("post_install", "-at_install")
class TestControlTour(ControlCase, HttpCase):
    """Paule is stopped and asks, Marc waives, Paule confirms."""

    def test_stopped_order_is_asked_for_waived_and_confirmed(self):
        self.marc.name, self.paule.name = "Marc", "Paule"
        for code in ("price", "vat"):
            self.set_blocking(code)
        self.own(False, method="manual", name="Signed by the customer")
        self.partner.write(
            {"is_company": True, "country_id": self.env.ref("base.fr").id}
        )
        order = self.quote(3)
        order.order_line.price_unit = 8
        url = f"/odoo/action-sale.action_quotations/{order.id}"

        self.start_tour(url, "adv_control_ask", login="paule")
        price = self.get_results(order, "failed").filtered("requested_by_id")
        self.assertEqual(price.requested_by_id, self.paule)
        self.assertEqual(order.activity_ids.user_id, self.marc)
        self.assertEqual(order.state, "draft")

        self.start_tour(url, "adv_control_waive", login="marc")
        self.assertEqual((price.state, price.waived_by_id), ("waived", self.marc))
        self.assertFalse(order.activity_ids)

        self.start_tour(url, "adv_control_confirm", login="paule")
        self.assertEqual((order.state, order.adv_is_parked), ("sale", False))


@tagged("post_install", "-at_install")
class TestEntryErrorTour(ErrorCase, HttpCase):
    """Marie says of what was corrected after the confirmation what it is."""

    def test_manager_classifies_suspicions_with_one_click_each(self):
        found = {}
        for number in (1, 2, 3):
            order = self.sell_as(self.anna, 5)
            self.correct(order, client_order_ref=f"PO-{number}")
            found[number] = self.find(order)
        self.start_tour("/odoo", "adv_entry_error_classify", login="marie")
        self.assertEqual(
            [found[number].state for number in (1, 2, 3)],
            ["confirmed", "customer_change", "rejected"],
        )
        self.assertEqual(sum(each.confirmed_count for each in found.values()), 1)
