import ast

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..upgrades import upgrade
from .common import TUESDAY, WEDNESDAY, ErrorCase


@tagged("post_install", "-at_install")
class TestClassifying(ErrorCase):
    """People say what a suspicion is, with one click; nobody about himself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls._create_user("sam", "sales_team.group_sale_salesman")
        cls.orders = [cls.sell_as(cls.anna, quantity) for quantity in (5, 6, 7)]
        for order in cls.orders:
            cls.correct(order.order_line, product_uom_qty=9)
        cls.found = cls.errors.browse().union(*map(cls.find, cls.orders))

    def counts(self, error):
        return [
            error[f"{name}_count"]
            for name in ("confirmed", "escaped", "caught", "rejected")
        ]

    def test_one_click_classifies_many_and_the_counts_follow(self):
        mine = self.found.with_user(self.bert)
        for method, state, counts in (
            ("action_is_error", "confirmed", [1, 1, 0, 0]),
            ("action_is_no_error", "rejected", [0, 0, 0, 1]),
            ("action_is_customer_change", "customer_change", [0, 0, 0, 0]),
        ):
            with self.act(WEDNESDAY):
                self.assertIs(getattr(mine, method)(), True)  # nobody is told
            for error in self.found:
                self.assertEqual(error.state, state)
                self.assertEqual(self.counts(error), counts)
                self.assertEqual(error.decided_by_id, self.bert)
                self.assertEqual(str(error.date_decided), WEDNESDAY)

    def test_nobody_classifies_or_corrects_his_own(self):
        with self.assertRaisesRegex(UserError, "Nobody classifies"):
            self.found.with_user(self.anna).action_is_no_error()
        with self.assertRaisesRegex(UserError, "yours"):
            self.found[0].with_user(self.anna).is_master_data = True
        self.assertEqual(set(self.found.mapped("state")), {"suspected"})

    def test_of_many_his_own_are_left_and_he_is_told(self):
        order = self.sell_as(self.bert, 5)
        self.correct(order.order_line, user=self.anna, product_uom_qty=9)
        own = self.find(order)
        action = (self.found | own).with_user(self.bert).action_is_error()
        self.assertIn("1 were left", action["params"]["message"])
        self.assertEqual(own.state, "suspected")
        self.assertEqual(set(self.found.mapped("state")), {"confirmed"})

    def test_a_contested_error_counts_until_the_manager_decides(self):
        error = self.found[0]
        error.with_user(self.bert).action_is_error()
        action = error.with_user(self.anna).action_contest()
        wizard = self.env[action["res_model"]].with_user(self.anna)
        with self.act(WEDNESDAY):
            wizard.with_context(**action["context"]).create(
                {"reason": "The customer said so"}
            ).action_apply()
        self.assertTrue(error.is_contested)
        self.assertEqual(error.contest_reason, "The customer said so")
        self.assertEqual((error.state, error.confirmed_count), ("confirmed", 1))
        self.assertNotEqual(error.write_uid, self.anna, "it would tell whose it is")
        with self.assertRaisesRegex(UserError, "the manager decides"):
            error.with_user(self.bert).action_is_error()
        error.with_user(self.marie).action_is_no_error()
        self.assertEqual((error.state, error.is_contested), ("rejected", False))
        with self.assertRaisesRegex(UserError, "contested once"):
            error.with_user(self.anna).action_contest()

    def test_a_contested_error_is_corrected_by_the_manager(self):
        error = self.found[0]
        error.with_user(self.anna)._contest("The list was wrong")
        with self.assertRaisesRegex(UserError, "the manager decides"):
            error.with_user(self.bert).is_master_data = True
        error.with_user(self.marie).is_master_data = True
        self.assertTrue(error.is_master_data)

    def test_only_the_author_contests(self):
        for user in (self.bert, self.marie):
            with self.assertRaisesRegex(UserError, "Only whoever"):
                self.found[0].with_user(user).action_contest()

    def test_the_manager_can_keep_an_error_as_nobody_s(self):
        error = self.found[0]
        error.with_user(self.bert).action_is_error()
        with self.assertRaises(UserError):
            error.with_user(self.bert).action_release_author()
        error.with_user(self.marie).action_release_author()
        self.assertFalse(error.author_user_id)
        self.assertEqual(error.escaped_count, 1)

    def test_facts_are_not_for_typing(self):
        error = self.found[0].with_user(self.bert)
        error.write({"note": "Asked", "minutes": 30, "amount_cost": 12})
        for vals in ({"state": "confirmed"}, {"moment": "after_delivery"}):
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                error.write(vals)
        with self.assertRaises(AccessError):
            error.unlink()
        with self.assertRaises(AccessError):
            error.with_user(self.sam).action_is_error()

    def test_an_error_costs_nothing_negative(self):
        for name in ("minutes", "amount_cost"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.found[0].with_user(self.bert).write({name: -1})
                self.env.flush_all()

    def test_errors_of_before_cost_nothing_negative(self):
        error = self.found[0]
        error.minutes = 15
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE adv_entry_error DROP CONSTRAINT adv_entry_error_cost_positive"
        )
        self.env.cr.execute(
            "UPDATE adv_entry_error SET amount_cost = -10 WHERE id = %s", [error.id]
        )
        self.env.invalidate_all()
        upgrade(self.env, "19.0.1.4.0", "19.0.1.5.0", stage="pre")
        self.assertEqual((error.amount_cost, error.minutes), (10, 15))

    def test_another_type_makes_it_an_error_of_the_order(self):
        error = self.found[0]
        error.with_user(self.bert).type_id = self.get_type("RCL")
        self.assertEqual(error.line_key, 0)
        error.with_user(self.bert).type_id = self.get_type("PRX")
        self.assertEqual(error.line_key, error.line_id.id)

    def test_another_type_keeps_apart_what_was_removed(self):
        order = self.sell_as(self.anna, 1, 2, confirm=False)
        lines = order.order_line
        errors = self.errors
        for line in lines:
            errors |= self.declare(order, "PRX", line)
        keys = lines.ids
        lines.unlink()
        for error in errors:
            error.with_user(self.marie).type_id = self.get_type("REF")
        self.assertEqual(errors.mapped("line_key"), keys)

    def test_nobody_declares_his_own_error_away(self):
        order = self.sell_as(self.anna, 5)
        line = order.order_line
        with self.assertRaisesRegex(UserError, "yours"), self.env.cr.savepoint():
            self.declare(order, "PRX", line, user=self.anna, is_master_data=True)
        error = self.declare(order, "PRX", line, is_master_data=True)
        self.assertTrue(error.is_master_data)
        self.assertFalse(error.author_user_id)
        own = self.declare(order, "QTE", line, user=self.anna)
        self.assertEqual((own.state, own.author_user_id), ("confirmed", self.anna))

    def test_master_data_are_nobody_s_error_in_the_rates(self):
        error = self.found[0].with_user(self.bert)
        error.action_is_error()
        error.is_master_data = True
        self.assertEqual(self.counts(error), [1, 0, 0, 0])

    def test_a_declared_error_counts_at_once_and_is_known_afterwards(self):
        order = self.orders[0]
        with self.act(TUESDAY):
            action = order.with_user(self.bert).action_adv_declare_error()
            wizard = self.env[action["res_model"]].with_user(self.bert)
            form = Form(wizard.with_context(**action["context"]))
            form.type_id = self.get_type("ADL")
            self.assertEqual(form.minutes, 45)
            form.note = "Delivered to the old depot"
            form.save().action_declare()
        error = order.adv_error_ids.filtered(lambda each: each.source == "person")
        self.assertEqual((error.state, error.escaped_count), ("confirmed", 1))
        self.assertEqual((error.minutes, error.line_key), (45, 0))
        self.assertEqual((error.decided_by_id, error.author_id), (self.bert, self.anna))
        with self.assertRaisesRegex(UserError, "known already"):
            self.declare(order, "ADL")
        with self.assertRaisesRegex(UserError, "choose the line"):
            self.declare(order, "PRX")
        with self.assertRaisesRegex(UserError, "known already"):
            self.declare(order, "QTE", order.order_line)

    def test_the_same_error_cannot_live_twice(self):
        error = self.found[0]
        error.with_user(self.bert).action_is_no_error()
        self.declare(self.orders[0], "QTE", self.orders[0].order_line)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            error.with_user(self.bert).action_is_error()
            self.env.flush_all()

    def test_the_order_shows_and_opens_its_errors(self):
        order = self.orders[0].with_user(self.bert)
        self.assertEqual(order.adv_error_count, 1)
        action = order.action_adv_open_errors()
        found = self.errors.search(action["domain"])
        self.assertEqual(found, order.sudo().adv_error_ids)
        order.sudo().adv_error_ids.with_user(self.bert).action_is_no_error()
        self.assertEqual(order.adv_error_count, 0)

    def test_the_queue_holds_what_is_to_classify(self):
        action = self.env.ref("adv_management.adv_entry_error_action_classify")
        queue = Domain(ast.literal_eval(action.domain))
        self.assertEqual(self.found.filtered_domain(queue), self.found)
        self.found[0].with_user(self.bert).action_is_error()
        self.found[0].with_user(self.anna)._contest("No")
        self.found[1].with_user(self.bert).action_is_error()
        self.assertEqual(
            self.found.filtered_domain(queue), self.found[0] | self.found[2]
        )

    def test_the_case_of_the_issue(self):
        orders = self.make_ten_orders()
        ours = [("order_id", "in", [order.id for order in orders])]
        errors = self.errors.search(ours)
        self.assertEqual(len(orders), 10)
        self.assertEqual(sum(order.adv_line_count for order in orders), 40)
        self.assertEqual(sum(errors.mapped("escaped_count")), 4)
        self.assertEqual(sum(errors.mapped("caught_count")), 1)
        self.assertEqual(sum(errors.mapped("rejected_count")), 1)
        self.assertEqual(
            sorted(each.type_id.code for each in errors if each.escaped_count),
            ["ADL", "DEL", "PRX", "PRX"],
        )
        self.assertEqual(
            {str(day) for day in errors.mapped("date_entry")}, {"2026-03-02"}
        )
        rates = {
            "order_error_rate": 0.2,
            "line_error_rate": 0.05,
            "errors_per_hundred_orders": 40,
            "right_first_time_rate": 0.7,
            "interception_rate": 0.2,
            "control_precision": 0.75,
        }
        with self.act("2026-06-15 10:00:00"):
            figures = self.env["adv.kpi"]._evaluate(
                rates, "2026-03-01", "2026-03-31", domain=ours
            )
        self.assertEqual(
            {code: figure.value for code, figure in figures.total.items()}, rates
        )
