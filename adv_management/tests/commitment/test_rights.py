"""Who may read, change and forge what."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestRights(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assistant = cls._create_user("paule", "adv_management.group_adv_user")
        cls.manager = cls._create_user("marc", "adv_management.group_adv_manager")
        cls.salesman = cls._create_user("luc", "sales_team.group_sale_salesman")
        cls.storeman = cls._create_user("jean", "stock.group_stock_user")
        cls.order = cls.sell(10, promise="2026-03-10", user_id=cls.salesman.id)
        cls.row = cls.order.adv_commitment_ids
        cls.change_promise(cls.row, "2026-03-11", "internal", at="2026-03-03 09:00:00")

    def _desk(self):
        return self.assistant, self.manager

    # The figures ----------------------------------------------------------------------

    def test_figures_cannot_be_typed(self):
        for user in self._desk():
            for vals in (
                {"date_promise": "2026-06-01"},
                {"status": "delivered"},
                {"otif_count": 1, "cause_id": False},
                {"revision_ids": [Command.clear()]},
                {"qty_ordered": 1},
            ):
                with self.assertRaises(UserError):
                    self.row.with_user(user).write(vals)

    def test_figures_cannot_be_typed_through_the_order(self):
        for user in self._desk():
            order = self.order.with_user(user)
            with self.assertRaises(UserError):
                order.write(
                    {
                        "adv_commitment_ids": [
                            Command.update(self.row.id, {"date_promise": "2026-06-01"})
                        ]
                    }
                )
            for command in (
                Command.delete(self.row.id),
                Command.create({"sale_line_id": self.order.order_line.id}),
            ):
                with self.assertRaises(AccessError):
                    order.write({"adv_commitment_ids": [command]})
        self.assertCommitment(self.order, date_promise="2026-03-10")

    def test_rows_are_neither_created_nor_deleted_by_hand(self):
        vals = {
            "sale_line_id": self.order.order_line.id,
            "order_id": self.order.id,
            "company_id": self.company.id,
        }
        for user in self._desk():
            with self.assertRaises(AccessError):
                self.env["adv.commitment"].with_user(user).create(vals)
            with self.assertRaises(AccessError):
                self.row.with_user(user).unlink()

    def test_desk_corrects_the_cause(self):
        cause = self.env.ref("adv_management.adv_delay_cause_carrier")
        self.row.with_user(self.assistant).cause_id = cause
        self.assertEqual(self.row.cause_id, cause)
        with self.assertRaises(AccessError):
            self.row.with_user(self.salesman).cause_id = False

    # The history ----------------------------------------------------------------------

    def test_history_is_neither_written_nor_created_nor_deleted(self):
        revision = self.row.revision_ids
        self.assertEqual(len(revision), 1)
        vals = {
            "commitment_id": self.row.id,
            "order_id": self.order.id,
            "company_id": self.company.id,
            "kind": "date",
            "origin": "customer",
            "source": "wizard",
            "date_effective": "2026-03-03",
        }
        for user in (*self._desk(), self.salesman):
            mine = revision.with_user(user)
            with self.assertRaises(UserError):
                mine.write({"origin": "customer"})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.create(vals)

    def test_history_is_read_by_everybody_who_reads_the_row(self):
        for user in (self.assistant, self.manager, self.salesman):
            self.assertEqual(self.row.revision_ids.with_user(user).source, "wizard")
            self.assertEqual(
                self.row.with_user(user).revision_ids.ids, self.row.revision_ids.ids
            )

    def test_only_the_desk_puts_a_cut_in_the_customers_name(self):
        with self.act("2026-03-04 09:00:00"):
            self.order.order_line.product_uom_qty = 8
            self._run_engine()
        cut = self.row.revision_ids.filtered(
            lambda revision: revision.kind == "quantity"
        )
        with self.assertRaises(AccessError):
            cut.with_user(self.salesman).action_reclassify_as_customer()
        cut.with_user(self.assistant).action_reclassify_as_customer()
        self.assertCommitment(self.order, qty_ordered=8)

    # The wizard -----------------------------------------------------------------------

    def test_salesperson_cannot_change_a_promise(self):
        with self.assertRaises(AccessError):
            self.change_promise(
                self.row.with_user(self.salesman),
                "2026-03-17",
                "customer",
                at="2026-03-06 09:00:00",
            )

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_internal_methods_are_out_of_reach(self):
        from odoo.service.model import call_kw

        for method in (
            "_change_promise",
            "_announce",
            "_choose_cause",
            "_measure_now",
            "_refresh",
            "_run_pending",
            "_cron_refresh",
            "_touch",
        ):
            with self.assertRaises(AccessError):
                call_kw(
                    self.env["adv.commitment"].with_user(self.manager),
                    method,
                    [[self.row.id]],
                    {},
                )

    # Reading --------------------------------------------------------------------------

    def test_salesperson_reads_the_promises_of_his_customers_only(self):
        other = self.sell(5, promise="2026-03-10", user_id=self.manager.id)
        Commitment = self.env["adv.commitment"].with_user(self.salesman)
        found = Commitment.search([("order_id", "in", (self.order | other).ids)])
        self.assertEqual(found.order_id, self.order)
        self.assertEqual(
            self.order.with_user(self.salesman).adv_commitment_status, "will_be_late"
        )

    def test_desk_reads_the_promises_of_everybody(self):
        Commitment = self.env["adv.commitment"].with_user(self.assistant)
        self.assertEqual(
            Commitment.search([("order_id", "=", self.order.id)]), self.row
        )

    def test_storeman_delivers_without_any_right_on_sales(self):
        picking = self.order.picking_ids.with_user(self.storeman)
        with self.act("2026-03-09 09:00:00"):
            picking.move_ids.write({"quantity": 10, "picked": True})
            self._validate(picking)
            self._run_engine()
        self.assertCommitment(self.order, status="delivered", otif_count=1)

    def test_salesperson_confirms_and_cancels_without_any_right_on_stock(self):
        order = self.sell(
            5, promise="2026-03-10", confirm=False, user_id=self.salesman.id
        ).with_user(self.salesman)
        with self.act("2026-03-03 09:00:00"):
            order.action_confirm()
            order.env.cr.flush()
            self._run_engine()
        self.assertCommitment(order.sudo(), status="on_time")
        with self.act("2026-03-04 09:00:00"):
            order._action_cancel()
            self._run_engine()
        self.assertCommitment(order.sudo(), status="cancelled")
        self.assertEqual(
            order.sudo().adv_commitment_ids.revision_ids.user_id, self.salesman
        )
