"""What the ledger costs the people who confirm and deliver."""

from unittest.mock import patch

from odoo.tests import tagged

from ..common import MONDAY, AdvCommon


@tagged("post_install", "-at_install")
class TestCost(AdvCommon):
    def _queries(self, action, record):
        """Return the number of queries of an action and of its commit."""
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action(record)
        self.env.cr.flush()
        return self.env.cr.sql_log_count - before

    def _extra(self, action, make, count=2):
        """Return the queries that the addon adds to an action, at their fewest."""
        Ledger = self.registry["adv.commitment"]
        Confirmation = self.registry["adv.order.confirmation"]
        costs = {True: [], False: []}
        for with_ledger in (True, False) * count:
            record = make()
            if with_ledger:
                costs[True].append(self._queries(action, record))
                continue
            with (
                patch.object(Ledger, "_touch", lambda *args, **kwargs: None),
                patch.object(Confirmation, "_stamp", lambda *args: None),
            ):
                costs[False].append(self._queries(action, record))
        return min(costs[True]) - min(costs[False])

    def _confirm(self, order):
        with self.act(MONDAY):
            order.action_confirm()

    def _ship(self, picking):
        with self.act("2026-03-09 09:00:00"):
            self._validate(picking)

    def _ready(self, lines):
        picking = self.sell(*[10] * lines, promise="2026-03-10").picking_ids
        picking.move_ids.picked = True
        return picking

    def test_confirmation_adds_at_most_five_queries(self):
        for lines in (1, 10):
            extra = self._extra(
                self._confirm,
                lambda count=lines: self.sell(
                    *[10] * count, promise="2026-03-10", confirm=False
                ),
            )
            self.assertLessEqual(extra, 5, f"{lines} lines")

    def test_confirming_many_orders_at_once_adds_at_most_five_queries(self):
        def make():
            return self.env["sale.order"].union(
                *(
                    self.sell(10, promise="2026-03-10", confirm=False)
                    for _order in range(10)
                )
            )

        self.assertLessEqual(self._extra(self._confirm, make), 5)

    def test_delivery_adds_at_most_five_queries(self):
        for lines in (1, 10):
            extra = self._extra(self._ship, lambda count=lines: self._ready(count))
            self.assertLessEqual(extra, 5, f"{lines} lines")

    def test_moves_without_an_order_cost_nothing(self):
        supplier = self.env.ref("stock.stock_location_suppliers")

        def make():
            picking = self.env["stock.picking"].create(
                {
                    "picking_type_id": self.warehouse.in_type_id.id,
                    "location_id": supplier.id,
                    "location_dest_id": self.warehouse.lot_stock_id.id,
                    "move_ids": [
                        (
                            0,
                            0,
                            {
                                "product_id": self.product.id,
                                "product_uom_qty": 5,
                                "location_id": supplier.id,
                                "location_dest_id": self.warehouse.lot_stock_id.id,
                            },
                        )
                    ],
                }
            )
            picking.action_confirm()
            picking.move_ids.write({"quantity": 5, "picked": True})
            return picking

        self.assertEqual(self._extra(self._ship, make), 0)

    def test_measuring_many_lines_takes_no_more_queries_than_one(self):
        few, many = (
            self.sell(10, promise="2026-03-10"),
            self.sell(*[10] * 30, promise="2026-03-10"),
        )
        Commitment = self.env["adv.commitment"]

        def measure(order):
            with self.act("2026-03-03 09:00:00"):
                Commitment._refresh(order.order_line.ids)

        measure(few)
        self.assertEqual(self._queries(measure, few), self._queries(measure, many))
