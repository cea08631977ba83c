from odoo import models

from .adv_controlled import PARKING


class AdvControlledInvoice(models.AbstractModel):
    """Customer invoices and credit notes: the dialog before posting, and the gate."""

    _name = "adv.controlled.invoice"
    _inherit = ["adv.controlled"]
    _description = "Invoice under Control"

    def _adv_get_checkpoints(self):
        return ("invoice",)

    def _adv_get_follower(self):
        return self.invoice_user_id

    def _adv_get_controlled(self):
        """Return the customer invoices and credit notes that are not posted yet."""
        return self.filtered(
            lambda move: (
                move.move_type in ("out_invoice", "out_refund")
                and move.state == "draft"
            )
        )

    def _adv_get_unstoppable(self):
        """Return the invoices that are posted whatever controls say of them."""
        return self.browse()

    def action_adv_post(self):
        """Post these invoices, or show what stops them.

        :return: the dialog that lists the controls to settle, else what Odoo's own
            posting returns
        """
        self.check_access("write")
        controlled = self._adv_get_controlled()
        stoppable = controlled - controlled._adv_get_unstoppable()
        if stopping := stoppable._adv_check(("invoice",)):
            return self._adv_open_stop(stopping)
        return self.action_post()

    def _adv_gate_posting(self):
        """Let invoices be posted.

        :return: those that stay drafts, since a payment would post them by itself
        :raise UserError: if a control stops what a person posts
        """
        controlled = self._adv_get_controlled()
        if not controlled:
            return controlled
        free = controlled._adv_get_unstoppable()
        # what stops others is recorded of these, and that is all
        free.with_context(adv_gate=PARKING)._adv_pass(("invoice",))
        held = (controlled - free)._adv_pass(("invoice",))
        if self.env.context.get("adv_gate") is PARKING:
            held |= (controlled - free).filtered(
                lambda move: any(
                    # sudo: a payment's own flow looks at the orders it pays
                    move.sudo().line_ids.sale_line_ids.order_id.mapped("adv_is_parked")
                )
            )
        self.env["adv.control"]._note(controlled - held, "invoice")
        return held
