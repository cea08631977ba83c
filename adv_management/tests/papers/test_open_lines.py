from odoo import Command
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestOpenLines(AdvCommon):
    """What a customer may know of what is still to be shipped."""

    def read(self, *customers, today="2026-03-04 10:00:00", company=None):
        customers = self.env["res.partner"].union(*(customers or (self.partner,)))
        with self.act(today):
            return customers._adv_get_open_order_lines(company or self.company)

    def test_a_line_tells_what_was_ordered_shipped_and_promised(self):
        order = self.sell(10, promise="2026-03-10", client_order_ref="PO 778")
        self.deliver(order, 4, at="2026-03-03 09:00:00")
        [line] = self.read()
        self.assertEqual(
            (line.order_name, line.customer_reference, line.product, line.unit),
            (order.name, "PO 778", "Chaise", "Units"),
        )
        self.assertEqual(
            (line.qty_ordered, line.qty_shipped, line.qty_open, line.qty_invoiced),
            (10, 4, 6, 0),
        )
        self.assertEqual((line.amount_open, line.basis), (60, "departure"))
        self.assertEqual(
            (str(line.date_promise), line.date_announced, line.status),
            ("2026-03-10", None, "partly_shipped"),
        )

    def test_invoiced_is_told(self):
        order = self.sell(10, promise="2026-03-10")
        order.order_line.qty_delivered = 0
        order.order_line.product_id.invoice_policy = "order"
        order._create_invoices()
        self.assertEqual(self.read()[0].qty_invoiced, 10)
