"""Orders confirmed before the addon came get the ledger they would have had."""

from odoo.tests import tagged

from ...models.commitment.queries.writing import MEASURED
from ..common import MONDAY, AdvCommon

PROMISED = (
    "sale_line_id",
    "partner_id",
    "product_uom_id",
    "warehouse_id",
    "currency_id",
    "date_confirmed",
    "date_first_promise",
    "date_headline",
    "date_promise",
    "qty_first_promise",
)
TODAY = "2026-03-18 09:00:00"


@tagged("post_install", "-at_install")
class TestHistory(AdvCommon):
    """What Odoo keeps, history finds again; what it does not keep is named below.

    Not kept: the quantity first ordered when the line was changed later, the date
    first promised when the order's date was changed later, lines lowered to zero, who
    asked for a change, and the day on which a done quantity was corrected.
    """

    def _relive(self, orders, today=TODAY):
        """Forget the ledger and fill it from history; return rows before and after."""
        names = [*PROMISED, *MEASURED]
        with self.act(today):
            self._run_engine()
            lived = orders.adv_commitment_ids.sorted("id").read(names, load=None)
            self._forget()
            self.env["adv.order.confirmation"].init()
            self.env["adv.commitment"]._fill_history()
        self.env.invalidate_all()
        found = orders.adv_commitment_ids.sorted("id").read(names, load=None)
        for row in lived + found:
            row.pop("id")
        return lived, found

    def _forget(self):
        self.env.flush_all()
        for table in (
            "adv_commitment_revision",
            "adv_commitment",
            "adv_commitment_todo",
            "adv_order_confirmation",
        ):
            self.env.cr.execute(f"DELETE FROM {table}")
        self.env.invalidate_all()

    def assertSameHistory(self, *orders, today=TODAY):
        lived, found = self._relive(self.env["sale.order"].union(*orders), today)
        self.assertTrue(lived)
        self.assertEqual(found, lived)

    # What history finds again ---------------------------------------------------------

    def test_open_orders(self):
        rare = self._create_product("Rare", stock=0)
        planned = self.sell(10, promise="2026-03-20")
        planned.picking_ids.scheduled_date = "2026-03-24 09:00:00"
        self.assertSameHistory(
            self.sell(10, promise="2026-03-20"),
            self.sell((rare, 10), promise="2026-03-19"),
            self.sell(10, promise="2026-03-17"),
            self.sell(10),
            planned,
        )

    def test_promises_by_lead_time(self):
        quick = self._create_product("Lamp", sale_delay=3)
        slow = self._create_product("Sofa", sale_delay=30)
        self.assertSameHistory(
            self.sell((quick, 1), (slow, 1)),
            self.sell((quick, 1), (slow, 1), picking_policy="one"),
        )

    def test_deliveries_early_late_and_in_parts(self):
        early, late, parts, open_part, beyond = (
            self.sell(10, promise="2026-03-10") for _order in range(5)
        )
        self.deliver(early, at="2026-03-06 09:00:00")
        self.deliver(late, at="2026-03-10 23:30:00")
        self.deliver(parts, 6, at="2026-03-09 09:00:00")
        self.deliver(parts, at="2026-03-12 09:00:00")
        self.deliver(open_part, 6, at="2026-03-09 09:00:00")
        self.deliver(beyond, 12, at="2026-03-09 09:00:00")
        self.assertSameHistory(early, late, parts, open_part, beyond)

    def test_cuts(self):
        refused, late, rest, late_rest, nothing = (
            self.sell(10, promise="2026-03-10") for _order in range(5)
        )
        self.deliver(refused, 8, at="2026-03-10 09:00:00", backorder=False)
        self.deliver(late, 8, at="2026-03-11 09:00:00", backorder=False)
        for order, at in ((rest, "2026-03-10"), (late_rest, "2026-03-12")):
            self.deliver(order, 8, at="2026-03-09 09:00:00")
            self.cancel_rest(order, at=f"{at} 09:00:00")
        self.cancel_rest(nothing, at="2026-03-09 09:00:00")
        self.assertSameHistory(refused, late, rest, late_rest, nothing)

    def test_returns_and_exchanges(self):
        returned, exchanged, early, waiting = (
            self.sell(10, promise="2026-03-10") for _order in range(4)
        )
        picking = self.deliver(returned, at="2026-03-09 09:00:00")
        self.take_back(picking, 10, at="2026-03-12 09:00:00")
        picking = self.deliver(exchanged, at="2026-03-09 09:00:00")
        self.take_back(picking, 3, at="2026-03-12 09:00:00", exchange=True)
        picking = self.deliver(early, 6, at="2026-03-05 09:00:00")
        self.take_back(picking, 2, at="2026-03-06 09:00:00", exchange=True)
        self.deliver(early, at="2026-03-10 09:00:00")
        picking = self.deliver(waiting, 6, at="2026-03-05 09:00:00")
        self.take_back(picking, 2, at="2026-03-06 09:00:00")
        self.assertSameHistory(returned, exchanged, early, waiting)

    def test_orders_cancelled_after_their_confirmation(self):
        early, late, part, done = (
            self.sell(10, promise="2026-03-10") for _order in range(4)
        )
        self.deliver(part, 6, at="2026-03-05 09:00:00")
        self.deliver(done, at="2026-03-09 09:00:00")
        for order, day in ((early, 6), (late, 12), (part, 10), (done, 12)):
            with self.act(f"2026-03-{day:02} 09:00:00"):
                order._action_cancel()
                self._run_engine()
        self.assertSameHistory(early, late, part, done)

    def test_deliveries_in_two_steps(self):
        self.warehouse.delivery_steps = "pick_ship"
        waiting, picked, split = (
            self.sell(10, promise="2026-03-20") for _order in range(3)
        )
        for order, qty in ((picked, 10), (split, 6)):
            with self.act("2026-03-09 09:00:00"):
                move = order.picking_ids.move_ids
                move.write({"quantity": qty, "picked": True})
                self._validate(order.picking_ids)
                self._run_engine()
        self.assertSameHistory(waiting, picked, split)

    def test_units_currencies_and_what_promises_nothing(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        service = self.env["product.product"].create(
            {"name": "Assembly", "type": "service"}
        )
        order = self.sell(2, (service, 1), promise="2026-03-20", confirm=False)
        order.order_line[0].write({"product_uom_id": dozen.id, "discount": 20})
        with self.act(MONDAY):
            order.action_confirm()
            self._run_engine()
        lived, found = self._relive(order)
        self.assertEqual(found, lived)
        self.assertEqual([row["qty_ordered"] for row in found], [24])

    def test_quotations_and_those_cancelled_before_confirmation_promised_nothing(self):
        draft = self.sell(10, promise="2026-03-10", confirm=False)
        lost = self.sell(10, promise="2026-03-10", confirm=False)
        lost._action_cancel()
        _lived, found = self._relive(draft | lost)
        self.assertFalse(found)

    def test_first_confirmation_is_found_in_the_messages(self):
        tracked = {"tracking_disable": False, "mail_notrack": False}
        order = self.sell(10, promise="2026-03-20", confirm=False)
        order = order.with_context(**tracked)
        for day in ("02", "06"):
            with self.act(f"2026-03-{day} 09:00:00"):
                order.action_confirm()
                self.env.cr.flush()
                if day == "02":
                    order._action_cancel()
                    self.env.cr.flush()
                    order.action_draft()
                self.env.cr.flush()
                self._run_engine()
        lived, found = self._relive(order)
        self.assertEqual(found, lived)
        self.assertEqual(str(found[0]["date_confirmed"]), "2026-03-02")

    # What Odoo does not keep ----------------------------------------------------------

    def test_quantity_changed_later_is_taken_for_the_first(self):
        raised, lowered = (self.sell(10, promise="2026-03-10") for _order in range(2))
        for order, qty in ((raised, 15), (lowered, 7)):
            with self.act("2026-03-05 09:00:00"):
                order.order_line.product_uom_qty = qty
                self._run_engine()
        _lived, found = self._relive(raised | lowered)
        self.assertEqual([row["qty_first_promise"] for row in found], [15, 7])
        self.assertEqual([row["qty_ordered"] for row in found], [15, 7])

    def test_date_changed_later_is_taken_for_the_first(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "accepted", at="2026-03-06 09:00:00")
        _lived, found = self._relive(order)
        self.assertEqual(str(found[0]["date_first_promise"]), "2026-03-17")

    # Afterwards -----------------------------------------------------------------------

    def test_history_is_filled_once(self):
        order = self.sell(10, promise="2026-03-10")
        self._relive(order)
        rows = order.adv_commitment_ids
        self.env["adv.commitment"]._fill_history()
        self.assertEqual(order.adv_commitment_ids, rows)
        self.assertEqual(len(rows), 1)

    def test_life_goes_on_from_history(self):
        order = self.sell(10, promise="2026-03-20")
        self.deliver(order, 8, at="2026-03-10 09:00:00")
        self._relive(order)
        with self.act("2026-03-19 09:00:00"):
            order.order_line.product_uom_qty = 12
            self._run_engine()
        self.deliver(order, at="2026-03-20 09:00:00")
        self.assertCommitment(
            order,
            qty_ordered=12,
            qty_first_promise=10,
            otif_count=1,
            status="delivered",
        )
