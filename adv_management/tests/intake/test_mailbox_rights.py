from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import IntakeCommon


@tagged("post_install", "-at_install")
class TestMailboxRights(IntakeCommon):
    """Managers make the mailboxes of their company; others only see them."""

    def test_nothing_is_there_until_a_manager_makes_it(self):
        ours = self.env["ir.model.data"].search([("module", "=", "adv_management")])
        self.assertNotIn("adv.order.mailbox", ours.mapped("model"))

    def test_a_manager_makes_a_mailbox(self):
        form = Form(self.env["adv.order.mailbox"].with_user(self.manager))
        form.name = "Pièces"
        form.alias_name = "Pièces"
        form.partner_id = self.unknown
        mailbox = form.save()
        self.assertEqual(mailbox.alias_email, "pieces@delorme.example")
        self.assertEqual(mailbox.company_id, self.company)
        order = self.receive_mail(To="pieces@delorme.example")
        self.assertEqual(order.adv_mailbox_id, mailbox)
        self.assertFalse(order.adv_user_id)
        mailbox.unlink()
        self.assertTrue(order.exists())
        self.assertIn(order, self.queue(self.paule), "its orders still wait")

    def test_its_team_is_on_the_orders(self):
        team = self.env["crm.team"].create(
            {"name": "ADV", "company_id": self.company.id}
        )
        self.mailbox.with_user(self.manager).team_id = team
        self.assertEqual(self.receive_mail().team_id, team)

    def test_an_archived_colleague_gets_no_order(self):
        self.paule.active = False
        self.assertFalse(self.receive_mail().adv_user_id)

    def test_an_address_is_taken_once(self):
        with self.assertRaisesRegex(UserError, "commandes"):
            self.make_mailbox("commandes")

    def test_the_customer_to_identify_cannot_be_deleted(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.unknown.unlink()

    def test_team_and_customer_are_of_the_same_company(self):
        company, _colleague = self.make_other_company()
        theirs = self.env["res.partner"].create(
            {"name": "Le leur", "company_id": company.id}
        )
        team = self.env["crm.team"].create({"name": "T", "company_id": company.id})
        for vals in ({"partner_id": theirs.id}, {"team_id": team.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.mailbox.write(vals)

    def test_an_address_of_another_company_is_refused(self):
        company, _colleague = self.make_other_company()
        with self.assertRaises(ValidationError):
            self.mailbox.with_user(
                self.manager
            ).alias_domain_id = company.alias_domain_id

    def test_whoever_is_no_manager_changes_nothing(self):
        mailbox = self.mailbox.with_user(self.paule)
        self.assertEqual(mailbox.alias_email, "commandes@delorme.example")
        for change in (
            lambda: mailbox.write({"name": "X"}),
            lambda: mailbox.write({"name": "X", "alias_name": "x"}),
            mailbox.unlink,
            lambda: mailbox.create({"name": "X", "partner_id": self.unknown.id}),
        ):
            with self.assertRaises(AccessError):
                change()
        mailbox.write({"alias_name": "x"})  # Odoo says nothing, and does nothing
        self.assertEqual(self.mailbox.alias_name, "commandes")

    def test_another_company_s_manager_sees_no_mailbox_and_no_order(self):
        _company, colleague = self.make_other_company()
        self.receive_mail()
        theirs = self.env["adv.order.mailbox"].with_user(colleague)
        theirs = theirs.with_context(allowed_company_ids=colleague.company_ids.ids)
        self.assertFalse(theirs.search([]))
        with self.assertRaises(AccessError):
            theirs.browse(self.mailbox.id).read(["name"])
        with self.assertRaises(AccessError):
            theirs.browse(self.mailbox.id).alias_name = "x"
        self.assertFalse(self.queue(colleague))

    def test_a_salesperson_finds_the_orders_of_his_customers(self):
        salesman = self._create_user("vendeur", "sales_team.group_sale_salesman")
        self.partner.user_id = self.manager
        order = self.receive_mail()
        self.assertFalse(self.queue(salesman))
        self.partner.user_id = order.user_id = salesman
        self.assertEqual(self.queue(salesman), order)
        order.with_user(salesman).read(["adv_mailbox_id", "adv_is_unidentified"])

    def test_people_who_read_orders_only_are_not_refused(self):
        order = self.receive_mail()
        for group in ("account.group_account_invoice", "stock.group_stock_user"):
            user = self._create_user(group.replace(".", "_"), group)
            names = order.with_user(user).fields_get()
            ours = [name for name in names if name.startswith("adv_")]
            self.env.invalidate_all()
            order.with_user(user).read(ours)
