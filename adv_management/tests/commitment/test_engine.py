"""The engine: what waits is measured once, whatever stands in its way."""

from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import AdvCommon

DRAINING = "odoo.addons.adv_management.models.commitment.adv_commitment_draining"


@tagged("post_install", "-at_install")
class TestEngine(AdvCommon):
    def setUp(self):
        super().setUp()
        self.Commitment = self.env["adv.commitment"]

    def _waiting(self):
        """Return the ids of the lines that are noted, after the hooks have run."""
        return self._noted("sale_line_id")

    def _waiting_goods(self):
        """Return the ids of the products that are noted, after the hooks have run."""
        return self._noted("product_id")

    def _noted(self, name):
        self.env.cr.flush()
        column = SQL.identifier(name)
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM adv_commitment_todo WHERE %s IS NOT NULL ORDER BY id",
                column,
                column,
            )
        )
        return [row_id for (row_id,) in rows]

    def _orders(self, count, product=None):
        sold = (product or self.product, 10)
        return self.env["sale.order"].union(
            *(self.sell(sold, promise="2026-03-10") for _order in range(count))
        )

    def test_changes_wait_and_the_promise_does_not(self):
        order = self.sell(10, promise="2026-03-10", confirm=False)
        with self.act("2026-03-02 08:00:00"):
            order.action_confirm()
            self.assertEqual(set(self._waiting()), set(order.order_line.ids))
            self.assertEqual(set(self._waiting_goods()), set(self.product.ids))
        self.assertCommitment(
            order, date_promise="2026-03-10", qty_open=10, status="on_time"
        )

    def test_one_transaction_notes_a_line_once(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-03 09:00:00"):
            order.order_line.price_unit = 9
            order.order_line.product_uom_qty = 12
            order.picking_ids.scheduled_date = "2026-03-09 09:00:00"
            self.assertEqual(self._waiting(), order.order_line.ids)
            self.assertEqual(self._waiting_goods(), self.product.ids)

    def test_drained_once_and_for_all(self):
        orders = self._orders(3)
        self.assertFalse(self._waiting())
        with self.act("2026-03-03 09:00:00"):
            orders.order_line.product_uom_qty = 12
            self.assertEqual(len(self._waiting()), 3)
            self.assertEqual(self.Commitment._drain(100), 3)
            self.assertEqual(self.Commitment._drain(100), 0)
            self.Commitment._run_pending()
        self.assertEqual(len(orders.adv_commitment_ids.revision_ids), 3)

    def test_batch_smaller_than_what_waits(self):
        orders = self._orders(5)
        with self.act("2026-03-03 09:00:00"):
            orders.order_line.product_uom_qty = 12
            self.assertEqual(len(self._waiting()), 5)
            taken = [self.Commitment._drain(2) for _batch in range(4)]
        self.assertEqual(taken, [2, 2, 1, 0])
        self.assertEqual(orders.adv_commitment_ids.mapped("qty_ordered"), [12] * 5)

    def test_all_who_wait_for_the_goods_are_measured_again(self):
        scarce = self._create_product("Rare", stock=0)
        waiting = self.sell((scarce, 5), promise="2026-03-10")
        other = self.sell(5, promise="2026-03-10")
        with self.act("2026-03-03 09:00:00"):
            self.Commitment._touch_goods(scarce.ids)
            self.assertEqual(self._waiting_goods(), scarce.ids)
            self.Commitment._expand_goods()
            self.assertEqual(self._waiting(), waiting.order_line.ids)
            self.assertFalse(self._waiting_goods())
        self.assertNotIn(other.order_line.id, self._waiting())

    def test_what_has_reserved_all_it_needs_waits_for_no_goods(self):
        scarce = self._create_product("Rare", stock=8)
        served, waiting = (self.sell((scarce, 5), promise="2026-03-10") for _ in "ab")
        self.assertEqual(
            (served + waiting).picking_ids.move_ids.mapped("state"),
            ["assigned", "partially_available"],
        )
        with self.act("2026-03-03 09:00:00"):
            self.Commitment._touch_goods(scarce.ids)
            self._waiting_goods()
            self.Commitment._expand_goods()
            self.assertEqual(self._waiting(), waiting.order_line.ids)

    def test_who_waits_for_the_same_goods_is_drained_once_more(self):
        orders = self._orders(3, self._create_product("Rare", stock=1))
        with self.act("2026-03-03 09:00:00"):
            orders.order_line.product_uom_qty = 12
            self.assertEqual(len(self._waiting()), 3)
            # the three, and the three again as those who wait for the same goods
            self.assertEqual(self.Commitment._drain(100), 6)
            self.assertEqual(self.Commitment._drain(100), 0)
            self.Commitment._run_pending()
        self.assertEqual(len(orders.adv_commitment_ids.revision_ids), 3)

    def test_batch_smaller_than_who_waits_for_the_same_goods(self):
        orders = self._orders(5, self._create_product("Rare", stock=1))
        with self.act("2026-03-03 09:00:00"):
            orders.order_line.product_uom_qty = 12
            self.assertEqual(len(self._waiting()), 5)
            taken = [self.Commitment._drain(2) for _batch in range(6)]
        # the five, and the five again as those who wait for the same goods
        self.assertEqual(taken, [2, 2, 2, 2, 2, 0])
        self.assertEqual(orders.adv_commitment_ids.mapped("qty_ordered"), [12] * 5)

    def test_what_is_due_by_the_clock_is_taken_in_batches_too(self):
        orders = self._orders(5)
        with self.act("2026-03-11 09:00:00"):
            taken = [self.Commitment._drain(2) for _batch in range(4)]
        self.assertEqual(taken, [2, 2, 1, 0])
        self.assertEqual(set(orders.adv_commitment_ids.mapped("status")), {"late"})

    def test_change_that_waited_counts_from_the_day_it_was_made(self):
        order = self.sell(10, promise="2026-03-10")
        for day, price in (("09", 10), ("12", 9)):  # the engine stood still meanwhile
            with self.act(f"2026-03-{day} 09:00:00"):
                order.order_line.write({"product_uom_qty": 7, "price_unit": price})
                self._waiting()
        with self.act("2026-03-13 09:00:00"):
            self._run_engine()
        cut = order.adv_commitment_ids.revision_ids
        self.assertEqual((cut.qty_delta, str(cut.date_effective)), (-3, "2026-03-09"))

    def test_noted_line_without_commitment_disappears(self):
        order = self.sell(10, promise="2026-03-10", confirm=False)
        self.Commitment._touch(order.order_line.ids)
        self.assertEqual(self._waiting(), order.order_line.ids)
        self._run_engine()
        self.assertFalse(self._waiting())

    def test_noted_line_that_no_longer_exists_disappears(self):
        order = self.sell(10, promise="2026-03-10", confirm=False)
        self.Commitment._touch(order.order_line.ids)
        self.env.cr.flush()
        order.unlink()
        self._run_engine()
        self.assertFalse(self._waiting())

    def test_scheduled_action_drains_everything(self):
        orders = self._orders(3)
        cron = self.env.ref("adv_management.ir_cron_adv_refresh_commitments")
        with self.act("2026-03-11 09:00:00"):
            orders[0].order_line.product_uom_qty = 12
            self._waiting()
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(self._waiting())
        self.assertEqual(set(orders.adv_commitment_ids.mapped("status")), {"late"})

    def test_changed_promise_is_measured_at_once_and_nothing_else(self):
        orders = self._orders(2)
        with self.act("2026-03-11 09:00:00"):
            orders.order_line.product_uom_qty = 12
        self.change_promise(
            orders[0], "2026-03-17", "accepted", at="2026-03-11 10:00:00"
        )
        self.assertCommitment(orders[0], status="on_time", qty_ordered=12)
        self.assertIn(orders[1].order_line.id, self._waiting())
        self.assertCommitment(orders[1], status="on_time", qty_ordered=10)
        with self.act("2026-03-11 11:00:00"):
            self._run_engine()
        self.assertCommitment(orders[1], status="late", qty_ordered=12)
        for order in orders:
            self.assertEqual([cut[2] for cut in self.get_cuts(order)], [2])

    def test_change_wakes_the_scheduled_action(self):
        cron = self.env.ref("adv_management.ir_cron_adv_refresh_commitments")
        order = self.sell(10, promise="2026-03-10")
        before = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        order.order_line.product_uom_qty = 12
        self.env.cr.flush()
        after = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(after - before), 1)

    def _poison(self, order):
        """Make an order line impossible to measure (a division by zero)."""
        unit = self.env["uom.uom"].create({"name": "Broken"})
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE uom_uom SET factor = 0 WHERE id = %s", unit.id))
        self.env.cr.execute(
            SQL(
                "UPDATE adv_commitment SET product_uom_id = %s WHERE sale_line_id = %s",
                unit.id,
                order.order_line.id,
            )
        )
        self.env.invalidate_all()

    def test_line_that_cannot_be_measured_does_not_stop_the_others(self):
        orders = self._orders(4)
        self._poison(orders[1])
        # past midnight everywhere east of here: tomorrow must be tomorrow there too
        with self.act("2026-03-11 22:30:00"), mute_logger(DRAINING, "odoo.sql_db"):
            self.Commitment._run_pending()
        rows = orders.adv_commitment_ids
        broken = orders[1].adv_commitment_ids
        self.assertEqual(set((rows - broken).mapped("status")), {"late"})
        self.assertEqual(broken.status, "on_time")
        self.assertGreater(broken.date_next_check, date(2026, 3, 11))

    def test_unmeasurable_line_is_left_until_another_day_in_every_time_zone(self):
        self.calendar.tz = "Asia/Tokyo"
        order = self.sell(10, promise="2026-03-10")
        self._poison(order)
        with self.act("2026-03-11 22:30:00"), mute_logger(DRAINING, "odoo.sql_db"):
            self.assertEqual(self.Commitment._drain(10), 1)
            self.assertEqual(self.Commitment._drain(10), 0)

    def test_rows_held_by_another_run_are_left_to_it(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-03 09:00:00"):
            order.order_line.product_uom_qty = 12
            self._waiting()
        # a transaction of its own sees neither these rows nor their todo: it takes
        # nothing, and waits for nobody
        with self.registry.cursor() as other:
            taken = self.env(cr=other)["adv.commitment"]._drain(10)
        self.assertEqual(taken, 0)
        self.assertEqual(self._waiting(), order.order_line.ids)

    def test_orders_are_confirmed_without_the_scheduled_action(self):
        self.env.ref("adv_management.ir_cron_adv_refresh_commitments").unlink()
        order = self.sell(10, promise="2026-03-10")
        self.assertCommitment(order, status="on_time")

    def test_last_day_of_the_calendar_can_be_read_back(self):
        order = self.sell(10, promise="9999-12-31")
        order.picking_ids.move_ids.date = "9999-12-31 10:00:00"
        self.refresh("2026-03-03")
        order.adv_commitment_ids.invalidate_recordset()
        self.assertFalse(order.adv_commitment_ids.date_next_check)
        self.assertCommitment(order, status="on_time")

    def test_last_evening_of_the_calendar_stops_nobody(self):
        order = self.sell(10, promise="9999-12-31", confirm=False)
        order.commitment_date = "9999-12-31 23:59:59"
        order.action_confirm()
        self.refresh("2026-03-03")
        self.assertCommitment(order, date_promise="9999-12-31")
        wizard = self.env["adv.commitment.promise"].new(
            {"commitment_ids": order.adv_commitment_ids.ids, "date_new": "9999-12-31"}
        )
        self.assertEqual(wizard.closed_day_note, "")

    def test_change_of_a_user_deleted_since_is_kept(self):
        order = self.sell(10, promise="2026-03-10")
        line = order.order_line
        nobody = self.env["res.users"].search([], order="id desc", limit=1).id + 1000
        with self.act("2026-03-03 09:00:00"):
            line.product_uom_qty = 6
            self._waiting()
            self.Commitment._refresh(
                line.ids, seen=[(line.id, "2026-03-03 09:00:00", nobody)]
            )
        cut = order.adv_commitment_ids.revision_ids
        self.assertEqual(cut.qty_delta, -4)
        self.assertFalse(cut.user_id)
