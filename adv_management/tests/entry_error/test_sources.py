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


@tagged("post_install", "-at_install")
class TestCreditsAndReturns(ErrorCase):
    """What had to be credited or came back is proposed once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_invoicing()
        cls.order = cls.sell_as(cls.anna, 5)
        cls.line = cls.order.order_line
        cls.picking = cls.deliver(cls.order, at=TUESDAY)
        cls.bill = cls.invoice(cls.order)

    def find_one(self):
        return self.find(self.order, at="2026-03-05 09:00:00")

    def test_a_credited_price_was_wrong(self):
        note = self.credit(self.bill, price_unit=2)
        self.assertRecordValues(
            self.find_one(),
            [
                {
                    "type_id": self.get_type("PRX").id,
                    "line_id": self.line.id,
                    "source": "credit_note",
                    "moment": "after_invoicing",
                    "value_wrong": "10",
                    "value_right": "8",
                    "amount_cost": 10,
                    "credit_note_id": note.id,
                }
            ],
        )
        self.env["adv.entry.error.todo"].create({"move_id": note.id})
        self.assertEqual(len(self.find_one()), 1)

    def test_a_credited_quantity_was_wrong(self):
        self.credit(self.bill, quantity=2)
        error = self.find_one()
        self.assertEqual(error.type_id.code, "QTE")
        self.assertEqual((error.value_wrong, error.value_right), ("5", "3"))

    def test_a_whole_invoice_credited_is_one_credit_of_the_order(self):
        self.credit(self.bill)
        error = self.find_one()
        self.assertEqual((error.type_id.code, error.line_key), ("CRD", 0))
        self.assertEqual(error.amount_cost, 50)

    def test_goods_that_came_back_are_proposed_and_explain_their_credit(self):
        back = self.take_back(self.picking, 2, at=WEDNESDAY)
        self.credit(self.bill, at="2026-03-05 08:00:00", quantity=2)
        error = self.find_one()
        self.assertRecordValues(
            error,
            [
                {
                    "type_id": self.get_type("QTE").id,
                    "source": "return",
                    "picking_id": back.id,
                    "value_wrong": "5",
                    "value_right": "3",
                    "author_user_id": self.anna.id,
                }
            ],
        )

    def test_all_of_it_back_was_the_wrong_article(self):
        self.take_back(self.picking, 5, at=WEDNESDAY)
        self.assertEqual(self.find_one().type_id.code, "REF")

    def test_an_invoice_is_no_source(self):
        self.assertFalse(self.find_one())


@tagged("post_install", "-at_install")
class TestFindings(ErrorCase):
    """What controls found: caught before the confirmation, or escaped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.control = cls.make_price_control()

    def quote(self):
        """Return a line at 12 instead of 10 on a quotation, found by the control."""
        order = self.sell_as(self.anna, 5, confirm=False)
        line = order.order_line
        self.correct(line, at="2026-03-02 08:30:00", user=self.anna, price_unit=12)
        self.record_finding(
            self.control, line, "price_unit", "12", at="2026-03-02 09:00:00"
        )
        return line

    def test_changed_before_the_confirmation_it_is_caught(self):
        line = self.quote()
        self.correct(line, at="2026-03-02 09:30:00", user=self.anna, price_unit=10)
        self._confirm(line.order_id)
        error = self.find(line.order_id, state="confirmed")
        self.assertRecordValues(
            error,
            [
                {
                    "moment": "before_confirmation",
                    "value_right": "10",
                    "control_id": self.control.id,
                    "caught_count": 1,
                    "escaped_count": 0,
                    "author_user_id": self.anna.id,
                }
            ],
        )
        self.assertEqual(str(error.date_entry), "2026-03-02")

    def test_on_an_order_that_is_never_confirmed_it_is_caught_too(self):
        line = self.quote()
        self.correct(line, at="2026-03-02 09:30:00", user=self.anna, price_unit=10)
        self.record_verdict(self.control, line.order_id, at="2026-03-02 09:40:00")
        error = self.find(line.order_id, state="confirmed")
        self.assertEqual((error.caught_count, error.date_entry), (1, False))

    def test_confirmed_as_it_was_it_has_escaped(self):
        line = self.quote()
        self.assertEqual(self.errors.search([]).moment, "before_confirmation")
        self._confirm(line.order_id)
        self.correct(line, price_unit=10)
        error = self.find(line.order_id)
        self.assertEqual(error.moment, "before_delivery")
        self.assertEqual(error.type_id.code, "PRX")
        self.assertEqual(error.source, "control", "the correction says the same")

    def test_what_was_waived_or_is_no_failure_any_more_is_no_error(self):
        line = self.quote()
        self.record_verdict(self.control, line.order_id, state="waived")
        self.assertFalse(self.errors.search([]))
        self.record_finding(self.control, line, "price_unit", "12")
        self.record_verdict(self.control, line.order_id)
        self.find(line.order_id)
        self.assertFalse(self.errors.search([]), "a wider tolerance corrects nothing")

    def test_found_after_the_confirmation_it_is_proposed_once(self):
        order = self.sell_as(self.anna, 5)
        line = order.order_line
        self.record_finding(self.control, line, "price_unit", "12")
        self.record_finding(self.control, line, "price_unit", "12", at=WEDNESDAY)
        error = self.find(order)
        self.assertEqual((error.moment, error.amount_cost), ("before_delivery", 2))
        error.with_user(self.marie).action_is_no_error()
        self.assertEqual(error.rejected_count, 1)
        self.record_finding(self.control, line, "price_unit", "12", at=WEDNESDAY)
        self.assertFalse(self.find(order), "people have decided about it")

    def test_a_control_without_error_type_proposes_nothing(self):
        self.control.error_type_id = False
        self.quote()
        self.assertFalse(self.errors.search([]))
