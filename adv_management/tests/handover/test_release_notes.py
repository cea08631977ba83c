"""What changes on an order after its release reaches the people who prepare it."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import TUESDAY, ReleasedCommon


@tagged("post_install", "-at_install")
class TestReleaseNotes(ReleasedCommon):
    # What reaches the warehouse -------------------------------------------------------

    def test_agreed_date(self):
        self.change_promise(self.order, "2026-03-12", "customer", at=TUESDAY)
        self._commit()
        self.assertEqual(
            self._notes(),
            [
                [
                    "Promised for March 12 instead of March 10: the customer asked for "
                    "it. (Test)"
                ]
            ],
        )

    def test_accepted_date_of_one_line_names_it(self):
        table = self._create_product("Table")
        order = self.sell(10, (table, 2), promise="2026-03-10")
        self.change_promise(
            order.adv_commitment_ids[1], "2026-03-12", "accepted", at=TUESDAY
        )
        self._commit()
        self.assertEqual(
            self._notes(order.picking_ids),
            [
                [
                    "Table: Promised for March 12 instead of March 10: the customer "
                    "accepted it. (Test)"
                ]
            ],
        )

    def test_internal_date_keeps_the_promise(self):
        self.change_promise(self.order, "2026-03-12", "internal", at=TUESDAY)
        self._commit()
        self.assertEqual(
            self._notes(),
            [["Now planned for March 12, still promised for March 10. (Test)"]],
        )

    def test_date_of_ten_lines_is_one_sentence(self):
        order = self.sell(*[1] * 10, promise="2026-03-10")
        self.change_promise(order, "2026-03-12", "customer", at=TUESDAY)
        self._commit()
        [note] = self._notes(order.picking_ids)
        self.assertEqual(len(note), 1)

    def test_changed_quantity(self):
        self.order.order_line.product_uom_qty = 12.5
        self._commit()
        self.assertEqual(self._notes(), [["Chaise: 12.50 ordered instead of 10."]])

    def test_added_line(self):
        self.order.order_line = [
            Command.create({"product_id": self.product.id, "product_uom_qty": 3})
        ]
        self._commit()
        self.assertEqual(self._notes(), [["Chaise: 3 ordered in addition."]])

    def test_texts_and_deposits_are_no_goods(self):
        self.order.order_line = [
            Command.create({"display_type": "line_section", "name": "Options"}),
            Command.create({"display_type": "line_note", "name": "Fragile"}),
            Command.create({"is_downpayment": True, "product_uom_qty": 0}),
        ]
        self._commit()
        self.assertEqual(self._notes(), [])

    def test_another_address_on_the_order(self):
        self.order.partner_shipping_id = self.partner
        self._commit()
        self.assertEqual(
            self._notes(),
            [
                [
                    "The order now goes to Garage Martin instead of Garage Martin, "
                    "Quai Nord. Check the address of this transfer."
                ]
            ],
        )

    def test_another_address_on_the_transfer(self):
        self.picking.with_user(self.assistant).partner_id = self.partner
        self._commit()
        self.assertEqual(
            self._notes(),
            [
                [
                    "Deliver to Garage Martin instead of Garage Martin, Quai Nord, "
                    "3 rue du Port, Nantes."
                ]
            ],
        )

    def test_corrected_street(self):
        self.dock.with_user(self.assistant).street = "5 rue du Port"
        self._commit()
        [[line]] = self._notes()
        self.assertIn("5 rue du Port, Nantes instead of", line)

    def test_new_instructions(self):
        self.dock.with_user(self.assistant).adv_labels = "Blue label"
        self._commit()
        self.assertEqual(
            self._notes(),
            [["New delivery instructions: Labels required: Blue label"]],
        )

    def test_new_instructions_of_the_company(self):
        self.partner.with_user(self.assistant).adv_labels = "Blue label"
        self._commit()
        self.assertEqual(len(self._notes()), 1)

    def test_cancelled_order(self):
        self.order._action_cancel()
        self._commit()
        self.assertEqual(self.picking.state, "cancel")
        self.assertEqual(self._notes(), [["The order was cancelled."]])

    def test_everything_at_once_is_one_note(self):
        with self.act(TUESDAY):
            self.order.order_line.product_uom_qty = 11
            self.order.order_line.product_uom_qty = 12
            self.dock.adv_labels = "Blue label"
            self._commit()
        [note] = self._notes()
        self.assertEqual(
            note,
            [
                "Chaise: 12 ordered instead of 10.",
                "New delivery instructions: Labels required: Blue label",
            ],
        )

    def test_printed_transfer_is_told_too(self):
        self.picking.printed = True
        self.order.order_line.product_uom_qty = 8
        self._commit()
        self.assertEqual(len(self._notes()), 1)

    def test_each_step_is_told(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.sell(10, promise="2026-03-10")
        order.order_line.product_uom_qty = 8
        self._commit()
        for picking in order.picking_ids:
            self.assertEqual(len(self._notes(picking)), 1, picking.name)

    # Who ------------------------------------------------------------------------------

    def test_note_is_by_whoever_changed_it_and_sent_to_nobody(self):
        self.order.order_line.product_uom_qty = 8
        self._commit()
        message = self.picking.message_ids.filtered(
            lambda each: "after its release" in each.body
        )
        self.assertEqual(message.author_id, self.assistant.partner_id)
        self.assertTrue(message.is_internal)
        self.assertFalse(message.notification_ids)

    def test_whoever_is_responsible_is_called(self):
        self.picking.user_id = self.storeman
        self.order.order_line.product_uom_qty = 12
        self._commit()
        activity = self.picking.activity_ids
        self.assertEqual(activity.user_id, self.storeman)
        self.assertIn("12 ordered instead of 10", activity.note)

    def test_nobody_is_called_about_his_own_change(self):
        self.picking.user_id = self.assistant
        self.order.order_line.product_uom_qty = 12
        self._commit()
        self.assertEqual(len(self._notes()), 1)
        self.assertFalse(self.picking.activity_ids)

    def test_salesperson_changes_without_any_right_on_stock(self):
        salesman = self._create_user("luc", "sales_team.group_sale_salesman_all_leads")
        self.order.with_user(salesman).order_line.product_uom_qty = 12
        self._commit()
        self.assertEqual(len(self._notes()), 1)

    # All together ---------------------------------------------------------------------

    def test_many_orders_cost_no_more_queries_than_one(self):
        def count(number):
            orders = self.order.sudo().union(
                *(self.sell(1, promise="2026-03-10") for _each in range(number - 1))
            )
            orders.partner_shipping_id = self.partner
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._commit()
            queries = self.env.cr.sql_log_count - before
            for order in orders:
                self.assertEqual(len(self._notes(order.picking_ids)), 1)
            return queries

        with self.env.cr.savepoint() as savepoint:
            few = count(1)
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertLessEqual(count(8), few + 3)

    def test_order_form_passes_the_change_on(self):
        with Form(self.order) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 7
        self._commit()
        self.assertEqual(self._notes(), [["Chaise: 7 ordered instead of 10."]])
