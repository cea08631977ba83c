"""What customers and programs bring is parked, or refused as a whole."""

from datetime import timedelta
from xmlrpc.client import Fault

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .flows import BIG, FlowCase

_NEUTRAL = "We have received your order and are looking through it"


@tagged("post_install", "-at_install")
class TestSignature(FlowCase):
    """A customer signs on the portal: he is told no more than that it arrived."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own(BIG)

    def _quote(self, quantity, **vals):
        return self.quote(
            quantity,
            require_signature=True,
            require_payment=False,
            state="sent",
            **vals,
        )

    def _read_page(self, answer, lang=""):
        return self.get_text(self.url_open(lang + answer["redirect_url"]))

    def test_signed_order_is_accepted_and_parked(self):
        order = self._quote(10)
        page = self._read_page(self.sign(order))
        self.assertEqual(
            (order.state, order.signed_by, order.adv_is_parked),
            ("sale", "M. Martin", True),
        )
        self.assertFalse(order.picking_ids)
        self.assertIn(_NEUTRAL, page)
        self.assertIn("Your order has been signed.", page)
        self.assertNotIn("confirmed.", page)
        self.assertNotIn("Promised for", page)
        [failed] = self.get_stopping(order)
        self.assertEqual((failed.name, failed.state), ("Own rule", "failed"))

    def test_customer_is_told_at_the_release_what_was_kept_back(self):
        order = self._quote(10)
        self.sign(order)
        received, *others = self.get_mails(order)
        self.assertIn("We have received your order", received)
        self.assertFalse([each for each in others if each])
        self.assertTrue(order.adv_is_mail_due)
        self.waive(self.get_stopping(order))
        order.with_user(self.paule).action_adv_release()
        self.assertEqual(
            self.get_mails(order)[-1], f"Delorme & Fils Order (Ref {order.name})"
        )
        self.assertFalse(order.adv_is_mail_due)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 10)
        page = self.get_text(self.url_open(order.get_portal_url()))
        self.assertNotIn(_NEUTRAL, page)

    def test_french_customer_reads_french_all_along(self):
        self.partner.lang = "fr_FR"
        order = self._quote(10)
        page = self._read_page(self.sign(order), "/fr")
        self.assertIn("Nous avons bien reçu votre commande", page)
        self.assertIn("Nous avons bien reçu votre commande", self.get_mails(order)[0])
        self.waive(self.get_stopping(order))
        order.with_user(self.paule).action_adv_release()
        self.assertEqual(
            self.get_mails(order)[-1], f"Delorme & Fils Commande (Ref {order.name})"
        )

    def test_order_in_order_is_confirmed_as_ever(self):
        order = self._quote(1)
        page = self._read_page(self.sign(order))
        self.assertFalse(order.adv_is_parked)
        self.assertIn("Your order has been confirmed.", page)
        self.assertIn(f"Delorme & Fils Order (Ref {order.name})", self.get_mails(order))
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 1)

    def test_cancelled_order_is_not_parked_any_more(self):
        order = self._quote(10)
        self.sign(order)
        self.assertTrue(order.adv_is_mail_due)
        order._action_cancel()
        self.assertFalse(order.adv_is_parked or order.adv_is_mail_due)


@tagged("post_install", "-at_install")
class TestPayment(FlowCase):
    """A customer pays on line: his money is never lost, his invoice may wait."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_till()
        cls.product.invoice_policy = "order"

    def _order(self, quantity):
        return self.quote(quantity, require_signature=False, require_payment=True)

    def test_paid_order_is_parked_and_its_invoice_stays_a_draft(self):
        self.own(BIG)
        order = self._order(10)
        payment = self.pay(order).payment_id
        self.assertEqual((order.state, order.adv_is_parked), ("sale", True))
        self.assertFalse(order.picking_ids)
        self.assertEqual(order.invoice_ids.state, "draft")
        self.assertEqual((payment.state, payment.amount), ("in_process", 100))
        self.assertFalse(payment.reconciled_invoice_ids)
        self.assertEqual(payment.move_id.state, "posted")
        self.assertIn("We have received your order", self.get_mails(order)[0])

    def test_payment_meets_its_invoice_when_that_is_posted(self):
        self.own(BIG)
        order = self._order(10)
        payment = self.pay(order).payment_id
        self.waive(self.get_stopping(order))
        order.with_user(self.paule).action_adv_release()
        order.invoice_ids.with_user(self.paule).action_adv_post()
        self.assertEqual(order.invoice_ids.state, "posted")
        self.assertEqual(order.invoice_ids.amount_residual, 0)
        self.assertEqual(payment.reconciled_invoice_ids, order.invoice_ids)

    def test_invoice_that_its_own_control_stops_stays_a_draft(self):
        self.own(BIG, checkpoint="invoice")
        order = self._order(10)
        payment = self.pay(order).payment_id
        self.assertFalse(order.adv_is_parked)
        self.assertTrue(order.picking_ids)
        self.assertEqual(order.invoice_ids.state, "draft")
        self.assertEqual(payment.move_id.state, "posted")
        [failed] = self.get_stopping(order.invoice_ids)
        self.assertEqual(failed.checkpoint, "invoice")

    def test_capture_of_a_part_leaves_the_draft_alone(self):
        self.own(BIG, checkpoint="invoice")
        order = self._order(10)
        self.provider.support_manual_capture = "partial"  # what a real bank's has
        authorized = self.pay(order, state="authorized")
        self.assertEqual(order.state, "sale")
        invoice = order._create_invoices()
        self.assertEqual(authorized.invoice_ids, invoice)
        capture = authorized._create_child_transaction(40)
        capture._set_done()
        capture._post_process()
        self.assertEqual(capture.payment_id.move_id.state, "posted")
        self.assertEqual(invoice.state, "draft")
        self.assertEqual(authorized.invoice_ids, invoice)

    def test_what_is_in_order_is_invoiced_and_paid_as_ever(self):
        self.own(BIG)
        order = self._order(1)
        payment = self.pay(order).payment_id
        self.assertFalse(order.adv_is_parked)
        self.assertEqual(order.invoice_ids.state, "posted")
        self.assertEqual(payment.reconciled_invoice_ids, order.invoice_ids)

    def test_deposit_of_a_parked_order_waits_with_it(self):
        self.own(BIG)
        order = self._order(10)
        order.prepayment_percent = 0.3
        payment = self.pay(order, 30).payment_id
        self.assertTrue(order.adv_is_parked)
        self.assertEqual(
            (order.invoice_ids.state, order.invoice_ids.amount_total), ("draft", 30)
        )
        self.assertEqual(payment.move_id.state, "posted")


