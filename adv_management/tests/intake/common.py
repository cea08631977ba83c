"""The post of an order desk: e-mails as customers send them, through Odoo's gateway."""

from email.message import EmailMessage
from itertools import count

from odoo.tests import new_test_user

from ..common import AdvCommon

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
LOGO = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00"
    b"\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75"
    b"\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)
MONDAY = "2026-03-02 12:00:00"  # 13:00 in Paris
SENT = "Mon, 2 Mar 2026 09:15:00 +0100"

_numbers = count(1)


class IntakeCommon(AdvCommon):
    """A desk with the mailbox commandes@delorme.example, Paule who enters its orders,
    and a customer "To identify".
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "delorme.example"})
        cls.company.alias_domain_id = cls.domain
        cls.company.partner_id.email = "contact@delorme.example"
        cls.paule = cls._create_user("paule", "adv_management.group_adv_user")
        cls.paule.email = "paule@delorme.example"
        cls.manager = cls._create_user("manager", "adv_management.group_adv_manager")
        cls.unknown = cls.env["res.partner"].create({"name": "To identify"})
        cls.mailbox = cls.make_mailbox("commandes", user_id=cls.paule.id)

    @classmethod
    def make_mailbox(cls, alias, **vals):
        return cls.env["adv.order.mailbox"].create(
            {
                "name": alias.title(),
                "alias_name": alias,
                "company_id": cls.company.id,
                "partner_id": cls.unknown.id,
                **vals,
            }
        )

    @classmethod
    def make_other_company(cls):
        """Return a second company with a domain of its own and one colleague there."""
        domain = cls.env["mail.alias.domain"].create({"name": "dupont.example"})
        company = cls.env["res.company"].create(
            {"name": "Dupont SA", "alias_domain_id": domain.id}
        )
        colleague = new_test_user(
            cls.env,
            "dupont",
            "adv_management.group_adv_manager",
            company_id=company.id,
            company_ids=company.ids,
        )
        return company, colleague

    @classmethod
    def write_mail(cls, sender="martin@garage.example", **headers):
        """Return an e-mail to the mailbox; headers by name, ``_`` for a hyphen."""
        message = EmailMessage()
        text = headers.pop("text", "Bonjour, voici notre commande.")
        headers = {
            "To": "commandes@delorme.example",
            "Subject": "Commande 4711",
            "Date": SENT,
            "Message-Id": f"<{next(_numbers)}@garage.example>",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        message["From"] = sender
        for name, value in headers.items():
            if value is not None:
                message[name] = value
        message.set_content(text)
        return message

    @classmethod
    def attach(cls, message, *names):
        """Attach a PDF of each name to an e-mail; a PNG stands within its text."""
        for name in names:
            if name.endswith(".png"):
                message.add_attachment(
                    LOGO, "image", "png", filename=name, cid="<logo@garage>"
                )
            else:
                message.add_attachment(PDF, "application", "pdf", filename=name)
        return message

    @classmethod
    def receive_mail(cls, message=None, at=MONDAY, **headers):
        """Return the orders that Odoo's gateway makes of an e-mail, as its fetching
        job calls it: as OdooBot, without our tests' context.
        """
        message = message or cls.write_mail(**headers)
        env = cls.env(user=cls.env.ref("base.user_root"), context={})
        before = cls.orders()
        with cls.act(at):
            env["mail.thread"].message_process(None, message.as_bytes())
            cls.env.flush_all()
        return cls.orders() - before

    @classmethod
    def orders(cls):
        every = cls.env["sale.order"].with_context(allowed_company_ids=[])
        return every.sudo().search([])

    def queue(self, user, *domain):
        """Return the orders that somebody finds waiting for entry."""
        orders = self.env["sale.order"].with_user(user)
        orders = orders.with_context(allowed_company_ids=user.company_ids.ids)
        return orders.search([("adv_is_to_enter", "=", True), *domain])
