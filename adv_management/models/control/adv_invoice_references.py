from odoo import api, fields, models

CATEGORIES = [
    ("goods", "Supply of goods"),
    ("services", "Supply of services"),
    ("mixed", "Goods and services"),
]
# The length Chorus Pro allows (external specifications, EDI and API appendices).
SERVICE_CODE_SIZE = 100
ENGAGEMENT_SIZE = 50


class AdvInvoiceReferences(models.AbstractModel):
    """What invoices must say beside amounts: a public buyer's references, the category
    of the operation.
    """

    _name = "adv.invoice.references"
    _description = "References for Invoicing"

    adv_service_code = fields.Char(
        "Service code",
        copy=False,
        groups="base.group_user",
        help="The service of the public buyer that the invoice is for, as Chorus Pro "
        "knows it.",
    )
    adv_engagement_number = fields.Char(
        "Engagement number",
        copy=False,
        groups="base.group_user",
        help="The number of the legal commitment (or of the purchase order) that the "
        "public buyer gave with his order.",
    )
    adv_operation_category = fields.Selection(
        CATEGORIES,
        "Category of operation",
        copy=False,
        groups="base.group_user",
        help="Mandatory on French invoices with the reform of 2026-27. Leave empty: "
        "the products tell. Choose where they do not.",
    )
    adv_is_public_buyer = fields.Boolean(
        "Invoiced to a public buyer",
        compute="_compute_adv_is_public_buyer",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("partner_id.commercial_partner_id.adv_is_public_buyer")
    def _compute_adv_is_public_buyer(self):
        for document in self:
            invoiced = document._adv_get_invoiced().commercial_partner_id
            document.adv_is_public_buyer = invoiced.adv_is_public_buyer

    def _adv_get_invoiced(self):
        """Return the contact to whom the invoice goes."""
        return self.partner_id

    def _adv_prepare_references(self):
        """Return the references as values of an invoice, Odoo's own ones included."""
        self.ensure_one()
        # sudo: an automatic invoice may be made by whoever pays, who reads none of it.
        document = self.sudo()
        vals = {
            "adv_service_code": document.adv_service_code,
            "adv_engagement_number": document.adv_engagement_number,
            "adv_operation_category": document.adv_operation_category,
        }
        own = {
            "buyer_reference": document.adv_service_code,
            "purchase_order_reference": document.adv_engagement_number,
        }
        known = self.env["account.move"]._fields
        return vals | {
            name: value for name, value in own.items() if value and name in known
        }

    def _adv_prepare_reversal(self, values_list):
        """Return the values of credit notes, which go to the same service of the same
        public buyer.
        """
        values_list = values_list or [{} for _move in self]
        return [
            {**move._adv_prepare_references(), **values}
            for move, values in zip(self, values_list, strict=False)
        ]
