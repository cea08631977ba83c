"""Deliveries that leave all at once: no line goes before the last of them."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ...models.commitment import queries
from ..common import AdvCommon


class _Together(AdvCommon):
    """Plenty of the first product; of the second nothing until 25 March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scarce = cls._create_product("Oak table", stock=0)

    def sell_both(self, policy="one", **vals):
        """Return the delivery of both, promised 20 March, and their commitments."""
        order = self.sell(
            5,
            (self.scarce, 3),
            promise="2026-03-20",
            picking_policy=policy,
            **vals,
        )
        return order.picking_ids, *order.adv_commitment_ids.sorted("id")

    def expect(self, day="2026-03-25"):
        return self.receive(self.scarce, 3, day)


@tagged("post_install", "-at_install")
class TestTogether(_Together):
    def test_what_is_there_leaves_with_the_last(self):
        receipt = self.expect()
        _picking, ready, waiting = self.sell_both()
        for commitment in (ready, waiting):
            self.assertCommitment(
                commitment,
                status="will_be_late",
                date_predicted="2026-03-25",
                evidence_move_id=receipt,
                cause_id=self.env.ref("adv_management.adv_delay_cause_supplier"),
            )
        with self.act("2026-03-03 08:00:00"):
            words, others = ready.explanation, waiting.explanation
        self.assertEqual(
            words,
            "Promised March 20, planned for March 25: 3 working days too late. "
            "5 still to deliver. Leaves together with Oak table. "
            f"Out of stock. Waits for receipt {receipt.picking_id.name}, due March 25.",
        )
        self.assertNotIn("together", others)

    def test_without_supply_for_one_there_is_none_for_all(self):
        _picking, ready, waiting = self.sell_both()
        for commitment in (ready, waiting):
            self.assertCommitment(
                commitment,
                status="will_be_late",
                date_predicted=False,
                evidence_move_id=self.env["stock.move"],
                cause_id=self.env.ref("adv_management.adv_delay_cause_shortage"),
            )
        self.assertEqual(
            ready.explanation,
            "Promised March 20. 5 still to deliver. Leaves together with Oak table. "
            "Out of stock. Nothing is on order.",
        )

    def test_supply_of_one_moves_all(self):
        receipt = self.expect()
        _picking, ready, _waiting = self.sell_both()
        with self.act("2026-03-03 08:00:00"):
            receipt.date = "2026-03-18 10:00:00"
            self._run_engine()
        self.assertCommitment(ready, status="on_time", date_predicted="2026-03-18")
        with self.act("2026-03-04 08:00:00"):
            receipt.date = "2026-03-19 10:00:00"
            self._run_engine()
        self.assertCommitment(ready, status="at_risk", date_predicted="2026-03-19")

    def test_what_leaves_as_soon_as_possible_is_not_tied(self):
        self.expect()
        _picking, ready, waiting = self.sell_both("direct")
        self.assertCommitment(ready, status="on_time", date_predicted="2026-03-20")
        self.assertNotIn("together", ready.explanation)
        self.assertCommitment(waiting, date_predicted="2026-03-25")

    def test_policy_of_the_transfer_counts(self):
        self.expect()
        picking, ready, _waiting = self.sell_both()
        with self.act("2026-03-03 08:00:00"):
            picking.move_type = "direct"
            self._run_engine()
        self.assertCommitment(ready, status="on_time", date_predicted="2026-03-20")
        with self.act("2026-03-03 09:00:00"):
            picking.move_type = "one"
            self._run_engine()
        self.assertCommitment(ready, status="will_be_late", date_predicted="2026-03-25")

    def test_backorder_unties(self):
        self.expect()
        third = self._create_product("Ash chair", stock=10)
        order = self.sell(
            5,
            (self.scarce, 3),
            (third, 2),
            promise="2026-03-20",
            picking_policy="one",
        )
        ready, waiting, rest = order.adv_commitment_ids.sorted("id")
        self.deliver(order, [5, 0, 0], at="2026-03-04 09:00:00")
        self.assertCommitment(ready, status="delivered", date_delivered="2026-03-04")
        self.assertCommitment(waiting, date_predicted="2026-03-25")
        self.assertCommitment(rest, status="will_be_late", date_predicted="2026-03-25")
        split = order.picking_ids.filtered(lambda each: each.state != "done").copy(
            {"move_ids": []}
        )
        with self.act("2026-03-04 10:00:00"):
            rest.sale_line_id.move_ids.picking_id = split
            self._run_engine()
        self.assertCommitment(rest, status="on_time", date_predicted="2026-03-20")

    def test_part_of_the_last_line_that_stays_behind_holds_nobody(self):
        self._set_stock(self.scarce, 1)
        self.receive(self.scarce, 2, "2026-03-25")
        _picking, ready, waiting = self.sell_both()
        self.deliver(ready.order_id, [5, 1], at="2026-03-04 09:00:00")
        self.assertCommitment(ready, status="delivered", date_delivered="2026-03-04")
        self.assertCommitment(
            waiting, status="will_be_late", date_predicted="2026-03-25", qty_open=2
        )

    def test_cancelled_line_holds_nobody(self):
        _picking, ready, waiting = self.sell_both()
        with self.act("2026-03-04 09:00:00"):
            waiting.sale_line_id.move_ids._action_cancel()
            self._run_engine()
        self.assertCommitment(ready, status="on_time", date_predicted="2026-03-20")

    def test_other_warehouse_is_not_tied(self):
        other = self.env["stock.warehouse"].create(
            {"name": "South", "code": "SOU", "company_id": self.company.id}
        )
        order = self.sell(
            5,
            (self.scarce, 3),
            promise="2026-03-20",
            picking_policy="one",
            confirm=False,
        )
        order.order_line[1].warehouse_id = other
        with self.act("2026-03-02 08:00:00"):
            order.action_confirm()
            self._run_engine()
        self.assertEqual(len(order.picking_ids), 2)
        ready, waiting = order.adv_commitment_ids.sorted("id")
        self.assertCommitment(ready, status="on_time", date_predicted="2026-03-20")
        self.assertCommitment(waiting, status="will_be_late", date_predicted=False)

    def test_orders_in_one_transfer_are_tied(self):
        self.expect()
        first = self.sell(5, promise="2026-03-20", picking_policy="one")
        second = self.sell((self.scarce, 3), promise="2026-03-20", picking_policy="one")
        ready = first.adv_commitment_ids
        self.assertCommitment(ready, status="on_time")
        with self.act("2026-03-03 08:00:00"):
            first.picking_ids.move_ids.picking_id = second.picking_ids
            self._run_engine()
        self.assertCommitment(ready, status="will_be_late", date_predicted="2026-03-25")

    def test_taking_a_line_out_of_the_transfer_unties(self):
        _picking, ready, waiting = self.sell_both()
        with self.act("2026-03-03 08:00:00"):
            moves = waiting.sale_line_id.move_ids
            moves._action_cancel()
            moves.unlink()
            self._run_engine()
        self.assertCommitment(ready, status="on_time", date_predicted="2026-03-20")

    def test_line_held_by_a_user_ties_all_the_same_and_follows_later(self):
        receipt = self.expect()
        _picking, ready, waiting = self.sell_both()
        commitments = self.env["adv.commitment"]
        with (
            self.act("2026-03-03 08:00:00"),
            patch.object(type(commitments), "_take_mates", lambda *args: []),
        ):
            receipt.date = "2026-03-27 10:00:00"
            self.env.cr.flush()
            self.env.cr.execute("DELETE FROM adv_commitment_todo")
            commitments._touch(ready.sale_line_id.ids)
            self._run_engine()
        self.assertCommitment(ready, date_predicted="2026-03-27")
        self.assertCommitment(waiting, date_predicted="2026-03-25")
        with self.act("2026-03-03 09:00:00"):
            commitments._touch(ready.sale_line_id.ids)
            self._run_engine()
        self.assertCommitment(waiting, date_predicted="2026-03-27")

    def test_batches_of_one_come_to_an_end(self):
        self.expect()
        _picking, ready, waiting = self.sell_both()
        commitments = self.env["adv.commitment"]
        with self.act("2026-03-03 08:00:00"):
            commitments._touch((ready + waiting).sale_line_id.ids)
            self.env.cr.flush()
            rounds = iter(range(20))
            while next(rounds) < 19 and commitments._drain(1):
                pass
        self.assertLess(next(rounds), 6)


