from odoo import models

from .control.adv_controlled import PARKING


class PaymentTransaction(models.Model):
    """A payment is accepted whatever controls say: the order waits, the invoice too."""

    _inherit = "payment.transaction"

    def _post_process(self):
        transactions = self.with_context(adv_gate=PARKING)
        return super(PaymentTransaction, transactions)._post_process()

    def _check_amount_and_confirm_order(self):
        transactions = self.with_context(adv_gate=PARKING)
        return super(PaymentTransaction, transactions)._check_amount_and_confirm_order()

    def _create_payment(self, **extra_create_values):
        # Odoo would match the payment with invoices that stayed drafts
        held = self.invoice_ids.filtered(
            lambda move: move.state == "draft" and move._adv_get_controlled()
        )
        if not held or self.env.context.get("adv_gate") is not PARKING:
            return super()._create_payment(**extra_create_values)
        self.invoice_ids -= held
        payment = super()._create_payment(**extra_create_values)
        self.invoice_ids |= held
        return payment
