from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestChannel(HttpCase):
    """An order is *entered by hand* only when a person saved it at a screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(cls.env, "assistant", "adv_management.group_adv_user")
        cls.partner = cls.env["res.partner"].create({"name": "Garage Martin"})

    def _call(self, method, *args, **kwargs):
        self.authenticate("assistant", "assistant")
        params = {"model": "sale.order", "method": method, "args": args}
        path = f"/web/dataset/call_kw/sale.order/{method}"
        return self.make_jsonrpc_request(path, {**params, "kwargs": kwargs})

    def _orders(self):
        return self.env["sale.order"].search([("partner_id", "=", self.partner.id)])

    def test_an_order_saved_at_the_screen_is_entered_by_hand(self):
        vals = {"partner_id": self.partner.id}
        self._call("web_save", [], vals, specification={"adv_channel": {}})
        self.assertEqual(self._orders().adv_channel, "manual")

    def test_an_order_made_by_a_program_does_not_show_its_channel(self):
        self._call("create", [{"partner_id": self.partner.id}])
        self.assertFalse(self._orders().adv_channel)

    def test_a_duplicated_order_is_entered_by_hand(self):
        order = self.env["sale.order"].create({"partner_id": self.partner.id})
        self._call("copy", order.ids)
        self.assertEqual((self._orders() - order).adv_channel, "manual")
