from unittest.mock import patch

from odoo.tests import new_test_user, tagged
from odoo.tools.translate import code_translations

from .common import IntakeCommon


@tagged("post_install", "-at_install")
class TestSenders(IntakeCommon):
    """Whose order an e-mail is; where nobody knows, the draft says why."""

    def make(self, name, email="achats@garage.example", **vals):
        return self.env["res.partner"].create({"name": name, "email": email, **vals})

    def receive_from(self, sender="achats@garage.example", **headers):
        return self.receive_mail(sender=sender, **headers)

    def assertUnknown(self, order, why):
        self.assertEqual(len(order), 1)
        self.assertEqual(order.partner_id, self.unknown)
        self.assertTrue(order.adv_is_unidentified)
        self.assertIn(why, " ".join(order.message_ids.mapped("preview")))

    def test_a_contact_orders_for_his_company(self):
        buyer = self.make("Achats", parent_id=self.partner.id)
        self.partner.adv_user_id = self.manager
        order = self.receive_from('"Service Achats" <ACHATS@garage.example>')
        self.assertEqual(order.partner_id, buyer)
        self.assertEqual(order.adv_user_id, self.manager, "his portfolio first")

    def test_several_contacts_of_one_customer(self):
        self.make("Facturation", parent_id=self.partner.id, type="invoice")
        buyer = self.make("Achats", parent_id=self.partner.id)
        self.assertEqual(self.receive_from().partner_id, buyer)
        self.partner.email = "achats@garage.example"
        self.assertEqual(self.receive_from().partner_id, self.partner)

    def test_the_address_of_an_invoice_address_only(self):
        self.make("Facturation", parent_id=self.partner.id, type="invoice")
        self.assertEqual(self.receive_from().partner_id, self.partner)

    def test_one_address_of_two_customers(self):
        self.make("Achats", parent_id=self.partner.id)
        other = self.make("Garage du Port")
        self.assertUnknown(self.receive_from(), "Garage du Port, Garage Martin")
        other.customer_rank = 3
        self.assertEqual(self.receive_from().partner_id, other, "whom we invoice")

    def test_an_archived_contact_orders_for_his_company(self):
        self.make("Parti", parent_id=self.partner.id, active=False)
        self.assertEqual(self.receive_from().partner_id, self.partner)

    def test_an_archived_customer(self):
        self.make("Fermé", active=False)
        self.assertUnknown(self.receive_from(), "archived customer: Fermé")

    def test_a_customer_of_another_company_is_nobody_here(self):
        company, _colleague = self.make_other_company()
        self.make("Le leur", company_id=company.id)
        self.assertUnknown(self.receive_from(), "Nobody has the address")

    def test_an_unknown_sender_becomes_a_customer_only_if_the_mailbox_says_so(self):
        partners = self.env["res.partner"].search_count([])
        order = self.receive_from('"Zoé" <zoe@neuf.example>')
        self.assertUnknown(order, "Nobody has the address")
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        self.mailbox.is_customer_made = True
        order = self.receive_from('"Zoé" <zoe@neuf.example>')
        self.assertEqual(order.partner_id.name, "Zoé")
        self.assertEqual(order.partner_id.email, "zoe@neuf.example")
        self.assertEqual(order.partner_id.company_id, self.company)
        again = self.receive_from("zoe@neuf.example")
        self.assertEqual(again.partner_id, order.partner_id)

    def test_a_sender_without_address_loses_nothing(self):
        self.mailbox.is_customer_made = True
        for sender in ("Garage Martin", ""):
            with self.subTest(sender=sender):
                self.assertUnknown(self.receive_from(sender), "no e-mail address")

    def test_a_colleague_passes_an_order_on(self):
        text = "Pour toi.\n\nDe : Martin <martin@garage.example>\nCommande 12\n"
        order = self.receive_from("paule@delorme.example", text=text)
        self.assertEqual(order.partner_id, self.partner)
        self.assertFalse(order.user_id, "whoever passes on does not sell")
        order = self.receive_from("paule@delorme.example", text="La commande")
        self.assertUnknown(order, "paule")
        order = self.receive_from("contact@delorme.example", text="La commande")
        self.assertUnknown(order, "Delorme")

    def test_a_customer_with_a_portal_account_and_no_rights(self):
        user = new_test_user(self.env, "portail", "base.group_portal")
        user.partner_id.write({"email": "portail@garage.example"})
        user.partner_id.parent_id = self.partner
        order = self.receive_from("portail@garage.example")
        self.assertEqual(order.partner_id, user.partner_id)
        self.assertEqual(order.adv_channel, "mail")
        self.assertEqual(order.company_id, self.company)

    def test_another_company_of_the_group_is_a_customer(self):
        _company, colleague = self.make_other_company()
        colleague.partner_id.email = "achats@dupont.example"
        order = self.receive_from("achats@dupont.example")
        self.assertEqual(order.partner_id, colleague.partner_id)
        self.assertEqual(order.company_id, self.company)

    def test_the_doubt_is_told_in_the_desk_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.paule.lang = "fr_FR"
        text, french = "Nobody has the address", "Personne n'a l'adresse"
        french = {f"{text} %(sender)s.": f"{french} %(sender)s."}
        with patch.dict(
            code_translations.python_translations, {("adv_management", "fr_FR"): french}
        ):
            order = self.receive_from("inconnu@nulle.example")
        self.assertUnknown(order, "Personne n'a l'adresse inconnu@nulle.example")