@tagged("post_install", "-at_install")
class TestTogetherInThreeSteps(_Together):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse.delivery_steps = "pick_pack_ship"

    def test_pick_ties_until_it_is_split(self):
        self.expect()
        _picking, ready, waiting = self.sell_both()
        self.assertCommitment(ready, status="will_be_late", date_predicted="2026-03-25")
        self.deliver(ready.order_id, [5, 0], at="2026-03-04 09:00:00")
        self.assertCommitment(ready, status="on_time", date_predicted="2026-03-04")
        self.assertCommitment(
            waiting, status="will_be_late", date_predicted="2026-03-25"
        )

    def test_a_long_delivery_grows_no_faster_than_pairs_of_its_lines(self):
        """Whatever the planner believes: statistics are old where much was sold."""
        for way in ("hashjoin", "mergejoin", "indexscan", "bitmapscan", "hashagg"):
            self.env.cr.execute(f"SET LOCAL enable_{way} = off")
        few, many = (self.read_rows(number) for number in (20, 80))
        for name, rows in few.items():
            # tables of 100 lines after 20: pairs are 25 times as many, triples 125
            self.assertLess(many[name], 32 * rows, name)

    def read_rows(self, number):
        """Return how many rows each statement meets for a delivery of so many lines."""
        lines = [(self.scarce, 1)] * number
        order = self.sell(*lines, promise="2026-03-20", picking_policy="one")
        self.env.flush_all()
        ids = order.adv_commitment_ids.ids
        which = SQL("commitment.id = ANY(%s)", ids)
        statements = {
            "mates": queries.mates(which),
            "latest": queries.latest_mates(ids),
        }
        return {name: self.count_rows(asked) for name, asked in statements.items()}

    def count_rows(self, statement):
        self.env.cr.execute(
            SQL("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) %s", statement)
        )
        [[[plan]]] = self.env.cr.fetchall()
        waiting, total = [plan["Plan"]], 0
        while waiting:
            node = waiting.pop()
            waiting += node.get("Plans", ())
            rows = node["Actual Rows"] + sum(
                node.get(f"Rows Removed by {what}", 0)
                for what in ("Filter", "Join Filter")
            )
            total += rows * node["Actual Loops"]
        return total
