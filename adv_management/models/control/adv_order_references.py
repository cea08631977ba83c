from odoo import api, models


class AdvOrderReferences(models.AbstractModel):
    """The references of the invoice, entered with the order that brings them."""

    _name = "adv.order.references"
    _inherit = "adv.invoice.references"
    _description = "References for Invoicing, on the Order"

    @api.depends("partner_invoice_id.commercial_partner_id.adv_is_public_buyer")
    def _compute_adv_is_public_buyer(self):
        return super()._compute_adv_is_public_buyer()

    def _adv_get_invoiced(self):
        return self.partner_invoice_id or self.partner_id
