"""Orders that a till settles: parked, not sent twice, and promises it keeps."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..hooks import post_init_hook, uninstall_hook
from .common import TillCommon

BIG = "[('amount_untaxed', '>', 50)]"
TUESDAY = "2026-03-03 09:00:00"


@tagged("post_install", "-at_install")
class TestTills(TillCommon):
    """The customer of a quotation comes to the shop, pays, and takes goods along."""

    def quote(self, *quantities, **vals):
        return self.sell(*quantities, promise="2026-03-13", confirm=False, **vals)

    def get_open(self, order):
        return sum(
            order.order_line.move_ids.filtered(
                lambda move: move.state not in ("done", "cancel")
            ).mapped("product_uom_qty")
        )

    # Parked ---------------------------------------------------------------------------

    def test_settled_order_is_parked_not_refused(self):
        self.own(BIG)
        order = self.quote(10)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.action_confirm()
        ticket = self.settle(order)
        self.assertEqual(ticket.state, "paid")
        self.assertEqual(
            (order.state, order.adv_is_parked, order.adv_channel), ("sale", True, "pos")
        )
        self.assertEqual(order.adv_control_result_ids.mapped("state"), ["failed"])

    def test_order_in_order_is_confirmed(self):
        self.own(BIG)
        order = self.quote(1)
        self.settle(order)
        self.assertEqual((order.state, order.adv_is_parked), ("sale", False))
        self.assertFalse(self.get_open(order))

    def test_channel_that_is_known_stays(self):
        order = self.quote(1, adv_channel="manual")
        self.settle(order)
        self.assertEqual(order.adv_channel, "manual")

    # Not sent twice -------------------------------------------------------------------

    def test_release_sends_nothing_of_what_the_till_handed_over(self):
        self.own(BIG)
        order = self.quote(10)
        self.settle(order)
        self.release(order, at=TUESDAY)
        self.assertFalse(order.adv_is_parked)
        self.assertFalse(order.order_line.move_ids)
        self.assertEqual(order.order_line.qty_delivered, 10)

    def test_release_sends_the_rest(self):
        self.own(BIG)
        order = self.quote(10, 5)
        self.settle(order, [4, 0])
        self.release(order, at=TUESDAY)
        self.assertEqual(order.order_line.move_ids.mapped("product_uom_qty"), [6, 5])
        self.deliver(order, at="2026-03-04 09:00:00")
        self.assertEqual(order.order_line.mapped("qty_delivered"), [10, 5])

    def test_release_counts_in_the_unit_of_the_order(self):
        self.own(BIG)
        order = self.quote(2)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self.settle(order, [18])
        self.release(order, at=TUESDAY)
        [move] = order.order_line.move_ids
        self.assertEqual(move.product_qty, 6)
        self.deliver(order, at="2026-03-04 09:00:00")
        self.assertCommitment(order, qty_delivered=24, status="delivered")

    def test_refunded_goods_are_not_sent_either(self):
        self.own(BIG)
        order = self.quote(10)
        ticket = self.settle(order)
        with self.act(TUESDAY):
            refund = self.env["pos.order"].browse(ticket.refund()["res_id"])
            self.env["pos.make.payment"].with_context(active_id=refund.id).create(
                {"amount": -100, "payment_method_id": self.cash.id}
            ).check()
        self.release(order, at="2026-03-04 09:00:00")
        self.assertFalse(order.order_line.move_ids)

    def test_goods_that_the_till_ships_later_are_sent_once(self):
        self.own(BIG)
        order = self.quote(10)
        ticket = self.settle(order, shipping_date="2026-03-12")
        self.assertCommitment(
            order, qty_open=10, qty_delivered=0, status="at_risk", is_hold=True
        )
        self.release(order, at=TUESDAY)
        self.assertFalse(self.get_open(order))
        self.assertCommitment(
            order, status="on_time", date_predicted="2026-03-12", qty_ordered=10
        )
        with self.act("2026-03-12 09:00:00"):
            ticket.picking_ids.move_ids.write({"quantity": 10, "picked": True})
            ticket.picking_ids.button_validate()
            self._run_engine()
        self.assertCommitment(
            order, status="delivered", date_delivered="2026-03-12", otif_count=1
        )

    def test_deposit_at_the_till_keeps_no_goods_back(self):
        self.own(BIG)
        order = self.quote(10)
        self.take_deposit(order, 30)
        self.assertEqual((order.state, order.adv_is_parked), ("sale", True))
        self.release(order, at=TUESDAY)
        self.assertEqual(self.get_open(order), 10)

    # Never stopped --------------------------------------------------------------------

    def test_deliveries_of_a_till_are_never_stopped(self):
        self.own("[('state', '!=', 'cancel')]", checkpoint="shipment")
        handed = self.settle(self.quote(2))
        self.assertEqual(handed.picking_ids.state, "done")
        later = self.settle(self.quote(2), shipping_date="2026-03-12")
        later.picking_ids.move_ids.write({"quantity": 2, "picked": True})
        later.picking_ids.button_validate()
        self.assertEqual(later.picking_ids.state, "done")

    def test_invoice_of_a_ticket_is_posted_and_its_result_kept(self):
        self.own(BIG, checkpoint="invoice")
        ticket = self.settle(self.quote(10), to_invoice=True)
        invoice = ticket.account_move
        self.assertEqual((invoice.state, invoice.amount_total), ("posted", 100))
        self.env["adv.control"]._run_pending()
        stopping = invoice.adv_control_result_ids.filtered(
            lambda result: result.severity == "blocking"
        )
        self.assertEqual(stopping.state, "failed")

    def test_ticket_that_is_invoiced_afterwards_is_not_stopped_either(self):
        self.own(BIG, checkpoint="invoice")
        ticket = self.settle(self.quote(10))
        ticket.action_pos_order_invoice()
        self.assertEqual(ticket.account_move.state, "posted")

    # Promises -------------------------------------------------------------------------

    def test_settled_order_is_delivered_on_the_day_of_its_ticket(self):
        order = self.quote(10)
        self.settle(order, at=TUESDAY)
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-03",
            qty_delivered=10,
            qty_open=0,
            otif_count=1,
        )
        self.refresh("2026-03-20")
        self.assertCommitment(order, status="delivered")

    def test_confirmed_order_that_a_till_settles_is_delivered(self):
        order = self.sell(10, promise="2026-03-13")
        self.settle(order, [4], at=TUESDAY)
        self.assertCommitment(order, qty_delivered=4, qty_open=6, status="on_time")
        self.deliver(order, at="2026-03-16 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-03-16",
            qty_on_time=4,
            on_time_count=0,
            in_full_count=1,
        )

    def test_stock_written_when_the_session_closes_is_delivered_with_the_ticket(self):
        self.company.point_of_sale_update_stock_quantities = "closing"
        self.session.update_stock_at_closing = True
        order = self.quote(10)
        ticket = self.settle(order, at=TUESDAY)
        self.assertFalse(ticket.picking_ids)
        self.assertCommitment(order, status="delivered", date_delivered="2026-03-03")

    def test_tickets_of_before_are_found_at_install_and_leave_with_us(self):
        order = self.quote(10)
        self.settle(order, at=TUESDAY)
        waiting = self.sell(5, promise="2026-03-13")
        with self.act("2026-03-16 09:00:00"):
            uninstall_hook(self.env)
        self.assertFalse(order.adv_commitment_ids)
        self.assertTrue(waiting.adv_commitment_ids)
        with self.act("2026-03-16 10:00:00"):
            post_init_hook(self.env)
            self._run_engine()
        self.assertCommitment(order, status="delivered", date_delivered="2026-03-03")
