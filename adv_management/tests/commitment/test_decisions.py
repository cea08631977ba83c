"""What people decide while the engine is at the promise: applied later, as of then."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestDecisions(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env.ref("adv_management.adv_delay_cause_supplier")
        cls.carrier = cls.env.ref("adv_management.adv_delay_cause_carrier")

    def held(self):
        """Have the engine hold every promise: nobody else gets one."""
        Ledger = self.registry["adv.commitment"]
        return patch.object(Ledger, "_lock_free", lambda self, line_ids: [])

    def change_while_held(self, records, date_new, answer, at, **vals):
        with self.held():
            self.change_promise(records, date_new, answer, at=at, **vals)

    def assertDates(self, record, headline, promise):
        self.assertCommitment(record, date_headline=headline, date_promise=promise)

    def _pending(self, order):
        return order.adv_revision_ids.filtered("is_pending")

    # Recorded at once, applied by the engine ------------------------------------------

    def test_change_waits_for_the_engine_and_is_said_to(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_while_held(
            order, "2026-03-17", "customer", at="2026-03-06 09:00:00"
        )
        self.assertDates(order, "2026-03-10", "2026-03-10")
        self.assertTrue(self._pending(order))
        self.assertIn("recorded", order.adv_commitment_ids.explanation)
        # what is Odoo's own has not waited
        self.assertEqual(str(order.commitment_date.date()), "2026-03-17")
        self.assertEqual(str(order.picking_ids.scheduled_date.date()), "2026-03-17")
        self.refresh("2026-03-06")
        self.assertDates(order, "2026-03-17", "2026-03-17")
        self.assertCommitment(order, date_announced="2026-03-17", status="on_time")
        self.assertFalse(self._pending(order))
        self.assertNotIn("recorded", order.adv_commitment_ids.explanation)

    def test_user_is_told_that_the_change_shows_later(self):
        order = self.sell(10, promise="2026-03-10")
        vals = {
            "commitment_ids": [Command.set(order.adv_commitment_ids.ids)],
            "date_new": "2026-03-17",
            "answer": "internal",
            "reason": "Test",
        }
        with self.act("2026-03-06 09:00:00"):
            wizard = self.env["adv.commitment.promise"].create(vals)
            with self.held():
                action = wizard.action_apply()
            self.assertEqual(action["tag"], "display_notification")
            self.assertEqual(
                action["params"]["next"], {"type": "ir.actions.act_window_close"}
            )
            self.assertEqual(
                wizard.action_apply(), {"type": "ir.actions.act_window_close"}
            )

    def test_promise_measured_since_the_users_transaction_began_is_left_alone(self):
        order = self.sell(10, promise="2026-03-10")

        def fail(_self, _line_ids):
            raise SerializationFailure("could not serialize access")

        with patch.object(self.registry["adv.commitment"], "_lock_free", fail):
            self.change_promise(
                order, "2026-03-17", "accepted", at="2026-03-06 09:00:00"
            )
        self.assertDates(order, "2026-03-10", "2026-03-10")
        self.refresh("2026-03-06")
        self.assertDates(order, "2026-03-10", "2026-03-17")

    def test_patience_of_the_user_for_others_is_left_as_it_was(self):
        lines = self.sell(10, promise="2026-03-10").order_line.ids
        self.env.cr.execute("SET LOCAL lock_timeout = '7s'")
        self.assertEqual(self.env["adv.commitment"]._measure_now(lines), lines)
        self.assertEqual(self.env.execute_query(SQL("SHOW lock_timeout")), [("7s",)])

    def test_cause_waits_for_the_engine(self):
        order = self.sell(10, promise="2026-03-10")
        with self.held(), self.act("2026-03-11 09:00:00"):
            order.adv_commitment_ids.cause_id = self.carrier
            self.assertFalse(order.adv_commitment_ids.cause_id)
        self.refresh("2026-03-11")
        self.assertCommitment(
            order, cause_id=self.carrier, is_cause_manual=True, status="late"
        )

    def test_cut_put_in_the_customers_name_waits_for_the_engine(self):
        order = self.sell(10, promise="2026-03-10")
        self.set_quantity(order, 6, "2026-03-04 09:00:00")
        with self.held(), self.act("2026-03-05 09:00:00"):
            order.adv_revision_ids.action_reclassify_as_customer()
        self.assertCommitment(order, qty_ordered=10)
        self.refresh("2026-03-05")
        self.assertCommitment(order, qty_ordered=6, qty_open=6)

    def test_date_on_the_order_is_applied_by_the_engine(self):
        self.product.sale_delay = 0
        order = self.sell(10)
        self.assertCommitment(order, status="unpromised")
        with self.act("2026-03-03 09:00:00"):
            order.commitment_date = "2026-03-12 12:00:00"
            self.assertTrue(self._pending(order))
        self.refresh("2026-03-03")
        self.assertDates(order, "2026-03-12", "2026-03-12")
        self.assertCommitment(order, date_first_promise="2026-03-12")

    # Who decided what -----------------------------------------------------------------

    def test_choice_of_a_cause_stays_in_the_history(self):
        user = self._create_user("desk", "adv_management.group_adv_user")
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-11 09:00:00"):
            for cause in (self.supplier, self.carrier, self.supplier.browse()):
                order.adv_commitment_ids.with_user(user).cause_id = cause
        history = order.adv_revision_ids.sorted("id")
        self.assertEqual(history.mapped("kind"), ["cause"] * 3)
        self.assertEqual(
            [each.cause_id for each in history],
            [self.supplier, self.carrier, self.supplier.browse()],
        )
        self.assertEqual(history.user_id, user)
        self.assertFalse(self._pending(order))
        self.assertCommitment(order, is_cause_manual=False, status="late")
        self.assertEqual(order.adv_commitment_ids.cause_id.code, "picking")

    def test_date_that_the_customer_was_told_moves_no_promise(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-06 09:00:00"):
            order.adv_commitment_ids._announce("2026-03-17", proof="mail")
        self.refresh("2026-03-06")
        self.assertDates(order, "2026-03-10", "2026-03-10")
        self.assertCommitment(order, date_announced="2026-03-17")

    # Several decisions ----------------------------------------------------------------

    def test_two_changes_are_applied_in_their_order(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_while_held(
            order, "2026-03-17", "accepted", at="2026-03-06 09:00:00"
        )
        self.change_while_held(
            order, "2026-03-20", "customer", at="2026-03-09 09:00:00"
        )
        self.refresh("2026-03-09")
        self.assertDates(order, "2026-03-20", "2026-03-20")
        dates = [str(each.date_old) for each in order.adv_revision_ids.sorted("id")]
        self.assertEqual(dates, ["2026-03-10", "2026-03-17"])

    def test_user_applies_what_waits_with_what_he_decides(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_while_held(
            order, "2026-03-17", "customer", at="2026-03-06 09:00:00"
        )
        self.change_promise(order, "2026-03-20", "accepted", at="2026-03-09 09:00:00")
        self.assertDates(order, "2026-03-17", "2026-03-20")
        self.assertFalse(self._pending(order))

    def test_decision_is_applied_once(self):
        order = self.sell(10, promise="2026-03-10")
        row = order.adv_commitment_ids
        self.change_promise(order, "2026-03-17", "customer", at="2026-03-06 09:00:00")
        self.env.cr.execute(
            "UPDATE adv_commitment SET date_promise = '2026-03-16' WHERE id = %s",
            [row.id],
        )
        row.invalidate_recordset()
        self.refresh("2026-03-09")
        self.env["adv.commitment"]._refresh(order.order_line.ids)
        self.assertDates(order, "2026-03-17", "2026-03-16")

    def test_decisions_from_before_the_upgrade_are_not_applied_again(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "customer", at="2026-03-06 09:00:00")
        # as the column comes in: empty; a promise that moved on since then
        self.env.cr.execute(
            "UPDATE adv_commitment_revision SET is_pending = NULL;"
            "UPDATE adv_commitment SET date_headline = '2026-03-10'"
        )
        self.env.invalidate_all()
        self.env["adv.commitment"]._refresh(order.order_line.ids)
        self.assertDates(order, "2026-03-10", "2026-03-17")

    def test_lines_of_one_order_share_the_date_though_one_is_held(self):
        order = self.sell(10, (self._create_product("Lamp"), 2), promise="2026-03-10")
        first, second = order.adv_commitment_ids.sorted("id")
        self.change_while_held(
            first, "2026-03-17", "accepted", at="2026-03-06 09:00:00"
        )
        self.assertEqual(str(order.commitment_date.date()), "2026-03-10")
        self.change_promise(second, "2026-03-17", "accepted", at="2026-03-06 10:00:00")
        self.assertEqual(str(order.commitment_date.date()), "2026-03-17")

    # Judged as of the decision --------------------------------------------------------

    def test_change_recorded_before_the_delivery_counts(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_while_held(
            order, "2026-03-17", "customer", at="2026-03-10 09:00:00"
        )
        self._deliver_unmeasured(order, at="2026-03-12 09:00:00")
        self.refresh("2026-03-13")
        self.assertDates(order, "2026-03-17", "2026-03-17")
        self.assertCommitment(order, on_time_count=1, first_on_time_count=1)

    def test_change_recorded_on_the_day_before_the_truck_left_counts(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_while_held(
            order, "2026-03-17", "customer", at="2026-03-10 09:00:00"
        )
        self._deliver_unmeasured(order, at="2026-03-10 15:00:00")
        self.refresh("2026-03-10")
        self.assertDates(order, "2026-03-17", "2026-03-17")

    def test_change_of_what_had_left_already_repairs_nothing(self):
        """The wizard was open on a line that another transaction just delivered."""
        for moment in ("2026-03-12 08:30:00", "2026-03-13 09:30:00"):
            order = self.sell(10, promise="2026-03-10")
            self._deliver_unmeasured(order, at="2026-03-12 08:00:00")
            with self.subTest(moment), self.act(moment):
                order.adv_commitment_ids._change_promise("2026-03-17", "customer")
                self._run_engine()
                self.assertDates(order, "2026-03-10", "2026-03-10")
                self.assertCommitment(order, due_count=1, on_time_count=0)

    def test_rest_may_be_promised_anew_but_not_the_first_quantity(self):
        order = self.sell(10, promise="2026-03-10")
        self._deliver_unmeasured(order, at="2026-03-09 08:00:00")
        with self.act("2026-03-09 09:00:00"):
            order.order_line.product_uom_qty = 12
            order.adv_commitment_ids._change_promise("2026-03-17", "customer")
        self.refresh("2026-03-09")
        self.assertDates(order, "2026-03-10", "2026-03-17")

    def test_date_asked_for_after_the_day_repairs_no_headline_if_applied_late(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_while_held(
            order, "2026-03-17", "customer", at="2026-03-11 09:00:00"
        )
        self.refresh("2026-03-12")
        self.assertDates(order, "2026-03-10", "2026-03-17")

    def test_date_asked_for_in_time_moves_the_headline_even_if_applied_late(self):
        order = self.sell(10, promise="2026-03-07")  # a Saturday counts from Monday
        self.change_while_held(
            order, "2026-03-17", "customer", at="2026-03-09 09:00:00"
        )
        self.refresh("2026-03-12")
        self.assertDates(order, "2026-03-17", "2026-03-17")

    def test_cancelled_line_keeps_its_promise(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-11 09:00:00"):
            order._action_cancel()
            self.env.cr.flush()
        with self.act("2026-03-12 09:00:00"):
            order.adv_commitment_ids._change_promise("2026-03-17", "customer")
        self.refresh("2026-03-12")
        self.assertDates(order, "2026-03-10", "2026-03-10")
        self.assertCommitment(order, status="cancelled", due_count=1)

    def test_wizard_sees_what_left_though_the_engine_has_not(self):
        order = self.sell(10, promise="2026-03-10")
        cancelled = self.sell(10, promise="2026-03-10")
        self._deliver_unmeasured(order, at="2026-03-09 08:00:00")
        with self.act("2026-03-09 08:00:00"):
            cancelled.picking_ids.action_cancel()
        for done in (order, cancelled):
            self.assertCommitment(done, status="on_time")
            with self.assertRaises(UserError):
                self.change_while_held(
                    done, "2026-03-17", "customer", at="2026-03-09 09:00:00"
                )
            # looking has written nothing
            self.assertFalse(done.adv_revision_ids)

    def _deliver_unmeasured(self, order, *, at):
        with patch.object(type(self), "_run_engine", lambda *args: None):
            self.deliver(order, at=at)
        self.env.flush_all()
