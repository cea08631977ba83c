from odoo import Command
from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, new_test_user, tagged

from ..common import AdvCommon
from .common import queries_about


@tagged("post_install", "-at_install")
class TestFirstConfirmation(AdvCommon):
    """An order is confirmed for the first time once, whatever happens to it later."""

    def _confirm(self, orders, at):
        with freeze_time(at):
            orders.action_confirm()

    def test_confirming_stamps_moment_local_day_count_and_user(self):
        assistant = new_test_user(
            self.env,
            "assistant",
            "adv_management.group_adv_user",
            company_id=self.company.id,
        )
        order = self.sell(1, 2, 3, confirm=False)
        self._confirm(order.with_user(assistant), "2026-03-09 23:30:00")
        self.assertRecordValues(
            order.adv_confirmation_ids,
            [
                {
                    "date_confirmed": Datetime.to_datetime("2026-03-09 23:30:00"),
                    "date_confirmed_local": Datetime.to_datetime("2026-03-10").date(),
                    "line_count": 3,
                    "user_id": assistant.id,
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertEqual(
            order.adv_date_first_confirmed, Datetime.to_datetime("2026-03-09 23:30:00")
        )

    def test_cancelling_and_reconfirming_keeps_the_first(self):
        order = self.sell(1, at="2026-03-02 08:00:00")
        with freeze_time("2026-03-03 08:00:00"):
            order._action_cancel()
            order.action_draft()
            order.order_line = [Command.create({"product_id": self.product.id})]
        self._confirm(order, "2026-03-04 08:00:00")
        self.assertEqual(order.date_order, Datetime.to_datetime("2026-03-04 08:00:00"))
        self.assertEqual(
            order.adv_date_first_confirmed, Datetime.to_datetime("2026-03-02 08:00:00")
        )
        self.assertEqual(order.adv_line_count, 1)

    def test_a_set_of_orders_is_stamped_by_one_query(self):
        orders = (
            self.sell(1, confirm=False)
            + self.sell(2, confirm=False)
            + self.sell(3, confirm=False)
        )
        with queries_about(self.env, "INSERT INTO adv_order_confirmation") as queries:
            orders.action_confirm()
        self.assertEqual(len(queries), 1)
        self.assertEqual(orders.mapped("adv_line_count"), [1, 1, 1])

    def test_writing_the_state_stamps_as_well(self):
        order = self.sell(1, confirm=False)
        with freeze_time("2026-03-05 10:00:00"):
            order.state = "sale"
        self.assertEqual(
            order.adv_date_first_confirmed, Datetime.to_datetime("2026-03-05 10:00:00")
        )

    def test_an_order_created_confirmed_is_stamped(self):
        order = self.sell(1, 1, confirm=False, at="2026-03-05 10:00:00", state="sale")
        self.assertEqual(
            order.adv_date_first_confirmed, Datetime.to_datetime("2026-03-05 10:00:00")
        )
        self.assertEqual(order.adv_line_count, 2)

    def test_only_product_lines_count(self):
        order = self.sell(1, confirm=False)
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Furniture"}),
            Command.create({"display_type": "line_note", "name": "Fragile"}),
            Command.create(
                {
                    "name": "Deposit",
                    "product_id": self.product.id,
                    "is_downpayment": True,
                }
            ),
        ]
        order.action_confirm()
        self.assertEqual(order.adv_line_count, 1)

    def test_a_customer_who_signs_on_the_portal_is_the_one_who_confirmed(self):
        visitor = self.env.ref("base.public_user")
        order = self.sell(1, confirm=False)
        order.with_user(visitor).sudo()._validate_order()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.adv_confirmation_ids.user_id, visitor)

    def test_a_failed_confirmation_leaves_no_trace(self):
        order = self.sell(1)
        draft = self.sell(1, confirm=False)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            (draft + order).action_confirm()
        self.assertFalse(draft.adv_date_first_confirmed)

    def test_orders_are_found_by_their_first_confirmation(self):
        early, late = (
            self.sell(1, at="2026-03-02 08:00:00"),
            self.sell(1, at="2026-03-20 08:00:00"),
        )
        never = self.sell(1, confirm=False)
        ours = [("id", "in", (early + late + never).ids)]

        def found(*leaf):
            return self.env["sale.order"].search(
                [*ours, ("adv_date_first_confirmed", *leaf)]
            )

        self.assertEqual(found("<", "2026-03-10"), early)
        self.assertEqual(found(">=", "2026-03-10"), late)
        self.assertEqual(found("=", False), never)
        self.assertEqual(found("!=", False), early + late)

    def test_reading_a_page_of_orders_costs_the_same_as_one(self):
        orders = self.sell(1) + self.sell(1) + self.sell(1)
        counts = []
        for page in (orders[:1], orders):
            self.env.invalidate_all()
            with queries_about(self.env, 'FROM "adv_order_confirmation"') as queries:
                page.mapped("adv_date_first_confirmed")
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])

    def test_history_is_taken_from_odoo_s_own_messages(self):
        tracked = self.sell(1, 1, confirm=False).with_context(
            tracking_disable=False, mail_notrack=False
        )
        with freeze_time("2026-01-05 23:30:00"):
            tracked.action_confirm()
            self.env.cr.flush()
        tracked._action_cancel()
        tracked.date_order = "2026-01-20 08:00:00"
        self._install_again()
        self.assertRecordValues(
            tracked.adv_confirmation_ids,
            [
                {
                    "date_confirmed": Datetime.to_datetime("2026-01-05 23:30:00"),
                    "date_confirmed_local": Datetime.to_datetime("2026-01-06").date(),
                    "line_count": 2,
                    "user_id": self.env.user.id,
                }
            ],
        )

    def test_history_without_messages_is_the_order_date_of_confirmed_orders(self):
        confirmed, draft = (
            self.sell(1, at="2026-02-05 08:00:00"),
            self.sell(1, confirm=False),
        )
        self._install_again()
        self.assertEqual(
            confirmed.adv_date_first_confirmed,
            Datetime.to_datetime("2026-02-05 08:00:00"),
        )
        self.assertFalse(draft.adv_date_first_confirmed)

    def test_history_is_taken_over_once(self):
        order = self.sell(1, at="2026-02-05 08:00:00")
        order.adv_confirmation_ids.sudo().write({"line_count": 42})
        self.env.flush_all()
        self.env["adv.order.confirmation"].init()
        self.env.invalidate_all()
        self.assertEqual(order.adv_line_count, 42)

    def _install_again(self):
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM adv_order_confirmation")
        self.env["adv.order.confirmation"].init()
        self.env.invalidate_all()

    def test_imported_confirmed_orders_are_stamped_and_known_as_imported(self):
        fields = ["partner_id/.id", "state", "order_line/product_id/.id"]
        rows = [
            [str(self.partner.id), "sale", str(self.product.id)],
            ["", "", str(self.product.id)],
            [str(self.partner.id), "draft", str(self.product.id)],
        ]
        result = (
            self.env["sale.order"].with_context(import_file=True).load(fields, rows)
        )
        self.assertFalse(result["messages"])
        confirmed, draft = self.env["sale.order"].browse(result["ids"])
        self.assertEqual(confirmed.adv_line_count, 2)
        self.assertTrue(confirmed.adv_date_first_confirmed)
        self.assertFalse(draft.adv_date_first_confirmed)
        self.assertEqual(confirmed.adv_channel, "import")
