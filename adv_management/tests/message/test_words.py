from odoo import Command
from odoo.tests import tagged

from .common import NOON, MessageCommon


@tagged("post_install", "-at_install")
class TestWords(MessageCommon):
    """In which language and with which words the customer is written to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.template = cls.env.ref("adv_management.mail_template_adv_delay")
        cls.template.with_context(lang="fr_FR").subject = "Nouvelle date"

    def test_the_customers_language_counts(self):
        self.partner.lang = "fr_FR"
        message = self.compose()
        self.assertEqual((message.lang, message.subject), ("fr_FR", "Nouvelle date"))

    def test_without_one_the_companys_does(self):
        self.partner.lang = False
        self.company.partner_id.lang = "fr_FR"
        self.assertEqual(self.compose().lang, "fr_FR")

    def test_without_any_it_is_english(self):
        self.partner.lang = self.company.partner_id.lang = False
        message = self.compose()
        self.assertEqual(message.lang, "en_US")
        self.assertIn("apologise", message.body)

    def test_two_customers_are_written_to_in_two_languages(self):
        self.partner.lang, self.other.lang = "fr_FR", "en_US"
        order = self.sell(1)
        with self.act(NOON):
            french, english = self.env["adv.customer.message"]._compose(
                [
                    {
                        "kind": "delay",
                        "key": partner.name,
                        "company_id": self.company.id,
                        "partner_id": partner.id,
                        "line_ids": [self.line(order)],
                    }
                    for partner in (self.partner, self.other)
                ]
            )
        self.assertIn("17/03/2026", french.body)
        self.assertIn("03/17/2026", english.body)

    def test_lines_say_what_was_promised_and_what_holds_now(self):
        order = self.sell((self.product, 2.5), client_order_ref="BC 4711")
        message = self.compose(
            order_ids=[Command.set(order.ids)],
            line_ids=[self.line(order), self.line(order, date_announced=False)],
        )
        self.assertEqual(message.subject, f"New delivery date: {order.name}")
        for words in ("BC 4711", "Chaise", "2.5", "03/10/2026", "03/17/2026", "Paule"):
            self.assertIn(words.lower(), message.body.lower())
        self.assertIn("to be confirmed", message.body)
        self.assertNotIn("<script", message.body)

    def test_columns_without_a_date_are_left_out(self):
        order = self.sell(1)
        message = self.compose(line_ids=[self.line(order, date_promise=False)])
        self.assertNotIn("Date so far", message.body)
        self.assertIn("New date", message.body)

    def test_what_a_customer_is_called_is_no_markup(self):
        order = self.sell(1, client_order_ref="<script>alert(1)</script>")
        message = self.compose(line_ids=[self.line(order)])
        self.assertNotIn("<script>", message.body)
        self.assertIn("&lt;script&gt;", message.body)

    def test_rendered_again_after_a_line_has_changed(self):
        order = self.sell(1)
        message = self.compose(line_ids=[self.line(order)])
        message.line_ids.date_announced = "2026-03-24"
        message._render()
        self.assertIn("03/24/2026", message.body)
