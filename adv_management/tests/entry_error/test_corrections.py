from odoo import Command
from odoo.tests import tagged

from .common import TUESDAY, WEDNESDAY, ErrorCase


@tagged("post_install", "-at_install")
class TestCorrections(ErrorCase):
    """What is corrected after the confirmation is proposed once, as a diff."""

    def test_a_corrected_price_is_proposed_with_its_author_and_cost(self):
        order = self.sell_as(self.anna, 5, confirm=False)
        line = order.order_line
        self.correct(line, at="2026-03-02 08:30:00", user=self.anna, price_unit=12)
        with self.act("2026-03-02 09:00:00"):
            order.with_user(self.bert).action_confirm()
        self.correct(line, price_unit=10)
        self.assertRecordValues(
            self.find(order),
            [
                {
                    "type_id": self.get_type("PRX").id,
                    "line_id": line.id,
                    "line_key": line.id,
                    "line_label": "Chaise",
                    "product_id": self.product.id,
                    "partner_id": self.partner.id,
                    "company_id": self.company.id,
                    "source": "correction",
                    "moment": "before_delivery",
                    "field_name": "price_unit",
                    "value_wrong": "12",
                    "value_right": "10",
                    "author_user_id": self.anna.id,
                    "amount_cost": 10,
                    "minutes": 15,
                    "is_master_data": False,
                    "confirmed_count": 0,
                }
            ],
        )
        self.assertEqual(str(self.errors.search([]).date_entry), "2026-03-02")
        self.assertEqual(str(self.errors.search([]).date_detected), "2026-03-03")

    def test_what_is_put_back_is_no_error_even_when_it_was_proposed(self):
        order = self.sell_as(self.anna, 5)
        self.correct(order.order_line, product_uom_qty=6)
        self.assertEqual(self.find(order).value_right, "6")
        self.correct(order.order_line, at=WEDNESDAY, product_uom_qty=7)
        error = self.find(order, at=WEDNESDAY)
        self.assertEqual((error.value_wrong, error.value_right), ("5", "7"))
        self.correct(order.order_line, at="2026-03-05 09:00:00", product_uom_qty=5)
        self.assertFalse(self.find(order, at="2026-03-05 10:00:00"))

    def test_what_was_classified_is_proposed_again_only_for_a_new_change(self):
        order = self.sell_as(self.anna, 5)
        self.correct(order.order_line, product_uom_qty=6)
        self.find(order).with_user(self.bert).action_is_no_error()
        self.correct(order, client_order_ref="PO 1")
        self.assertEqual(self.find(order).type_id.code, "RCL")
        self.correct(order.order_line, at=WEDNESDAY, product_uom_qty=8)
        error = self.find(order, at=WEDNESDAY).filtered("line_id")
        self.assertEqual((error.value_wrong, error.value_right), ("6", "8"))

    def test_the_job_proposes_nothing_twice(self):
        order = self.sell_as(self.anna, 5)
        self.correct(order.order_line, price_unit=8)
        self.assertEqual(len(self.find(order)), 1)
        self.env["adv.entry.error.todo"].create({"order_id": order.id})
        self.assertEqual(len(self.find(order)), 1)
        self.assertFalse(self.env["adv.entry.error.todo"].search_count([]))

    def test_a_line_set_to_nothing_and_one_added_are_one_wrong_article(self):
        order = self.sell_as(self.anna, 5)
        other = self._create_product("Bureau")
        with self.act(TUESDAY):
            order.with_user(self.bert).order_line = [
                Command.update(order.order_line.id, {"product_uom_qty": 0}),
                Command.create({"product_id": other.id, "product_uom_qty": 5}),
            ]
        error = self.find(order)
        self.assertEqual(error.type_id.code, "REF")
        self.assertEqual((error.label_wrong, error.label_right), ("Chaise", "Bureau"))
        self.assertEqual(error.author_user_id, self.anna)

    def test_an_added_line_was_forgotten_and_a_section_was_not(self):
        order = self.sell_as(self.anna, 5)
        with self.act(TUESDAY):
            order.with_user(self.bert).order_line = [
                Command.create({"product_id": self.product.id, "price_unit": 7}),
                Command.create({"display_type": "line_section", "name": "More"}),
            ]
        error = self.find(order)
        self.assertEqual(error.type_id.code, "OUB")
        self.assertEqual(error.line_id, order.order_line[1])
        self.assertEqual(error.author_user_id, self.anna, "who forgot it")

    def test_a_removed_line_is_known_by_its_number_and_text(self):
        order = self.sell_as(self.anna, 5, 6)
        gone = order.order_line[1]
        with self.act(TUESDAY):
            order._action_cancel()
            order.action_draft()
            gone.with_user(self.bert).unlink()
        error = self.find(order)
        self.assertEqual(error.type_id.code, "REF")
        self.assertEqual((error.line_key, error.line_label), (gone.id, "Chaise"))
        self.assertFalse(error.line_id)

    def test_a_new_customer_explains_what_comes_with_him(self):
        order = self.sell_as(self.anna, 5)
        other = self.env["res.partner"].create({"name": "Garage Petit"})
        self.correct(
            order,
            partner_id=other.id,
            partner_shipping_id=other.id,
            partner_invoice_id=other.id,
        )
        self.assertEqual(self.find(order).mapped("type_id.code"), ["CLF"])

    def test_odoo_s_own_price_is_an_error_of_the_master_data(self):
        order = self.sell_as(self.anna, 5)
        self.correct(order.order_line, price_unit=8)
        error = self.find(order)
        self.assertTrue(error.is_master_data)
        self.assertFalse(error.author_user_id)
        error.with_user(self.bert).action_is_error()
        self.assertEqual((error.confirmed_count, error.escaped_count), (1, 0))

    def test_customers_and_the_system_are_nobody(self):
        order = self.sell(5)
        self.correct(order.order_line, product_uom_qty=6)
        self.assertFalse(self.find(order).author_user_id)

    def test_what_the_customer_asked_for_is_his_change(self):
        order = self.sell_as(self.anna, 5, promise="2026-03-10")
        with self.act(TUESDAY):
            self.change_promise(
                order.with_user(self.bert), "2026-03-12", "customer", at=TUESDAY
            )
        self.assertFalse(self.find(order))
        error = self.find(order, state="customer_change")
        self.assertEqual(error.type_id.code, "DEL")
        self.assertEqual(error.confirmed_count, 0)

    def test_a_later_promise_that_we_proposed_is_no_entry_error(self):
        order = self.sell_as(self.anna, 5, promise="2026-03-10")
        self.change_promise(
            order.with_user(self.bert), "2026-03-12", "accepted", at=TUESDAY
        )
        self.find(order)
        self.assertFalse(self.errors.search([("order_id", "=", order.id)]))

    def test_the_moment_follows_delivery_and_invoice(self):
        order = self.sell_as(self.anna, 5)
        self.deliver(order, at="2026-03-03 12:00:00")
        self.correct(order, at="2026-03-03 11:00:00", client_order_ref="PO 2")
        self.correct(order, at=WEDNESDAY, adv_date_requested="2026-03-20")
        moments = {
            error.type_id.code: error.moment for error in self.find(order, at=WEDNESDAY)
        }
        self.assertEqual(moments, {"RCL": "before_delivery", "DEL": "after_delivery"})

    def test_one_bad_document_holds_up_no_other(self):
        good, bad = self.sell_as(self.anna, 5), self.sell_as(self.anna, 6)
        for order in (bad, good):
            self.correct(order.order_line, product_uom_qty=9)
        # What the log says of it is no number any more.
        self.env["adv.field.log"].search([("order_id", "=", bad.id)]).unlink()
        self.env.cr.execute(
            "INSERT INTO adv_field_log (order_id, line_key, company_id, date,"
            " field_name, value_old, value_new)"
            " VALUES (%s, %s, %s, %s, 'price_unit', 'ten', 'nine')",
            (bad.id, bad.order_line.id, self.company.id, TUESDAY),
        )
        self.assertEqual(len(self.find(good)), 1)
        todo = self.env["adv.entry.error.todo"].search([])
        self.assertEqual(todo.order_id, bad)
        self.assertEqual(str(todo.date_due), "2026-03-04 09:00:00")
