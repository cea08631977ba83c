from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..message.common import NOON
from .common import PapersCommon


@tagged("post_install", "-at_install")
class TestAcknowledging(PapersCommon):
    """A person acknowledges orders: one message each, looked at before it leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_mode("manual")

    def press(self, *orders, at=NOON, user=None):
        """Press the button and return the messages it shows."""
        orders = self.env["sale.order"].union(*orders).with_user(user or self.paule)
        with self.act(at):
            action = orders.action_adv_acknowledge()
        ids = [action["res_id"]] if action.get("res_id") else action["domain"][0][2]
        return self.env["adv.customer.message"].browse(sorted(ids))

    def words(self, message):
        return " ".join(html2plaintext(message.body).replace("*", " ").split())

    def test_it_says_what_was_ordered_for_how_much_and_when(self):
        terms = self.env["account.payment.term"].create({"name": "45 days"})
        dap = self.env["account.incoterms"].search([("code", "=", "DAP")])
        self.partner.write(
            {"street": "3 rue du Lac", "zip": "38000", "city": "Grenoble"}
        )
        order = self.sell(
            10,
            2.5,
            promise="2026-03-10",
            client_order_ref="PO 778",
            payment_term_id=terms.id,
            incoterm=dap.id,
            incoterm_location="Grenoble",
        )
        message = self.press(order)
        self.assertEqual(message.state, "draft")
        self.assertEqual(
            message.subject, f"Acknowledgement of your order PO 778 ({order.name})"
        )
        self.assertEqual(message.contact_ids, self.partner)
        words = self.words(message)
        for expected in (
            order.name,
            "PO 778",
            "Chaise",
            "10 Units",
            "2.50 Units",
            "03/10/2026 departure",
            "3 rue du Lac",
            "38000",
            "DAP Grenoble",
            "45 days",
            "125.00",
        ):
            self.assertIn(expected, words)
        self.assertFalse(message.attachment_ids)

    def test_promised_arrivals_are_said_to_be_arrivals(self):
        self.company.adv_promise_basis = "arrival"
        words = self.words(self.press(self.sell(10, promise="2026-03-10")))
        self.assertIn("03/10/2026 arrival", words)

    def test_goods_without_a_date_and_services(self):
        self.product.sale_delay = 0
        service = self._create_product(
            "Montage", stock=0, type="service", is_storable=False
        )
        order = self.sell(10, (service, 1), confirm=False)
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Bureau du chef"})
        ]
        with self.act("2026-03-02 08:00:00"):
            order.action_confirm()
            self._run_engine()
        words = self.words(self.press(order))
        self.assertEqual(words.count("to be confirmed"), 1)
        self.assertIn("Bureau du chef", words)
        self.assertIn("Montage", words)

    def test_nothing_internal_is_told(self):
        short = self._create_product("Armoire", stock=0)
        order = self.sell((short, 5), promise="2026-03-10")
        self.receive(short, 5, "2026-03-25")
        self.assertEqual(str(order.adv_commitment_ids.date_predicted), "2026-03-25")
        self.assertNotIn("03/25/2026", self.words(self.press(order)))

    def test_pressing_twice_is_the_same_message(self):
        order = self.sell(10)
        self.assertEqual(self.press(order), self.press(order))

    def test_asked_again_after_it_left_it_replaces_the_one_before(self):
        order = self.sell(10)
        first = self.press(order)
        self.send(first)
        second = self.press(order)
        self.assertNotEqual(first, second)
        self.assertIn("Revised acknowledgement", second.subject)
        self.assertIn("replaces", self.words(second))
        self.assertNotIn("replaces", self.words(first))

    def test_a_cancelled_message_is_replaced_without_saying_so(self):
        order = self.sell(10)
        first = self.press(order)
        first.with_user(self.paule).action_cancel()
        second = self.press(order)
        self.assertNotEqual(first, second)
        self.assertNotIn("Revised", second.subject)

    def test_many_orders_are_one_message_each_and_unconfirmed_ones_none(self):
        orders = [self.sell(1), self.sell(2), self.sell(3, confirm=False)]
        messages = self.press(*orders)
        self.assertEqual([message.order_ids for message in messages], orders[:2])

    def test_an_unconfirmed_order_is_refused(self):
        with self.assertRaisesRegex(UserError, "Confirm the order first"):
            self.press(self.sell(3, confirm=False))

    def test_salespeople_do_not_send(self):
        luc = self._create_user("luc", "sales_team.group_sale_salesman")
        order = self.sell(10, user_id=luc.id)
        with self.assertRaises(AccessError):
            self.press(order, user=luc)
        message = self.press(order)
        self.assertEqual(message.with_user(luc).subject, message.subject)

    def test_the_button_is_there_only_where_orders_are_acknowledged(self):
        order, quotation = self.sell(1), self.sell(1, confirm=False)
        self.assertTrue(order.adv_is_acknowledgeable)
        self.assertFalse(quotation.adv_is_acknowledgeable)
        self.company.adv_ack_mode = "off"
        order.invalidate_recordset(["adv_is_acknowledgeable"])
        self.assertFalse(order.adv_is_acknowledgeable)

    def test_the_customer_without_e_mail_is_said_and_others_go_on(self):
        mute = self.env["res.partner"].create({"name": "Sans adresse"})
        bad, good = self.press(self.sell(1, partner_id=mute.id), self.sell(1))
        self.assertEqual((bad.state, good.state), ("failed", "draft"))
        self.assertIn("nobody to write to", bad.failure_reason)

    def test_the_printed_order_is_attached_where_the_company_wants_it(self):
        self.company.adv_ack_is_pdf = True
        order = self.sell(10)
        Report = self.registry["ir.actions.report"]
        with (
            patch.object(Report, "get_wkhtmltopdf_state", lambda self: "ok"),
            patch.object(Report, "_render_qweb_pdf", lambda *args: (b"%PDF-1", "pdf")),
        ):
            message = self.press(order)
        [file] = message.attachment_ids
        self.assertEqual((file.name, file.raw), (f"{order.name}.pdf", b"%PDF-1"))
        self.assertEqual(file.with_user(self.paule).raw, b"%PDF-1")

    def test_a_server_that_cannot_print_says_so_on_the_message(self):
        self.company.adv_ack_is_pdf = True
        Report = self.registry["ir.actions.report"]
        with patch.object(Report, "get_wkhtmltopdf_state", lambda self: "install"):
            message = self.press(self.sell(10))
        self.assertEqual(message.state, "draft")
        self.assertFalse(message.attachment_ids)
        self.assertIn("cannot make PDF", message.message_ids[0].body)

    def test_the_customer_reads_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.partner.lang = "fr_FR"
        message = self.press(self.sell(1000, promise="2026-03-10"))
        self.assertIn("10/03/2026", self.words(message))
        self.assertEqual(message.lang, "fr_FR")
