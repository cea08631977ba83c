from odoo.tests import tagged

from .common import PapersCommon

NOON = "2026-03-03 11:00:00"


@tagged("post_install", "-at_install")
class TestLongOrders(PapersCommon):
    """An order of many lines costs as many queries as one of few."""

    def count(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with self.act(NOON):
            action()
            self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def costs(self, make):
        self.count(make(1))
        return [self.count(make(number)) for number in (5, 105)]

    def sell_lines(self, number, **vals):
        return self.sell(*[1] * number, promise="2026-03-10", **vals)

    def test_acknowledgement(self):
        self.set_mode("manual")
        few, many = self.costs(
            lambda number: self.sell_lines(number)._adv_compose_acknowledgements
        )
        self.assertEqual(many, few)

    def test_open_order_report(self):
        def make(number):
            customer = self.env["res.partner"].create(
                {"name": f"C{number}", "email": f"c{number}@customer.example"}
            )
            self.sell_lines(number, partner_id=customer.id)
            return lambda: customer._adv_compose_open_orders(self.company)

        few, many = self.costs(make)
        self.assertEqual(many, few)

    def test_lines_on_the_portal(self):
        few, many = self.costs(
            lambda number: self.sell_lines(number)._adv_get_portal_lines
        )
        self.assertEqual(many, few)
