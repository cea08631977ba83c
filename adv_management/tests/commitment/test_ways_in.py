"""Orders that come by other ways than the screen, dates written without an answer."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..common import MONDAY, AdvCommon


@tagged("post_install", "-at_install")
class TestWaysIn(AdvCommon):
    def _note(self, order, moment, user=None, at="2026-03-04 09:00:00"):
        """Write the delivery date as an import or another program does."""
        with self.act(at):
            order.with_user(user or self.env.user).commitment_date = moment
            self._run_engine()

    # Orders ---------------------------------------------------------------------------

    def test_quotation_signed_by_the_public_promises(self):
        public = self.env.ref("base.public_user")
        order = self.sell(10, promise="2026-03-10", confirm=False)
        with self.act(MONDAY):
            order.with_user(public).sudo()._validate_order()
            order.env.cr.flush()
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_promise="2026-03-10")

    def test_order_imported_as_confirmed_promises(self):
        order = self.sell(10, promise="2026-03-10", confirm=False, state="sale")
        self.assertCommitment(
            order, status="on_time", date_confirmed="2026-03-02", qty_open=10
        )
        self.deliver(order, at="2026-03-09 09:00:00")
        self.assertCommitment(order, otif_count=1)

    def test_many_orders_confirmed_at_once_promise_each_their_own(self):
        days = ["2026-03-10", "2026-03-11", "2026-03-12"]
        orders = self.env["sale.order"].union(
            *(self.sell(10, promise=day, confirm=False) for day in days)
        )
        with self.act(MONDAY):
            orders.action_confirm()
            self._run_engine()
        found = orders.sorted("id").adv_commitment_ids.sorted("id")
        self.assertEqual([str(row.date_first_promise) for row in found], days)

    def test_quotation_deleted_leaves_nothing_behind(self):
        order = self.sell(10, promise="2026-03-10", confirm=False)
        lines = order.order_line.ids
        order.unlink()
        self._run_engine()
        self.env.cr.execute(
            "SELECT 1 FROM adv_commitment WHERE sale_line_id = ANY(%s)", [lines]
        )
        self.assertFalse(self.env.cr.rowcount)

    def test_confirmation_that_fails_promises_nothing(self):
        order = self.sell(10, promise="2026-03-10", confirm=False)
        with self.act(MONDAY):
            with self.assertRaises(UserError):  # and goes back to its savepoint
                order.action_confirm()
                order.action_confirm()
            self.env.invalidate_all()
            self._run_engine()
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.adv_commitment_ids)

    def test_copy_of_an_order_promises_for_itself(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-05 09:00:00"):
            copy = order.copy()
            self.assertFalse(copy.adv_commitment_ids)
            copy.commitment_date = "2026-03-20 12:00:00"
            copy.action_confirm()
            self._run_engine()
        self.assertCommitment(copy, date_first_promise="2026-03-20")
        self.assertCommitment(order, date_first_promise="2026-03-10")

    def test_locked_order_changes_its_promise(self):
        order = self.sell(10, promise="2026-03-10")
        order.action_lock()
        self.change_promise(order, "2026-03-17", "accepted", at="2026-03-06 09:00:00")
        self.assertCommitment(order, date_promise="2026-03-17", status="on_time")

    # Dates written without an answer --------------------------------------------------

    def test_date_written_on_the_order_is_an_internal_change(self):
        salesman = self._create_user("luc", "sales_team.group_sale_salesman")
        order = self.sell(10, promise="2026-03-10", user_id=salesman.id)
        self._note(order, "2026-03-17 12:00:00", salesman)
        self.assertCommitment(
            order,
            date_first_promise="2026-03-10",
            date_headline="2026-03-10",
            date_promise="2026-03-10",
            date_announced=False,
        )
        self.assertRecordValues(
            order.adv_commitment_ids.revision_ids,
            [
                {
                    "source": "order",
                    "origin": "internal",
                    "is_accepted": False,
                    "user_id": salesman.id,
                }
            ],
        )
        self.refresh("2026-03-11")
        self.assertCommitment(order, status="late")

    def test_no_context_keeps_a_date_out_of_the_history(self):
        order = self.sell(10, promise="2026-03-10")
        for forged in (True, 1, "RECORDED"):
            context = {"adv_promise": forged, "adv_promise_recorded": forged}
            with self.act("2026-03-04 09:00:00"), self.subTest(forged):
                order.with_context(**context).commitment_date = "2026-03-17 12:00:00"
                self._run_engine()
                [revision] = order.adv_commitment_ids.revision_ids
                self.assertEqual(revision.source, "order")
                self.assertCommitment(order, date_promise="2026-03-10")

    def test_same_date_written_again_is_no_news(self):
        order = self.sell(10, promise="2026-03-10")
        for _sync in range(3):
            self._note(order, "2026-03-17 12:00:00")
        self._note(order, "2026-03-17 15:00:00")
        self.assertEqual(len(order.adv_commitment_ids.revision_ids), 1)

    def test_same_day_at_another_hour_is_no_change(self):
        order = self.sell(10, promise="2026-03-10")
        self._note(order, "2026-03-10 16:00:00")
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_date_cleared_on_the_order_keeps_the_promise(self):
        order = self.sell(10, promise="2026-03-10")
        self._note(order, False)
        self.assertCommitment(order, date_promise="2026-03-10")

    def test_date_written_after_delivery_is_not_noted(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, at="2026-03-12 09:00:00")
        self._note(order, "2026-03-17 12:00:00", at="2026-03-13 09:00:00")
        self.assertCommitment(order, on_time_count=0, date_promise="2026-03-10")
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_date_and_confirmation_in_one_write_are_one_promise(self):
        order = self.sell(10, confirm=False)
        with self.act(MONDAY):
            order.write({"state": "sale", "commitment_date": "2026-03-10 12:00:00"})
            self._run_engine()
        self.assertCommitment(order, date_first_promise="2026-03-10")
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_date_written_on_several_orders_at_once(self):
        orders = self.sell(10, promise="2026-03-10")
        orders |= self.sell(10, (self._create_product("Lamp"), 1), promise="2026-03-11")
        self._note(orders, "2026-03-17 12:00:00")
        revisions = orders.adv_commitment_ids.revision_ids
        self.assertEqual(len(revisions), 3)
        self.assertEqual(set(revisions.mapped("source")), {"order"})


@tagged("post_install", "-at_install")
class TestPortal(AdvCommon, HttpCase):
    def test_customer_who_signs_on_the_portal_gets_a_promise(self):
        order = self.sell(10, promise="2026-03-10", confirm=False)
        order.write(
            {"state": "sent", "require_signature": True, "require_payment": False}
        )
        order.validity_date = False
        token = order._portal_ensure_token()
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
            "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": token, "name": "Mr Martin", "signature": pixel},
        )
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")
        self._run_engine()
        self.assertCommitment(order, date_promise="2026-03-10", qty_open=10)


@tagged("post_install", "-at_install")
class TestDeclined(AdvCommon):
    def test_order_declined_after_confirmation_is_cancelled(self):
        public = self.env.ref("base.public_user")
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-04 09:00:00"):
            order.with_user(public).sudo()._action_cancel()
            self._run_engine()
        self.assertCommitment(order, status="cancelled", due_count=0)

    def test_other_programs_add_lines_by_commands(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-04 09:00:00"):
            order.write(
                {
                    "order_line": [
                        Command.update(order.order_line.id, {"product_uom_qty": 12}),
                        Command.create(
                            {"product_id": self.product.id, "product_uom_qty": 3}
                        ),
                    ]
                }
            )
            self._run_engine()
        rows = order.adv_commitment_ids.sorted("id")
        self.assertEqual(rows.mapped("qty_ordered"), [12, 3])
        self.assertEqual(rows.mapped("qty_first_promise"), [10, 3])
