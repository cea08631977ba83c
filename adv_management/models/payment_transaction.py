from odoo import models

from .control.adv_controlled import PARKING


class PaymentTransaction(models.Model):
    """A payment is accepted whatever controls say: what fails is parked, or a draft."""

    _inherit = "payment.transaction"

    def _post_process(self):
        transactions = self.with_context(adv_gate=PARKING)
        return super(PaymentTransaction, transactions)._post_process()

    def _check_amount_and_confirm_order(self):
        transactions = self.with_context(adv_gate=PARKING)
        return super(PaymentTransaction, transactions)._check_amount_and_confirm_order()

    def _create_payment(self, **extra_create_values):
        # Odoo would match the payment with invoices that stayed drafts
        transactions = self | self.source_transaction_id
        held = transactions._adv_hold_invoices()
        if not held:
            return super()._create_payment(**extra_create_values)
        links = {each: each.invoice_ids & held for each in transactions}
        transactions.invoice_ids -= held
        payment = super()._create_payment(**extra_create_values)
        for transaction, invoices in links.items():
            transaction.invoice_ids |= invoices
        return payment

    def _adv_hold_invoices(self):
        """Post the invoices of these transactions as Odoo would, and return those that
        controls leave drafts.
        """
        drafts = self.invoice_ids.filtered(lambda move: move.state == "draft")
        if self.env.context.get("adv_gate") is not PARKING:
            return drafts.browse()
        drafts.action_post()
        return drafts._adv_get_controlled()