@tagged("post_install", "-at_install")
class TestPrograms(FlowCase):
    """Imports and calls are refused with the desk's words, and change nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own(BIG)

    def test_import_names_the_row_that_is_stopped(self):
        small, big, other = (self.quote(quantity) for quantity in (1, 10, 2))
        orders = (small | big | other).with_user(self.paule)
        rows = [[str(order.id), "sale"] for order in orders]
        report = orders.load([".id", "state"], rows)
        errors = [each for each in report["messages"] if each["type"] == "error"]
        self.assertFalse(report["ids"])
        self.assertIn(f"{big.name} · Own rule", errors[-1]["message"])
        self.assertEqual(errors[-1]["rows"], {"from": 1, "to": 1})
        self.assertEqual(set(orders.mapped("state")), {"draft"})
        del rows[1]
        report = orders.load([".id", "state"], rows)
        self.assertEqual(report["ids"], [small.id, other.id])
        self.assertEqual(orders.mapped("state"), ["sale", "draft", "sale"])

    def _call(self, *arguments):
        """Call as Paule's program does by XML-RPC."""
        password = "Paule-2026"
        self.paule.password = password
        self.env.flush_all()
        return self.xmlrpc_object.execute_kw(
            self.env.cr.dbname, self.paule.id, password, *arguments
        )

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_xml_rpc_is_refused_and_changes_nothing(self):
        order = self.quote(10)
        for method, values in (
            ("action_confirm", []),
            ("write", [{"state": "sale", "client_order_ref": "PO 1"}]),
        ):
            with self.assertRaisesRegex(Fault, "Own rule"), self.env.cr.savepoint():
                self._call("sale.order", method, [order.ids, *values])
            order.invalidate_recordset()
            self.assertEqual((order.state, order.client_order_ref), ("draft", False))
        confirmed = self.sell(1)
        with self.assertRaisesRegex(Fault, "Own rule"):
            self._call(
                "sale.order.line",
                "write",
                [confirmed.order_line.ids, {"product_uom_qty": 10}],
            )
        confirmed.order_line.invalidate_recordset()
        self.assertEqual(confirmed.order_line.product_uom_qty, 1)

    @mute_logger("odoo.http")
    def test_json_call_is_refused_and_changes_nothing(self):
        order = self.quote(10)
        keys = self.env(user=self.paule)["res.users.apikeys"]
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        key = keys._generate("rpc", "Program", tomorrow)
        answer = self.url_open(
            "/json/2/sale.order/action_confirm",
            json={"ids": order.ids, "context": {"adv_gate": "PARKING", "cron_id": 1}},
            headers={"Authorization": f"Bearer {key}"},
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Own rule", answer.json()["message"])
        order.invalidate_recordset()
        self.assertEqual((order.state, order.adv_is_parked), ("draft", False))
