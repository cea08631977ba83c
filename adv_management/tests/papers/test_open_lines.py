from odoo.tests import tagged

from .common import PapersCommon


@tagged("post_install", "-at_install")
class TestOpenLines(PapersCommon):
    """What a customer may know of what is still to be shipped."""

    def lines(self, *customers, today="2026-03-04 10:00:00", company=None, user=None):
        customers = self.env["res.partner"].union(*(customers or (self.partner,)))
        with self.act(today):
            return customers.with_user(user or self.env.user)._adv_get_open_order_lines(
                company or self.company
            )

    def statuses(self, today):
        return [line.status for line in self.lines(today=f"{today} 10:00:00")]

    def test_a_line_tells_what_was_ordered_shipped_and_promised(self):
        order = self.sell(10, promise="2026-03-10", client_order_ref="PO 778")
        self.deliver(order, 4, at="2026-03-03 09:00:00")
        [line] = self.lines()
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

    def test_what_was_invoiced_is_told(self):
        self.open_books()
        self.product.invoice_policy = "order"
        order = self.sell(10, promise="2026-03-10")
        order._create_invoices()
        self.assertEqual(self.lines()[0].qty_invoiced, 10)

    def test_quantities_are_in_the_unit_of_the_order(self):
        order = self.sell(10, promise="2026-03-10", confirm=False)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        with self.act("2026-03-02 08:00:00"):
            order.action_confirm()
            self._run_engine()
        self.deliver(order, 36, at="2026-03-03 09:00:00")
        [line] = self.lines()
        self.assertEqual(
            (line.unit, line.qty_ordered, line.qty_shipped, line.qty_open),
            ("Dozens", 10, 3, 7),
        )

    def test_what_was_cut_is_not_open(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 4, at="2026-03-03 09:00:00", backorder=False)
        self.assertEqual(self.lines(), [])

    def test_delivered_cancelled_and_unconfirmed_orders_are_not_open(self):
        self.deliver(self.sell(10), at="2026-03-03 09:00:00")
        self.sell(10, confirm=False)
        cancelled = self.sell(10)
        with self.act("2026-03-03 09:00:00"):
            cancelled._action_cancel()
            self._run_engine()
        self.assertEqual(self.lines(), [])

    def test_a_prediction_nobody_approved_is_not_told(self):
        short = self._create_product("Armoire", stock=0)
        order = self.sell((short, 5), promise="2026-03-10")
        self.assertEqual(order.adv_commitment_ids.status, "will_be_late")
        [line] = self.lines()
        self.assertEqual((line.status, line.date_announced), ("confirmed", None))
        self.assertEqual(self.statuses("2026-03-10"), ["confirmed"])
        self.assertEqual(self.statuses("2026-03-11"), ["late"])

    def test_a_date_that_was_announced_is_told(self):
        order = self.sell(10, promise="2026-03-10")
        self.env.cr.execute(
            "UPDATE adv_commitment SET date_announced = %s WHERE order_id = %s",
            ["2026-03-20", order.id],
        )
        self.env.invalidate_all()
        [line] = self.lines()
        self.assertEqual((str(line.date), line.status), ("2026-03-20", "new_date"))
        self.assertEqual(self.statuses("2026-03-20"), ["new_date"])
        self.assertEqual(self.statuses("2026-03-23"), ["late"])

    def test_today_is_the_company_s(self):
        self.sell(10, promise="2026-03-10")
        [line] = self.lines(today="2026-03-10 22:30:00")  # 23:30 in Paris
        self.assertEqual(line.status, "confirmed")
        [line] = self.lines(today="2026-03-10 23:30:00")
        self.assertEqual(line.status, "late")

    def test_orders_of_all_contacts_are_the_customer_s(self):
        agnes = self.contact("Agnes")
        self.sell(10, partner_id=agnes.id)
        self.sell(10, partner_id=self.other.id)
        self.assertEqual([line.partner_id for line in self.lines()], self.partner.ids)
        self.assertEqual(len(self.lines(agnes)), 1)

    def test_another_company_s_orders_stay_its_own(self):
        self.sell(10)
        other = self.env["res.company"].create({"name": "Delorme Belgique"})
        self.env.user.company_ids += other
        self.assertEqual(self.lines(company=other), [])

    def test_salespeople_read_the_lines_of_their_customers_only(self):
        luc = self._create_user("luc", "sales_team.group_sale_salesman")
        self.sell(10, user_id=luc.id, partner_id=self.other.id)
        self.sell(10, user_id=self.paule.id)
        lines = self.lines(self.partner, self.other, user=luc)
        self.assertEqual([line.partner_id for line in lines], self.other.ids)
        self.assertEqual(len(self.lines(self.partner, self.other, user=self.paule)), 2)

    def test_many_customers_cost_as_many_queries_as_one(self):
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(20)]
        )
        for customer in customers:
            self.sell(1, 2, partner_id=customer.id)
        counts = []
        for some in (customers[:1], customers):
            self.lines(*some)
            before = self.env.cr.sql_log_count
            lines = self.lines(*some)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(lines), 2 * len(some))
        self.assertEqual(*counts)
