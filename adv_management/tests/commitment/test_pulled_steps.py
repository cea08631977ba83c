"""Several steps by pull rules: every transfer exists from the confirmation on."""

from odoo import Command
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestPulledSteps(AdvCommon):
    """Two steps as older databases have them: both transfers exist from the start."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        warehouse = cls.warehouse
        output, customers = (
            warehouse.wh_output_stock_loc_id,
            cls.env.ref("stock.stock_location_customers"),
        )
        output.active = warehouse.pick_type_id.active = True

        def pull(source, destination, picking_type, method):
            return Command.create(
                {
                    "name": picking_type.name,
                    "action": "pull",
                    "location_src_id": source.id,
                    "location_dest_id": destination.id,
                    "picking_type_id": picking_type.id,
                    "procure_method": method,
                    "propagate_cancel": True,
                }
            )

        ship, pick = warehouse.out_type_id, warehouse.pick_type_id
        cls.product.route_ids = cls.env["stock.route"].create(
            {
                "name": "Pick, then ship",
                "company_id": cls.company.id,
                "rule_ids": [
                    pull(output, customers, ship, "make_to_order"),
                    pull(warehouse.lot_stock_id, output, pick, "make_to_stock"),
                ],
            }
        )

    def _open(self, order):
        return order.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )

    def _validate_part(self, transfer, qty, *, at, backorder=True):
        with self.act(at):
            transfer.move_ids.write({"quantity": qty, "picked": True})
            self._validate(transfer, backorder)
            self._run_engine()

    def _transfers(self, order):
        """Return the pick and the shipment."""
        moves = order.order_line.move_ids
        ships = moves.filtered(lambda move: move.location_dest_id.usage == "customer")
        return (moves - ships).picking_id, ships.picking_id

    def test_goods_are_counted_once(self):
        order = self.sell(10, promise="2026-03-10")
        pick, ship = self._transfers(order)
        self.assertEqual((len(pick), len(ship)), (1, 1))
        self.assertCommitment(order, status="on_time", qty_open=10, qty_ordered=10)
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="on_time", qty_open=10)

    def test_pick_that_is_not_reserved_is_at_risk(self):
        order = self.sell(10, promise="2026-03-10")
        pick, _ship = self._transfers(order)
        with self.act("2026-03-09 08:00:00"):
            pick.do_unreserve()
            self._run_engine()
        self.assertCommitment(order, status="at_risk")

    def test_overdue_pick_is_at_risk(self):
        order = self.sell(10, promise="2026-03-10")
        pick, _ship = self._transfers(order)
        pick.scheduled_date = "2026-03-04 09:00:00"
        self.refresh("2026-03-05")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-10")

    def test_pick_planned_after_the_promise_will_be_late(self):
        order = self.sell(10, promise="2026-03-10")
        pick, _ship = self._transfers(order)
        pick.scheduled_date = "2026-03-12 09:00:00"
        self.refresh("2026-03-05")
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-12")

    def test_backorder_of_the_pick_refused(self):
        order = self.sell(10, promise="2026-03-10")
        pick, ship = self._transfers(order)
        self._validate_part(pick, 6, at="2026-03-05 09:00:00", backorder=False)
        self.assertCommitment(order, qty_open=10, qty_delivered=0)
        self._validate_part(ship, 6, at="2026-03-10 09:00:00", backorder=False)
        self.assertCommitment(
            order,
            status="delivered",
            qty_delivered=6,
            qty_open=0,
            on_time_count=1,
            in_full_count=0,
        )

    def test_delivered_in_two_parts(self):
        order = self.sell(10, promise="2026-03-10")
        for day, qty in (("05", 6), ("09", 4)):
            pick, ship = self._transfers(order)
            for transfer in (pick, ship):
                open_transfer = transfer & self._open(order)
                self._validate_part(open_transfer, qty, at=f"2026-03-{day} 09:00:00")
        self.assertCommitment(
            order, status="delivered", qty_delivered=10, qty_open=0, otif_count=1
        )
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_cancelled_transfers_are_cut_once(self):
        order = self.sell(10, promise="2026-03-10")
        self.cancel_rest(order, at="2026-03-06 09:00:00")
        self.assertCommitment(order, status="cancelled", due_count=0)
        self.assertEqual(
            order.adv_commitment_ids.revision_ids.mapped("qty_delta"), [-10]
        )
