"""Flows in which nobody of the desk stands before the screen: a customer signs or pays,
a program calls.
"""

from odoo import Command
from odoo.tests import HttpCase

from ..common import MONDAY
from ..portal.common import PortalCase
from .common import ControlCase

BIG = "[('amount_untaxed', '>', 50)]"
# A picture of one dot.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


class FlowCase(ControlCase, HttpCase):
    """``sign`` is what the customer's browser sends; ``pay`` what his bank reports."""

    get_text = PortalCase.get_text

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.lang = "en_US"

    def get_mails(self, order):
        """Return the subjects of what customers were sent about an order, in turn."""
        sent = order.message_ids.filtered(
            lambda message: order.partner_id in message.notified_partner_ids
        )
        return sent.sorted("id").mapped("subject")

    def get_stopping(self, document):
        """Return the results that stop a document."""
        failed = self.get_results(document, "failed")
        return failed.filtered(lambda result: result.severity != "info")

    # Signature ------------------------------------------------------------------------

    def sign(self, order):
        """Sign as somebody who holds the link; return what his browser gets."""
        self.authenticate(None, None)
        signed = {
            "access_token": order._portal_ensure_token(),
            "name": "M. Martin",
            "signature": SIGNATURE,
        }
        with self.act(MONDAY):
            answer = self.url_open(
                f"/my/orders/{order.id}/accept", json={"params": signed}
            ).json()
        self.assertIn("redirect_url", answer.get("result", {}), answer)
        order.invalidate_recordset()
        return answer["result"]

    # Payment --------------------------------------------------------------------------

    @classmethod
    def open_till(cls):
        """Let customers pay on line, with invoices made and posted by themselves."""
        charts = cls.env["account.chart.template"]
        charts.try_loading("generic_coa", cls.company, install_demo=False)
        cls.product.taxes_id = False
        cls.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Banque",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.company.id,
                "payment_method_ids": [Command.set(method.ids)],
            }
        )
        method.active = True
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["account.payment.method.line"].create(
            {
                "name": "On line",
                "payment_method_id": cls.env.ref(
                    "account.account_payment_method_manual_in"
                ).id,
                "journal_id": cls.bank.id,
                "payment_provider_id": cls.provider.id,
                "payment_account_id": cls.bank.default_account_id.copy(
                    {
                        "name": "Outstanding",
                        "account_type": "asset_current",
                        "reconcile": True,
                    }
                ).id,
            }
        )

    def pay(self, order, amount=None, state="done"):
        """Pay an order on line, or authorize it; return the transaction."""
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.provider.payment_method_ids.id,
                "amount": amount or order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "operation": "online_redirect",
                "reference": order.name,
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        getattr(transaction, f"_set_{state}")()
        transaction._post_process()
        return transaction
