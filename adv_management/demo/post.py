"""The post: an order mailbox, and customers who wrote to it."""

from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO

import pytz
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from odoo import SUPERUSER_ID

from .actor import Actor
from .clock import TIMEZONE, to_utc

DOMAIN = "comptoir-delorme.example"
ADDRESS = "commandes"
TOP, LEFT, LEADING = 780, 60, 18  # points
# Who wrote (a customer, or an address that nobody has), how many working days ago, at
# which hour, the number of his order, article: quantity.
MAILS = (
    ("C022", 2, (14, 20), "4500018823", {"GAN-10": 30, "LUN-25": 8}),
    ("C004", 1, (9, 5), "BC-0417", {"ETA-150": 4, "ETA-ETX": 4, "CLE-CLI": 12}),
    (
        "achats@ferronnerie-des-dombes.example",
        1,
        (16, 45),
        "117",
        {"TRP-25": 2, "DIA-250": 3},
    ),
)
TEXT = """Bonjour,

Ci-joint notre commande {number}.
Merci de confirmer le délai.

Cordialement,
{name}
"""


def make_pdf(lines):
    """Return a page of text as PDF, the same bytes for the same lines.

    >>> make_pdf(["Commande 117"])[:5]
    b'%PDF-'
    >>> make_pdf(["Commande 117"]) == make_pdf(["Commande 117"])
    True
    """
    stream = BytesIO()
    page = Canvas(stream, A4, invariant=1)
    text = page.beginText(LEFT, TOP)
    text.setLeading(LEADING)
    for line in lines:
        text.textLine(line)
    page.drawText(text)
    page.save()
    return stream.getvalue()


class Post(Actor):
    """What comes in by e-mail and waits until somebody enters it."""

    def __init__(self, *args):
        super().__init__(*args)
        self.customer_rows = {row["ref"]: row for row in self.story.customers}
        self.product_rows = {row["code"]: row for row in self.story.products}

    def doings(self):
        return {"mail": (self.receive, (17, 35))}

    def receive(self, _event):
        self._create_mailbox()
        # as the gateway's own job does
        gateway = self.env(user=SUPERUSER_ID)["mail.thread"]
        for sender, age, hour, number, goods in MAILS:
            sent = to_utc(self.days.add(self.story.today, -age), *hour)
            message = self._write(sender, sent, number, goods)
            gateway.message_process(None, message.as_bytes())

    def _create_mailbox(self):
        self.company.alias_domain_id = self._create_domain()
        french = self.stage.active_lang("fr_FR") == "fr_FR"
        unknown = self.env["res.partner"].create(
            {
                "name": "Client à identifier" if french else "To identify",
                "company_id": self.company.id,
            }
        )
        self.env["adv.order.mailbox"].create(
            {
                "name": "Commandes" if french else "Orders",
                "alias_name": ADDRESS,
                "company_id": self.company.id,
                "team_id": self.stage.team.id,
                "user_id": self.stage.users["camille"].id,
                "partner_id": unknown.id,
            }
        )

    def _create_domain(self):
        """Create the company's mail domain; Odoo gives the first one to everybody."""
        nobodys = [("alias_domain_id", "=", False)]
        every = self.env["res.company"].with_context(active_test=False)
        others = every.search(nobodys) - self.company
        aliases = self.env["mail.alias"].search(nobodys)
        domain = self.env["mail.alias.domain"].create({"name": DOMAIN})
        others.alias_domain_id = aliases.alias_domain_id = False
        return domain

    def _write(self, sender, sent, number, goods):
        row = self.customer_rows.get(sender)
        name = row["contact"] if row else "Gilbert Perrachon"
        message = EmailMessage()
        address = self._get_address(row) if row else sender
        message["From"] = f"{name} <{address}>"
        message["To"] = f"{ADDRESS}@{DOMAIN}"
        message["Subject"] = f"Commande {number}"
        message["Date"] = format_datetime(pytz.utc.localize(sent).astimezone(TIMEZONE))
        message["Message-Id"] = f"<commande-{number}@{address.partition('@')[2]}>"
        message.set_content(TEXT.format(number=number, name=name))
        message.add_attachment(
            make_pdf(self._word_order(row, number, goods)),
            "application",
            "pdf",
            filename=f"Commande {number}.pdf",
        )
        return message

    def _get_address(self, row):
        customer = self.masters.customers[row["ref"]]
        return customer.child_ids.filtered("email")[:1].email

    def _word_order(self, row, number, goods):
        """Return the text of the customer's own order."""
        customer = ["Ferronnerie des Dombes", "3 route de Bourg", "01330 Villars"]
        if row:
            customer = [row["name"], row["street"], f"{row['zip']} {row['city']}"]
        return [
            *customer,
            "",
            f"Bon de commande n° {number}",
            "",
            *(
                f"{quantity} x {code}  {self.product_rows[code]['name_fr']}"
                for code, quantity in goods.items()
            ),
            "",
            "Livraison à notre adresse, délai à confirmer.",
        ]
