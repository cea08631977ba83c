from odoo.tests import Form, tagged

from ...models.control.finding import Finding
from .common import TUESDAY, WEDNESDAY, ErrorCase


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

    def test_what_would_bring_more_costs_as_much(self):
        """A price agreement that ended may have been dearer than the price of today."""
        order = self.sell_as(self.anna, 5, confirm=False)
        for seen in ("12", "13"):
            finding = Finding(order.id, "Ended", field="note", seen=seen, amount=-10)
            self.record_verdict(self.control, order, finding)
        error = self.errors.search([("order_id", "=", order.id)])
        self.assertEqual((error.value_wrong, error.amount_cost), ("13", 10))
        self.env.flush_all()

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

    def test_price_and_discount_of_a_line_are_told_by_their_field(self):
        line = self.sell_as(self.anna, 5).order_line
        self.record_finding(self.control, line, "discount", "40")
        ceiling = self.env.ref("adv_management.adv_control_discount")
        self.record_finding(ceiling, line, "discount", "40")
        error = self.find(line.order_id)
        self.assertEqual((error.type_id.code, len(error)), ("REM", 1))

    def test_a_control_without_error_type_proposes_nothing(self):
        self.control.error_type_id = False
        self.quote()
        self.assertFalse(self.errors.search([]))


@tagged("post_install", "-at_install")
class TestFlow(ErrorCase):
    """The whole way, through the shipped control of prices and the job."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.control = cls.env.ref("adv_management.adv_control_price")

    def quote(self):
        order = self.sell_as(self.anna, 5, confirm=False)
        price = {"price_unit": 12}
        self.correct(order.order_line, "2026-03-02 08:30:00", self.anna, **price)
        return order

    def press(self, order, at):
        with self.act(at):
            action = order.with_user(self.anna).action_adv_confirm()
            self.env.cr.flush()
            self.env["adv.control"]._run_pending()
        return action

    def test_a_control_that_stops_makes_a_caught_error(self):
        self.control.severity = "blocking"
        order = self.quote()
        self.press(order, "2026-03-02 09:00:00")
        self.assertEqual(order.state, "draft")
        self.correct(order.order_line, "2026-03-02 09:30:00", self.anna, price_unit=10)
        self.press(order, "2026-03-02 10:00:00")
        self.assertEqual(order.state, "sale")
        error = self.find(order, state="confirmed")
        self.assertEqual(error.type_id.code, "PRX")
        self.assertEqual((error.caught_count, error.escaped_count), (1, 0))
        self.assertEqual(error.author_user_id, self.anna)
        self.assertEqual((error.value_wrong, error.value_right), ("12", "10"))

    def test_a_control_for_information_makes_a_suspicion_of_one_that_escaped(self):
        order = self.quote()
        self.press(order, "2026-03-02 09:00:00")
        self.assertEqual(order.state, "sale")
        error = self.find(order)  # nothing of the incomplete address of the customer
        self.assertEqual((error.source, error.moment), ("control", "before_delivery"))
        self.assertEqual(error.amount_cost, 10)
        self.assertEqual(error.author_user_id, self.anna)

    def test_a_forgotten_line_is_caught_only_if_somebody_adds_it(self):
        found = {}
        for is_added in (True, False):
            order = self.sell_as(self.anna, 5, confirm=False)
            order.adv_control_line_count = 2
            with self.act("2026-03-02 09:00:00"):
                order.with_user(self.anna).action_adv_check()
            if is_added:
                order.order_line.copy({"order_id": order.id})
            self.press(order, "2026-03-02 10:00:00")
            self.assertEqual(order.state, "sale")
            found[is_added] = self.find(
                order, state="confirmed" if is_added else "suspected"
            )
        self.assertEqual(found[True].type_id.code, "OUB")
        self.assertEqual(found[True].caught_count, 1)
        self.assertEqual(found[False].type_id.code, "OUB")
        self.assertEqual(found[False].moment, "before_delivery")

    def test_many_corrected_orders_cost_as_many_queries_as_few(self):
        orders = [self.sell_as(self.anna, 5, 6) for _ in range(8)]
        for order in orders:
            self.correct(order.order_line, product_uom_qty=9)
        counts = []
        for some in (orders[:2], orders[2:]):
            self.env["adv.entry.error.todo"].search([]).unlink()
            self.env["adv.entry.error.todo"].create(
                [{"order_id": order.id} for order in some]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.errors._run_pending()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(self.errors.search_count([("source", "=", "correction")]), 16)
        self.assertLessEqual(counts[1], counts[0])


@tagged("post_install", "-at_install")
class TestOwnControls(ErrorCase):
    """A control made on the screen tells which error it finds, or none."""

    def make(self, code):
        with Form(self.env["adv.control"].with_user(self.marie)) as form:
            form.name = f"Reference for {code}"
            form.domain = "[('client_order_ref', '=', False)]"
            form.error_type_id = self.get_type(code)
        return form.save()

    def find_in_an_order(self):
        order = self.sell_as(self.anna, 5)
        with self.act("2026-03-02 10:00:00"):
            self.env["adv.control"]._run_pending()
        return self.find(order)

    def test_it_proposes_the_error_that_it_names(self):
        control = self.make("RCL")
        self.assertRecordValues(
            self.find_in_an_order(),
            [
                {
                    "type_id": self.get_type("RCL").id,
                    "control_id": control.id,
                    "line_id": False,
                    # the condition reads technical names
                    "value_wrong": False,
                    "note": "The condition is met",
                }
            ],
        )

    def test_it_proposes_none_where_it_names_none(self):
        self.make(False)
        self.assertFalse(self.find_in_an_order())
