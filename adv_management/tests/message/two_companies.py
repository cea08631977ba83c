from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

MORNING = "2026-03-03 11:00:00"  # 12:00 in Paris, 6:00 in New York
AFTERNOON = "2026-03-03 15:00:00"  # 10:00 in New York


class TwoCompanies:
    """Beside Delorme & Fils, in Paris and euros, Delorme Inc., in New York and dollars.

    Garage Martin buys, in French, from both; Paule has it in her portfolio here, Bob
    there. Smith buys in English, from Delorme Inc. only.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        dollar = cls.env.ref("base.USD")
        dollar.active = True
        cls.abroad = cls.env["res.company"].create(
            {
                "name": "Delorme Inc.",
                "currency_id": dollar.id,
                "email": "orders@delorme-inc.example",
            }
        )
        cls.env.user.company_ids = [Command.link(cls.abroad.id)]
        clock = cls._create_calendar("New York", "America/New_York")
        clock.company_id = cls.abroad
        cls.abroad.resource_calendar_id = clock
        cls.bob = new_test_user(
            cls.env,
            "bob",
            email="bob@delorme-inc.example",
            groups="adv_management.group_adv_user",
            company_id=cls.abroad.id,
            company_ids=[Command.set(cls.abroad.ids)],
        )
        cls.smith = cls.env["res.partner"].create(
            {"name": "Smith", "email": "smith@smith.example", "lang": "en_US"}
        )
        cls.partner.lang = "fr_FR"
        cls.partner.adv_user_id = cls.paule
        (cls.partner | cls.smith).with_company(cls.abroad).adv_user_id = cls.bob

    @classmethod
    def sell_abroad(cls, *quantities, partner=None, **vals):
        partner = partner or cls.smith
        return cls.sell(
            *quantities, company_id=cls.abroad.id, partner_id=partner.id, **vals
        )

    def assertHours(self, here, abroad):
        """In the morning of Paris one has left, and the other waits for New York's."""
        self.assertEqual(set(here.mapped("state")), {"outgoing"})
        self.assertEqual(set(abroad.mapped("state")), {"queued"})
        [moment] = set(abroad.mapped("date_earliest"))
        self.assertEqual(str(moment), "2026-03-03 12:00:00")
        self.assertEqual(set(here.company_id), {self.company})
        self.assertEqual(set(abroad.company_id), {self.abroad})

    def assertSender(self, message, user, company, other):
        """The e-mail is one person's and one company's."""
        mail = self.env["mail.mail"].search(
            [("model", "=", message._name), ("res_id", "=", message.id)]
        )
        self.assertEqual(mail.email_from, user.partner_id.email_formatted)
        self.assertEqual(mail.author_id, user.partner_id)
        self.assertIn(company.name, mail.body_html.replace("&amp;", "&"))
        self.assertNotIn(other.name, mail.body_html.replace("&amp;", "&"))

    def assertOnlyTheirs(self, user, own, others):
        """An assistant neither sees, sends nor keeps back what is another company's."""
        messages = self.env["adv.customer.message"].with_user(user)
        messages = messages.with_context(allowed_company_ids=user.company_ids.ids)
        self.assertEqual(messages.search([]), own)
        theirs = messages.browse(others.ids)
        for action in ("action_send", "action_send_now", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(theirs, action)()
        with self.assertRaises(AccessError):
            theirs.mapped("body")
