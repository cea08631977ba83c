import io

from openpyxl import load_workbook

from odoo.tests import tagged

from .common import PapersCommon

NOON = "2026-03-03 11:00:00"
TAG = "<img src=x onerror=alert(1)>"
FORMULA = "=cmd|' /C calc'!A0"
HEADER = "X\r\nBcc: spy@evil.example"


@tagged("post_install", "-at_install")
class TestOddWords(PapersCommon):
    """Whatever people and imports put into names is text, everywhere it goes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_mode("manual")
        cls.partner.name = f"{TAG}{HEADER}"
        cls.product.name = f"{FORMULA}{TAG}"
        cls.order = cls.sell(
            10,
            promise="2026-03-10",
            client_order_ref=f"{FORMULA}{HEADER}{TAG}",
        )
        cls.order.order_line.name = f"-1+1{TAG}\n@SUM(A1)\n+33"
        cls.order.name = f"S1{TAG}{HEADER}"

    def send_all(self):
        """Return the e-mails that leave about the order, of each kind."""
        with self.act(NOON):
            acknowledgement = self.order._adv_compose_acknowledgements()
            report = self.partner._adv_compose_open_orders(self.company)
        notice = self.compose(
            order_ids=self.order.ids, line_ids=[self.line(self.order)]
        )
        messages = acknowledgement | report | notice
        self.assertEqual(messages.mapped("failure_reason"), [False] * 3)
        self.send(messages)
        self.run_queue()
        self.assertEqual(messages.mapped("failure_reason"), [False] * 3)
        self.assertEqual(messages.mapped("state"), ["sent"] * 3)
        self.assertEqual(len(self._mails), 3)
        return messages

    def test_mails(self):
        messages = self.send_all()
        for mail in self._mails:
            self.assertNotIn("<img src", mail["body"])
            for name in ("subject", "email_from", "reply_to"):
                self.assertNotIn("\n", mail[name])
                self.assertNotIn("\r", mail[name])
            self.assertFalse(mail["email_cc"])
            [address] = mail["email_to"]
            self.assertNotIn("\n", address)
            self.assertTrue(address.endswith("<martin@garage.example>"))
        for message in messages:
            self.assertNotIn("<img src", message.body)
        notes = self.order.message_ids.mapped("body")
        self.assertFalse([note for note in notes if "<img src" in note])

    def test_lines_of_a_description_stay_lines(self):
        [acknowledgement, *_others] = self.send_all()
        self.assertIn("white-space:pre-line", acknowledgement.body)
        self.assertIn(
            "-1+1&lt;img src=x onerror=alert(1)&gt;\n@SUM(A1)", acknowledgement.body
        )

    def test_spreadsheet(self):
        _acknowledgement, report, _notice = self.send_all()
        sheet = load_workbook(io.BytesIO(report.attachment_ids.raw)).active
        texts = [
            cell
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
        ]
        self.assertEqual({cell.data_type for cell in texts}, {"s"})
        self.assertFalse(any(cell.hyperlink for cell in texts))
        self.assertTrue(any(cell.value.startswith(FORMULA) for cell in texts))
        self.assertNotIn("\n", report.attachment_ids.name)

    def test_printed_order_has_a_name_on_one_line(self):
        self.company.adv_ack_is_pdf = True
        Report = self.registry["ir.actions.report"]
        self.patch(Report, "get_wkhtmltopdf_state", lambda self: "ok")
        self.patch(Report, "_render_qweb_pdf", lambda *args: (b"%PDF-1", "pdf"))
        self.send_all()
        names = [name for mail in self._mails for name, *_rest in mail["attachments"]]
        self.assertEqual([name for name in names if "\n" in name or "\r" in name], [])

    def test_amounts_are_in_the_currency_of_the_order(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollars = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": dollar.id}
        )
        order = self.sell(2, pricelist_id=dollars.id)
        with self.act(NOON):
            message = order._adv_compose_acknowledgements()
        self.assertIn("$", message.body)
        self.assertNotIn("€", message.body)
