"""Changing a promise: who wants it, what it moves, what it cannot repair."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestChangePromise(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assistant = cls._create_user("paule", "adv_management.group_adv_user")
        cls.manager = cls._create_user("marc", "adv_management.group_adv_manager")

    def _dates(self, order):
        row = order.adv_commitment_ids
        return [
            str(row[name])
            for name in ("date_first_promise", "date_headline", "date_promise")
        ]

    def _as(self, user, order):
        return order.adv_commitment_ids.with_user(user)

    # Who wants it ---------------------------------------------------------------------

    def test_date_the_customer_asked_for_moves_promise_and_headline(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(
            self._as(self.assistant, order),
            "2026-03-17",
            "customer",
            at="2026-03-06 09:00:00",
        )
        self.assertEqual(self._dates(order), ["2026-03-10", "2026-03-17", "2026-03-17"])
        self.assertCommitment(
            order,
            date_announced="2026-03-17",
            status="on_time",
            date_predicted="2026-03-17",
        )
        revision = order.adv_commitment_ids.revision_ids
        self.assertRecordValues(
            revision,
            [
                {
                    "kind": "date",
                    "origin": "customer",
                    "is_accepted": True,
                    "proof": "mail",
                    "source": "wizard",
                    "reason": "Test",
                    "user_id": self.assistant.id,
                }
            ],
        )
        days = [
            str(revision[name]) for name in ("date_old", "date_new", "date_effective")
        ]
        self.assertEqual(days, ["2026-03-10", "2026-03-17", "2026-03-06"])

    def test_date_the_customer_accepted_moves_the_promise_only(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(
            self._as(self.assistant, order),
            "2026-03-17",
            "accepted",
            at="2026-03-06 09:00:00",
        )
        self.assertEqual(self._dates(order), ["2026-03-10", "2026-03-10", "2026-03-17"])
        self.assertCommitment(order, date_announced="2026-03-17", status="on_time")
        self.assertEqual(order.adv_commitment_ids.revision_ids.origin, "internal")

    def test_internal_date_moves_nothing_but_the_transfers(self):
        order = self.sell(10, promise="2026-03-10")
        before = order.commitment_date
        self.change_promise(
            self._as(self.assistant, order),
            "2026-03-17",
            "internal",
            at="2026-03-06 09:00:00",
            proof=False,
        )
        self.assertEqual(self._dates(order), ["2026-03-10", "2026-03-10", "2026-03-10"])
        self.assertCommitment(
            order,
            date_announced=False,
            status="will_be_late",
            date_predicted="2026-03-17",
        )
        self.assertEqual(order.commitment_date, before)
        self.assertEqual(str(order.picking_ids.scheduled_date.date()), "2026-03-17")
        self.assertEqual(order.picking_ids.move_ids.date_deadline, before)

    def test_what_the_customer_wants_needs_a_proof(self):
        order = self.sell(10, promise="2026-03-10")
        for answer in ("customer", "accepted"):
            with self.subTest(answer), self.assertRaises(ValidationError):
                self.change_promise(
                    order, "2026-03-17", answer, at="2026-03-06 09:00:00", proof=False
                )

    def test_date_in_the_past_is_refused(self):
        order = self.sell(10, promise="2026-03-10")
        for answer in ("customer", "accepted", "internal"):
            with self.assertRaises(ValidationError):
                self.change_promise(
                    order, "2026-03-05", answer, at="2026-03-06 09:00:00"
                )

    def test_today_is_a_local_day(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-06", "internal", at="2026-03-06 22:30:00")
        with self.assertRaises(ValidationError):
            self.change_promise(
                order, "2026-03-06", "internal", at="2026-03-06 23:30:00"
            )

    def test_only_a_manager_promises_earlier(self):
        order = self.sell(10, promise="2026-03-10")
        for answer in ("customer", "accepted"):
            with self.assertRaises(UserError):
                self.change_promise(
                    self._as(self.assistant, order),
                    "2026-03-09",
                    answer,
                    at="2026-03-03 09:00:00",
                )
        self.assertEqual(self._dates(order), ["2026-03-10"] * 3)
        self.change_promise(
            self._as(self.manager, order),
            "2026-03-09",
            "customer",
            at="2026-03-03 09:00:00",
        )
        self.assertEqual(self._dates(order), ["2026-03-10", "2026-03-09", "2026-03-09"])

    def test_delivered_line_has_no_promise_to_change(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, at="2026-03-09 09:00:00")
        with self.assertRaises(UserError):
            self.change_promise(
                order, "2026-03-17", "customer", at="2026-03-09 10:00:00"
            )
        with self.assertRaises(UserError):
            order.adv_commitment_ids.action_change_promise()

    # What it cannot repair ------------------------------------------------------------

    def test_date_asked_for_on_the_promise_day_moves_the_headline(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "customer", at="2026-03-10 22:30:00")
        self.assertEqual(self._dates(order), ["2026-03-10", "2026-03-17", "2026-03-17"])

    def test_date_asked_for_after_the_promise_does_not_move_the_headline(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "customer", at="2026-03-11 09:00:00")
        self.assertEqual(self._dates(order), ["2026-03-10", "2026-03-10", "2026-03-17"])
        self.deliver(order, at="2026-03-16 09:00:00")
        self.assertCommitment(
            order, on_time_count=1, first_due_count=1, first_on_time_count=0
        )

    def test_second_date_asked_for_in_time_moves_the_headline_again(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "customer", at="2026-03-10 09:00:00")
        self.change_promise(order, "2026-03-20", "customer", at="2026-03-17 09:00:00")
        self.assertEqual(self._dates(order), ["2026-03-10", "2026-03-20", "2026-03-20"])

    def test_date_asked_for_after_an_accepted_one_does_not_repair_the_first(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(order, "2026-03-17", "accepted", at="2026-03-09 09:00:00")
        self.change_promise(order, "2026-03-24", "customer", at="2026-03-12 09:00:00")
        self.assertEqual(self._dates(order), ["2026-03-10", "2026-03-10", "2026-03-24"])

    # What it moves in Odoo ------------------------------------------------------------

    def test_delivery_date_of_the_order_follows_an_agreed_date(self):
        order = self.sell(10, promise="2026-03-10 14:30:00")
        self.change_promise(
            self._as(self.assistant, order),
            "2026-03-17",
            "accepted",
            at="2026-03-06 09:00:00",
        )
        self.assertEqual(str(order.commitment_date), "2026-03-17 14:30:00")
        self.assertEqual(
            str(order.picking_ids.move_ids.date_deadline), "2026-03-17 14:30:00"
        )
        self.assertEqual(len(order.adv_commitment_ids.revision_ids), 1)

    def test_time_of_day_is_kept_across_the_change_of_clocks(self):
        order = self.sell(10, promise="2026-03-20 14:30:00")
        self.change_promise(order, "2026-04-01", "accepted", at="2026-03-06 09:00:00")
        self.assertEqual(str(order.commitment_date), "2026-04-01 13:30:00")

    def test_delivery_date_of_the_order_stays_while_its_lines_differ(self):
        order = self.sell(10, (self._create_product("Lamp"), 2), promise="2026-03-10")
        first, second = order.adv_commitment_ids.sorted("id")
        self.change_promise(first, "2026-03-17", "accepted", at="2026-03-06 09:00:00")
        self.assertEqual(str(order.commitment_date.date()), "2026-03-10")
        self.assertEqual(
            str(first.sale_line_id.move_ids.date_deadline.date()), "2026-03-17"
        )
        self.assertEqual(
            str(second.sale_line_id.move_ids.date_deadline.date()), "2026-03-10"
        )
        self.assertCommitment(
            second,
            date_promise="2026-03-10",
            date_predicted="2026-03-10",
            revision_ids=second.revision_ids[:0],
        )
        self.change_promise(second, "2026-03-17", "accepted", at="2026-03-06 10:00:00")
        self.assertEqual(str(order.commitment_date.date()), "2026-03-17")

    def test_delivered_lines_do_not_hold_the_date_of_the_order(self):
        lamp = self._create_product("Lamp")
        order = self.sell(10, (lamp, 2), promise="2026-03-10")
        self.deliver(order, [10, 0], at="2026-03-06 09:00:00")
        rest = order.adv_commitment_ids.filtered(lambda row: row.product_id == lamp)
        self.change_promise(rest, "2026-03-17", "accepted", at="2026-03-06 10:00:00")
        self.assertEqual(str(order.commitment_date.date()), "2026-03-17")

    def test_security_days_of_the_company_are_kept(self):
        self.company.security_lead = 2
        order = self.sell(10, promise="2026-03-12")
        self.assertEqual(str(order.picking_ids.scheduled_date.date()), "2026-03-10")
        self.change_promise(order, "2026-03-19", "accepted", at="2026-03-06 09:00:00")
        self.assertEqual(str(order.picking_ids.scheduled_date.date()), "2026-03-17")

    def test_open_return_is_not_moved(self):
        order = self.sell(10, promise="2026-03-10")
        picking = self.deliver(order, 6, at="2026-03-05 09:00:00")
        with self.act("2026-03-05 12:00:00"):
            wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
            wizard.product_return_moves.quantity = 4
            back = self.env["stock.picking"].browse(
                wizard.action_create_returns()["res_id"]
            )
            back.move_ids.date = "2026-03-30 09:00:00"
            self._run_engine()
        self.change_promise(order, "2026-03-17", "accepted", at="2026-03-06 09:00:00")
        self.assertEqual(str(back.move_ids.date), "2026-03-30 09:00:00")
        self.assertCommitment(order, date_predicted="2026-03-17", status="on_time")

    def test_several_orders_change_at_once(self):
        orders = self.sell(10, promise="2026-03-10") | self.sell(
            5, promise="2026-03-11"
        )
        self.change_promise(
            self._as(self.assistant, orders),
            "2026-03-17",
            "customer",
            at="2026-03-06 09:00:00",
        )
        self.assertEqual(
            {str(row.date_promise) for row in orders.adv_commitment_ids}, {"2026-03-17"}
        )
        self.assertEqual(
            {str(order.commitment_date.date()) for order in orders}, {"2026-03-17"}
        )

    def test_wizard_shows_the_present_promise(self):
        order = self.sell(10, promise="2026-03-10")
        wizard = (
            self.env["adv.commitment.promise"]
            .with_user(self.assistant)
            .create(
                {
                    "commitment_ids": [Command.set(order.adv_commitment_ids.ids)],
                    "date_new": "2026-03-17",
                    "answer": "internal",
                    "reason": "Test",
                }
            )
        )
        self.assertEqual(
            (str(wizard.date_present), wizard.is_mixed, wizard.order_count),
            ("2026-03-10", False, 1),
        )
