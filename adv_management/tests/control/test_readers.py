from odoo import fields
from odoo.tests import tagged

from ...models.control.adv_controlled import PARKING
from .billing import Billing
from .common import ControlCase
from .flows import BIG


@tagged("post_install", "-at_install")
class TestReaders(Billing, ControlCase):
    """Whoever passes a checkpoint sees what stops him, with his own rights only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controls.search([]).active = False
        cls.stan = cls._create_user("stan", "stock.group_stock_user")

    def _read(self, action, user):
        """Read a dialog and all behind it, as the screen of a person does."""
        self.env.invalidate_all()
        stop = self.env[action["res_model"]].with_user(user).browse(action["res_id"])
        rows = stop.read() + stop.result_ids.read() + stop.result_ids.finding_ids.read()
        self.assertEqual(len(rows), 3)
        return stop

    def test_storekeeper_reads_what_keeps_a_delivery(self):
        order = self.sell(1)
        self.own("[('sale_id', '!=', False)]", checkpoint="shipment")
        picking = order.picking_ids.with_user(self.stan)
        action = picking.button_validate()
        stop = self._read(action, self.stan)
        self.waive(stop.result_ids.with_env(self.env), user=self.marc)
        self.env.invalidate_all()
        self.assertTrue(stop.is_settled)
        stop.action_go_on()
        self.assertEqual(picking.state, "done")

    def test_gravest_comes_first(self):
        for severity in ("info", "approval", "blocking"):
            self.own("[('amount_untaxed', '>', 0)]", name=severity, severity=severity)
        order = self.quote(1)
        order.action_adv_check()
        results = self.get_results(order)
        grave, approved, told = (
            results.filtered(lambda result, name=name: result.name == name)
            for name in ("blocking", "approval", "info")
        )
        order_by = "state, severity, control_id, id"
        found = results.search([("id", "in", results.ids)], order=order_by)
        self.assertEqual(list(found), [grave, approved, told])
        self.waive(grave)
        found = results.search([("id", "in", results.ids)], order=order_by)
        self.assertEqual(list(found), [approved, told, grave])

    def test_only_what_waits_is_listed_as_stopped(self):
        self.own("[('amount_untaxed', '>', 50)]")
        waiting, given_up, changed = self.quote(10), self.quote(10), self.sell(1)
        for order in (waiting, given_up):
            self.press_confirm(order)
        given_up._action_cancel()
        machine = changed.with_context(adv_gate=PARKING)
        machine.order_line.product_uom_qty = 10
        self.env["adv.control"]._run_pending()
        orders = waiting | given_up | changed
        failed = orders.adv_control_result_ids
        self.assertEqual(set(failed.mapped("state")), {"failed"})
        stopping = self.results.with_user(self.paule).search(
            [("is_stopping", "=", True)]
        )
        self.assertEqual(stopping.order_id, waiting)
        self.assertEqual(failed.filtered("is_stopping").order_id, waiting)
        others = self.results.search([("is_stopping", "=", False)])
        self.assertEqual(others & failed, failed - stopping)

    def test_only_the_next_checkpoints_stop_a_document(self):
        for checkpoint in ("quotation", "confirmation", "release"):
            self.own(BIG, name=checkpoint, checkpoint=checkpoint)
        draft, sent, parked = (self.quote(10) for _each in range(3))
        sent.with_context(adv_gate=PARKING).action_quotation_sent()
        parked.with_context(adv_gate=PARKING).action_confirm()
        orders = draft | sent | parked
        orders.action_adv_check()
        found = self.results.search([("is_stopping", "=", True)])
        stopping = {
            order: set(
                found.filtered_domain([("order_id", "=", order.id)]).mapped("name")
            )
            for order in orders
        }
        self.assertEqual(
            stopping,
            {
                draft: {"quotation", "confirmation"},
                sent: {"confirmation"},
                parked: {"confirmation", "release"},
            },
        )
        self.assertEqual(orders.mapped("adv_stopping_count"), [2, 1, 2])

    def test_bookkeeper_reads_what_keeps_an_invoice(self):
        book = self._create_user("book", "account.group_account_invoice")
        order = self.sell(1)
        self.deliver(order, at="2026-03-03 08:00:00")
        self.own("[('amount_untaxed', '>', 0)]", checkpoint="invoice")
        move = self.bill(order).with_user(book)
        move.invoice_date = fields.Date.today()
        stop = self._read(move.action_adv_post(), book)
        chief = self._create_user(
            "chief",
            "adv_management.group_adv_manager",
            "account.group_account_manager",
        )
        self.waive(stop.result_ids.with_env(self.env), user=chief)
        stop.action_go_on()
        self.assertEqual(move.state, "posted")
