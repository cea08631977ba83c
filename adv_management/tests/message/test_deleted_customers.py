from psycopg2.errors import ForeignKeyViolation

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FRIDAY_NIGHT, NOON, MessageCommon


@tagged("post_install", "-at_install")
class TestDeletedCustomers(MessageCommon):
    """Whoever is deleted with his orders leaves nothing that holds him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.missing = cls._create_product("Armoire", stock=0)
        cls.order = cls.sell(
            (cls.missing, 10), promise="2026-03-10", partner_id=cls.other.id
        )

    def write_about_the_order(self, key="a", **vals):
        return self.compose(
            key,
            partner=self.other,
            order_ids=[Command.set(self.order.ids)],
            line_ids=[self.line(self.order)],
            **vals,
        )

    def delete_customer(self):
        with self.act(NOON):
            self.order._action_cancel()
            self.order.unlink()
            self.other.unlink()
            self.env.invalidate_all()

    def test_history_keeps_what_was_said_and_to_whom(self):
        message = self.write_about_the_order()
        self.send(message)
        self.run_queue()
        self.delete_customer()
        self.assertEqual(
            (message.state, message.partner_name), ("sent", "Hôtel du Lac")
        )
        self.assertFalse(message.partner_id | message.contact_ids)
        self.assertIn("Armoire", message.body)

    def test_what_has_not_left_is_kept_back(self):
        draft = self.write_about_the_order("a")
        waiting = self.write_about_the_order("b")
        self.send(waiting, at=FRIDAY_NIGHT)
        leaving = self.write_about_the_order("c")
        self.send(leaving)
        self.delete_customer()
        self.run_queue()
        self.assertEqual((draft | waiting | leaving).mapped("state"), ["cancelled"] * 3)
        self.assertFalse(self._mails)

    def test_his_history_is_deleted_after_him(self):
        message = self.write_about_the_order()
        self.send(message)
        self.run_queue()
        with self.assertRaisesRegex(UserError, "is kept"):
            message.unlink()
        self.delete_customer()
        message.unlink()
        self.assertFalse(message.exists())

    def test_a_customer_with_orders_stays(self):
        self.write_about_the_order()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ForeignKeyViolation),
            self.env.cr.savepoint(),
        ):
            self.other.unlink()

    def test_another_customers_order_leaves_nothing_behind(self):
        """The alert and the answer were about an order that is another one's now."""
        self.env["adv.customer.answer"].create(
            {
                "kind": "part",
                "order_id": self.order.id,
                "company_id": self.company.id,
                "partner_id": self.other.id,
                "digest": "x",
            }
        )
        with self.act(NOON):
            self.order.partner_id = self.partner
            self._run_engine()
            self.other.unlink()
        self.assertTrue(self.order.exists())
