from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MONDAY, PDF, IntakeCommon


@tagged("post_install", "-at_install")
class TestGateway(IntakeCommon):
    """What Odoo's mail gateway makes of an e-mail to an order mailbox."""

    def test_an_order_by_mail_becomes_a_draft_with_its_document(self):
        mails = self.env["mail.mail"].search([])
        self.partner.user_id = salesman = self._create_user(
            "salesman", "sales_team.group_sale_salesman"
        )
        message = self.attach(
            self.write_mail(Cc="chef@garage.example"), "logo.png", "CGV.pdf", "BC.pdf"
        )
        order = self.receive_mail(message)
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.partner_id, self.partner)
        self.assertEqual(order.company_id, self.company)
        self.assertEqual(order.adv_channel, "mail")
        self.assertEqual(str(order.adv_date_received), "2026-03-02 08:15:00")
        self.assertEqual(order.adv_mail_subject, "Commande 4711")
        self.assertEqual(order.adv_user_id, self.paule)
        self.assertEqual(order.user_id, salesman)
        self.assertEqual(order.adv_mailbox_id, self.mailbox)
        self.assertFalse(order.client_order_ref)
        self.assertRegex(order.name, r"^S\d+$")
        self.assertEqual(order.message_main_attachment_id.name, "CGV.pdf")
        posted = order.message_ids.filtered(lambda each: each.message_type == "email")
        self.assertEqual(posted.subject, "Commande 4711")
        self.assertEqual(posted.author_id, self.partner)
        self.assertEqual(len(posted.attachment_ids), 3)
        # The salesperson follows his customer's order, as always; nobody else hears.
        written = self.env["mail.mail"].search([]) - mails
        self.assertLessEqual(written.recipient_ids, salesman.partner_id)

    def test_a_document_is_found_however_it_is_packed(self):
        unnamed = self.write_mail()
        unnamed.add_attachment(PDF, "application", "octet-stream", filename="BC.PDF")
        order = self.receive_mail(unnamed)
        self.assertEqual(order.message_main_attachment_id.name, "BC.PDF")
        passed_on = self.write_mail("paule@delorme.example", Subject="Tr: 4711")
        passed_on.add_attachment(self.attach(self.write_mail(), "logo.png", "BC.pdf"))
        order = self.receive_mail(passed_on)
        self.assertEqual(order.message_main_attachment_id.name, "BC.pdf")
        scan = self.receive_mail(self.attach(self.write_mail(), "logo.png"))
        self.assertEqual(scan.message_main_attachment_id.name, "logo.png")

    def test_nothing_is_sent_to_anybody(self):
        mails = self.env["mail.mail"].search([])
        order = self.receive_mail(self.attach(self.write_mail(), "BC.pdf"))
        self.assertEqual(self.env["mail.mail"].search([]), mails)
        self.assertFalse(order.message_partner_ids)
        self.assertFalse(order.activity_ids)

    def test_dates_that_cannot_be_are_now(self):
        dates = {
            "Mon, 2 Mar 2026 04:00:00 -0500": "2026-03-02 09:00:00",
            "lundi 2 mars": MONDAY,
            "Tue, 3 Mar 2026 09:00:00 +0100": MONDAY,
            "Thu, 1 Jan 1970 00:00:00 +0000": MONDAY,
            None: MONDAY,
        }
        for date, received in dates.items():
            with self.subTest(date=date):
                order = self.receive_mail(Date=date)
                self.assertEqual(str(order.adv_date_received), received)

    def test_a_subject_is_missing_or_folded(self):
        self.assertFalse(self.receive_mail(Subject=None).adv_mail_subject)
        self.assertRegex(self.receive_mail(Subject=None).name, r"^S\d+$")
        raw = self.write_mail().as_bytes()
        raw = raw.replace(b"Commande 4711", b"Commande\r\n 4712\r\n  urgente")
        env = self.env(user=self.env.ref("base.user_root"), context={})
        before = self.orders()
        env["mail.thread"].message_process(None, raw)
        order = self.orders() - before
        self.assertEqual(order.adv_mail_subject, "Commande 4712 urgente")

    def test_the_same_mail_twice_makes_one_order(self):
        message = self.write_mail()
        self.assertEqual(len(self.receive_mail(message)), 1)
        self.assertFalse(self.receive_mail(message))

    def test_one_mail_to_two_mailboxes_of_a_company_makes_one_order(self):
        self.make_mailbox("orders")
        both = "commandes@delorme.example, orders@delorme.example"
        self.assertEqual(len(self.receive_mail(To=both)), 1)

    def test_a_reply_goes_on_the_thread(self):
        message = self.write_mail()
        order = self.receive_mail(message)
        reply = self.attach(
            self.write_mail(In_Reply_To=message["Message-Id"], Subject="Re: 4711"),
            "BC rectifié.pdf",
        )
        self.assertFalse(self.receive_mail(reply))
        self.assertIn("Re: 4711", order.message_ids.mapped("subject"))
        self.assertEqual(order.message_main_attachment_id.name, "BC rectifié.pdf")
        self.assertEqual(str(order.adv_date_received), "2026-03-02 08:15:00")

    def test_what_programs_answer_is_kept_on_the_mailbox(self):
        away = self.write_mail(Auto_Submitted="auto-replied", Subject="Absent")
        vacation = self.write_mail(
            Auto_Submitted="auto-generated", In_Reply_To="<1@x>", Subject="Congés"
        )
        self.assertFalse(self.receive_mail(away))
        self.assertFalse(self.receive_mail(self.attach(vacation, "logo.png")))
        self.assertFalse(self.receive_mail(away), "the same again")
        kept = self.mailbox.message_ids.filtered("subject")
        self.assertEqual(kept.mapped("subject"), ["Congés", "Absent"])

    def test_a_bounce_makes_no_order(self):
        for bounce in (
            self.write_mail("MAILER-DAEMON@garage.example"),
            self.write_mail(To=self.domain.bounce_email),
        ):
            self.assertFalse(self.receive_mail(bounce))

    def test_an_order_written_by_a_purchasing_system_is_one(self):
        order = self.receive_mail(Auto_Submitted="auto-generated", Precedence="bulk")
        self.assertEqual(order.partner_id, self.partner)

    def test_what_is_typed_as_defaults_of_the_alias_decides_nothing(self):
        self.mailbox.with_user(self.manager).alias_defaults = {
            "state": "sale",
            "company_id": self.env.ref("base.main_company").id,
        }
        order = self.receive_mail()
        self.assertEqual((order.state, order.company_id), ("draft", self.company))

    def test_an_alias_that_is_no_mailbox_stays_odoo_s(self):
        self.env["mail.alias"].create(
            {
                "alias_name": "devis",
                "alias_domain_id": self.domain.id,
                "alias_model_id": self.env["ir.model"]._get_id("sale.order"),
                "alias_defaults": {"partner_id": self.partner.id},
            }
        )
        order = self.receive_mail(To="devis@delorme.example", Subject="Devis 1")
        self.assertEqual(order.name, "Devis 1")
        self.assertFalse(order.adv_channel)
        self.assertFalse(self.queue(self.paule))

    def test_a_document_posted_on_another_order_is_left_as_odoo_leaves_it(self):
        order = self.sell(1, confirm=False)
        order.message_post(attachments=[("BC.pdf", b"%PDF-1.4")])
        self.assertFalse(order.message_main_attachment_id)

    def test_each_company_has_its_mailbox_and_its_orders(self):
        company, colleague = self.make_other_company()
        self.env["adv.order.mailbox"].create(
            {
                "name": "Dupont",
                "alias_name": "commandes",
                "company_id": company.id,
                "partner_id": self.unknown.id,
            }
        )
        both = "commandes@delorme.example, commandes@dupont.example"
        orders = self.receive_mail(To=both)
        self.assertEqual(orders.company_id, self.company | company)
        theirs = orders.filtered(lambda order: order.company_id == company)
        self.assertEqual(theirs.warehouse_id.company_id, company)
        self.assertFalse(theirs.adv_user_id)
        self.assertEqual(self.queue(colleague), theirs)
        self.assertEqual(self.queue(self.paule), orders - theirs)

    def test_without_an_address_nothing_is_received(self):
        self.mailbox.alias_name = False
        with self.assertRaisesRegex(ValueError, "No possible route"):
            self.receive_mail()

    def test_a_customer_to_identify_is_not_confirmed(self):
        order = self.receive_mail(sender="inconnu@nulle.example")
        order.order_line = [(0, 0, {"product_id": self.product.id})]
        order = order.with_user(self.paule)
        with self.assertRaisesRegex(UserError, "Choose the customer"):
            order.action_confirm()
        order.partner_id = self.partner
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.adv_channel, "mail")
