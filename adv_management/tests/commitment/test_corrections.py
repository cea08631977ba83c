"""What people put right afterwards: done transfers, dates, products, links."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestCorrections(AdvCommon):
    def _delivered(self, at="2026-03-09 09:00:00", qty=None):
        order = self.sell(10, promise="2026-03-10")
        return order, self.deliver(order, qty, at=at)

    def _correct(self, records, at="2026-03-12 09:00:00", **vals):
        with self.act(at):
            records.write(vals)
            self._run_engine()

    def test_done_quantity_raised_on_the_detail(self):
        order, picking = self._delivered(qty=8)
        self._correct(picking.move_line_ids, quantity=9)
        self.assertCommitment(order, qty_delivered=9)

    def test_done_quantity_lowered_on_the_detail_is_missing(self):
        order, picking = self._delivered()
        self.assertCommitment(order, otif_count=1)
        self._correct(picking.move_line_ids, quantity=8)
        self.assertEqual(order.order_line.qty_delivered, 8)
        self.assertCommitment(
            order, qty_delivered=8, in_full_count=0, otif_count=0, on_time_count=0
        )

    def test_done_quantity_lowered_on_the_move(self):
        order, picking = self._delivered()
        self._correct(picking.move_ids, quantity=8)
        self.assertCommitment(order, qty_delivered=8, in_full_count=0, otif_count=0)

    def test_detail_added_to_a_done_transfer(self):
        order, picking = self._delivered(qty=8)
        detail = picking.move_line_ids
        with self.act("2026-03-12 09:00:00"):
            detail.copy(
                {"quantity": 1, "move_id": detail.move_id.id, "picking_id": picking.id}
            )
            self._run_engine()
        self.assertEqual(order.order_line.qty_delivered, 9)
        self.assertCommitment(order, qty_delivered=9)

    def test_date_of_the_transfer_corrected(self):
        order, picking = self._delivered(at="2026-03-11 09:00:00")
        self.assertCommitment(order, on_time_count=0, delay_days=1)
        self._correct(picking, date_done="2026-03-10 17:00:00")
        self.assertCommitment(
            order, date_delivered="2026-03-10", on_time_count=1, delay_days=0
        )

    def test_date_of_the_move_corrected(self):
        order, picking = self._delivered()
        self._correct(picking.move_ids, date="2026-03-11 09:00:00")
        self.assertCommitment(
            order, date_delivered="2026-03-11", on_time_count=0, delay_days=1
        )

    def test_refused_backorder_of_a_transfer_dated_back(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, 8, at="2026-03-10 09:00:00", backorder=False)
        self._correct(picking, date_done="2026-03-09 17:00:00")
        self.assertCommitment(order, qty_delivered=8, on_time_count=1, in_full_count=0)
        self.assertEqual(len(order.adv_commitment_ids.revision_ids), 1)

    def test_cancelled_moves_deleted(self):
        order = self.sell(10, promise="2026-03-10")
        self.cancel_rest(order, at="2026-03-04 09:00:00")
        self.assertCommitment(order, status="cancelled", qty_open=0)
        with self.act("2026-03-04 10:00:00"):
            order.picking_ids.move_ids.unlink()
            self._run_engine()
        self.assertCommitment(
            order, status="will_be_late", date_predicted=False, qty_open=10
        )

    def test_product_of_the_move_changed(self):
        order = self.sell(10, promise="2026-03-10")
        other = self._create_product("Substitute")
        with self.act("2026-03-04 09:00:00"):
            order.picking_ids.do_unreserve()
            order.picking_ids.move_ids.product_id = other
            self._run_engine()
        self.assertFalse(order.order_line.move_ids)
        self.assertCommitment(
            order, status="will_be_late", date_predicted=False, qty_open=10
        )

    def test_link_to_the_order_line_cleared(self):
        order, picking = self._delivered()
        self._correct(picking.move_ids, sale_line_id=False)
        self.assertCommitment(
            order, status="late", qty_delivered=0, date_delivered=False, otif_count=0
        )

    def test_link_to_another_order_line_moves_the_delivery(self):
        order, picking = self._delivered()
        other = self.sell(10, promise="2026-03-10")
        self._correct(
            picking.move_ids, at="2026-03-09 10:00:00", sale_line_id=other.order_line.id
        )
        self.assertCommitment(order, qty_delivered=0, date_delivered=False)
        self.assertCommitment(
            other, qty_delivered=10, date_delivered="2026-03-09", status="delivered"
        )

    def test_scrap_on_the_way_is_not_a_delivery(self):
        order = self.sell(10, promise="2026-03-10")
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.product.id,
                "scrap_qty": 2,
                "picking_id": order.picking_ids.id,
                "company_id": self.company.id,
                "location_id": self.warehouse.lot_stock_id.id,
            }
        )
        scrap.do_scrap()
        self.refresh("2026-03-04")
        self.assertCommitment(order, qty_delivered=0, qty_open=10)
