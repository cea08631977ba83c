from unittest.mock import patch

from odoo.tests import tagged

from .common import PapersCommon

TUESDAY = "2026-03-03 09:00:00"
NIGHT = "2026-03-03 21:00:00"


@tagged("post_install", "-at_install")
class TestAutomatic(PapersCommon):
    """Without a person: after the confirmation, one message an order, at its hour."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_mode("automatic")

    def confirm_again(self, order, at):
        with self.act(at):
            order._action_cancel()
            order.action_draft()
            order.action_confirm()
            self._run_engine()

    def cancel(self, order, at):
        with self.act(at):
            order._action_cancel()
            self._run_engine()

    def states(self, *orders):
        return self.messages(*orders).mapped("state")

    def test_one_message_leaves_after_the_confirmation(self):
        order = self.sell(10, at=TUESDAY)
        self.assertFalse(self.messages(order), "not in the user's click")
        self.acknowledge(TUESDAY)
        self.acknowledge(TUESDAY)
        self.assertEqual(self.states(order), ["outgoing"])
        self.run_queue(TUESDAY)
        self.assertEqual(self.states(order), ["sent"])
        self.assertEqual(str(order.adv_date_acknowledged), TUESDAY)

    def test_the_confirmation_wakes_the_scheduled_action(self):
        cron = self.env.ref("adv_management.ir_cron_adv_acknowledge")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self.sell(10)
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_nothing_leaves_where_nobody_switched_it_on(self):
        self.set_mode("off")
        before = self.env["ir.cron.trigger"].search_count(
            [("cron_id.cron_name", "like", "acknowledge")]
        )
        order = self.sell(10)
        self.acknowledge(TUESDAY)
        self.assertFalse(self.messages(order))
        self.assertFalse(order.adv_confirmation_ids.is_ack_awaited)
        self.assertEqual(
            self.env["ir.cron.trigger"].search_count(
                [("cron_id.cron_name", "like", "acknowledge")]
            ),
            before,
        )

    def test_a_new_company_acknowledges_nothing(self):
        company = self.env["res.company"].create({"name": "Neuve"})
        self.assertEqual(company.adv_ack_mode, "off")

    def test_switching_on_floods_nobody(self):
        self.set_mode("off")
        before = self.sell(10)
        self.set_mode("manual")
        by_hand = self.sell(10)
        self.set_mode("automatic")
        after = self.sell(10)
        self.acknowledge(TUESDAY)
        self.assertFalse(self.messages(before, by_hand))
        self.assertEqual(self.states(after), ["outgoing"])

    def test_switching_off_stops_what_waits(self):
        order = self.sell(10)
        self.set_mode("off")
        self.acknowledge(TUESDAY)
        self.assertFalse(self.messages(order))

    def test_switched_off_what_waits_for_its_hour_is_a_draft_again(self):
        order, by_hand = self.sell(10, at=NIGHT), self.sell(5, at=NIGHT)
        with self.act(NIGHT):
            by_hand.with_user(self.paule).action_adv_acknowledge()
            self.messages(by_hand).with_user(self.paule).action_send()
        self.acknowledge(NIGHT)
        self.set_mode("manual")
        self.run_queue("2026-03-04 08:00:00")
        self.assertEqual(self.states(order), ["draft"])
        self.assertEqual(self.states(by_hand), ["outgoing"])

    def test_a_parked_order_waits_for_its_release(self):
        order = self.sell(10)
        self.env.cr.execute(
            "UPDATE adv_commitment SET is_hold = TRUE WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        self.acknowledge(TUESDAY)
        self.assertFalse(self.messages(order))
        self.env.cr.execute(
            "UPDATE adv_commitment SET is_hold = FALSE WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        self.acknowledge(TUESDAY)
        self.assertEqual(self.states(order), ["outgoing"])

    def test_an_order_cancelled_at_night_is_not_acknowledged_in_the_morning(self):
        order = self.sell(10, at=NIGHT)
        self.acknowledge(NIGHT)
        self.assertEqual(self.states(order), ["queued"])
        self.cancel(order, NIGHT)
        self.assertEqual(self.states(order), ["cancelled"])
        self.run_queue("2026-03-04 08:00:00")
        self.assertEqual(self.sent_to(), [])

    def test_a_salesman_who_cancels_keeps_the_message_back(self):
        luc = self._create_user("luc", "sales_team.group_sale_salesman")
        order = self.sell(10, at=NIGHT, user_id=luc.id)
        self.acknowledge(NIGHT)
        self.cancel(order.with_user(luc), NIGHT)
        self.assertEqual(self.states(order), ["cancelled"])

    def test_a_second_confirmation_is_acknowledged_as_revised(self):
        order = self.sell(10, at=TUESDAY)
        self.acknowledge(TUESDAY)
        self.run_queue(TUESDAY)
        self.confirm_again(order, "2026-03-04 09:00:00")
        self.acknowledge("2026-03-04 09:00:00")
        first, second = self.messages(order)
        self.assertNotIn("Revised", first.subject)
        self.assertIn("Revised", second.subject)

    def test_confirmed_again_before_the_first_left_it_is_one_message(self):
        order = self.sell(10, at=NIGHT)
        self.acknowledge(NIGHT)
        self.confirm_again(order, "2026-03-03 21:30:00")
        self.acknowledge("2026-03-03 21:30:00")
        self.run_queue("2026-03-04 08:00:00")
        self.assertEqual(self.states(order), ["cancelled", "outgoing"])
        self.assertNotIn("Revised", self.messages(order)[1].subject)

    def test_a_message_a_person_cancelled_is_not_written_again(self):
        order = self.sell(10, at=NIGHT)
        self.acknowledge(NIGHT)
        self.messages(order).with_user(self.paule).action_cancel()
        self.acknowledge(NIGHT)
        self.assertEqual(self.states(order), ["cancelled"])
        self.assertTrue(order.adv_confirmation_ids.is_ack_awaited)

    def test_an_order_that_cannot_be_written_holds_up_no_other(self):
        bad, good = self.sell(10), self.sell(10)
        SaleOrder = self.registry["sale.order"]
        prepare = SaleOrder._adv_prepare_acknowledgement_vals

        def prepare_or_raise(order, key):
            if order == bad:
                raise ValueError("no such thing")
            return prepare(order, key)

        with patch.object(
            SaleOrder, "_adv_prepare_acknowledgement_vals", prepare_or_raise
        ):
            self.acknowledge(TUESDAY)
        self.assertEqual(self.states(good), ["outgoing"])
        self.assertFalse(self.messages(bad))
        self.assertIn("no such thing", bad.message_ids[0].body)
        self.acknowledge("2026-03-03 10:00:00")
        self.assertEqual(self.states(bad), ["outgoing"])

    def test_confirming_costs_one_query_more_and_none_when_off(self):
        def cost(mode):
            self.set_mode(mode)
            orders = [self.sell(10, confirm=False) for _time in range(2)]
            for order in orders:
                self.env.cr.flush()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                with self.act(TUESDAY):
                    order.action_confirm()
                self.env.cr.flush()
                count = self.env.cr.sql_log_count - before
            return count

        self.assertEqual(cost("automatic") - cost("off"), 1)
