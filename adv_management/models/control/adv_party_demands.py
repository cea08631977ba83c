from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import reference_masks


class AdvPartyDemands(models.AbstractModel):
    """What was agreed with a customer, and what he demands of every order and invoice.

    It is said on the company and holds for all its contacts and addresses.
    """

    _name = "adv.party.demands"
    _description = "Demands of a Customer"

    # Where goods and invoices may go
    adv_delivery_partner_ids = fields.Many2many(
        "res.partner",
        "adv_partner_delivered_at_rel",
        "partner_id",
        "address_id",
        "May be delivered at",
        copy=False,
        groups="base.group_user",
        help="Companies, or single addresses of theirs, to which this customer's goods "
        "may go beside his own: building sites, forwarders, customers of his.",
    )
    adv_invoice_partner_ids = fields.Many2many(
        "res.partner",
        "adv_partner_invoiced_to_rel",
        "partner_id",
        "address_id",
        "May be invoiced to",
        copy=False,
        groups="base.group_user",
        help="Companies that pay for this customer: head office, buying group, factor.",
    )

    # His reference
    adv_requires_reference = fields.Boolean(
        "Requires his reference",
        copy=False,
        groups="base.group_user",
        help="He refuses invoices without his own order number.",
    )
    adv_reference_mask = fields.Char(
        "Form of his reference",
        copy=False,
        groups="base.group_user",
        help="# a digit, @ a letter, ? a digit or a letter, * at the end whatever "
        "follows; all else stands for itself. | separates several forms. "
        "Example: 4500######",
    )

    # Terms
    adv_incoterm_id = fields.Many2one(
        "account.incoterms",
        "Usual incoterm",
        copy=False,
        groups="base.group_user",
        help="Leave empty to go by his orders of the last months.",
    )
    adv_payment_limit_id = fields.Many2one(
        "adv.payment.limit",
        "Payment limit of his sector",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('kind', '!=', 'general')]",
        groups="base.group_user",
        help="The legal limit of all he buys. Leave empty where the products tell.",
    )
    adv_has_month_end_contract = fields.Boolean(
        "End of month by contract",
        copy=False,
        groups="base.group_user",
        help="His contract says 45 days end of month, expressly and in writing: the "
        "law allows it only then.",
    )
    adv_has_periodic_invoices = fields.Boolean(
        "Periodic invoices",
        copy=False,
        groups="base.group_user",
        help="He gets one invoice for the deliveries of a month: the legal payment "
        "limit is shorter.",
    )

    # Electronic invoices, public buyers
    adv_electronic_address = fields.Char(
        "Electronic invoicing address",
        copy=False,
        groups="base.group_user",
        help="His address in the directory of electronic invoicing, as scheme:address, "
        "for example 0225:552081317. It counts before his Peppol address.",
    )
    adv_is_public_buyer = fields.Boolean(
        "Public buyer",
        copy=False,
        groups="base.group_user",
        help="His invoices go through Chorus Pro.",
    )
    adv_requires_service_code = fields.Boolean(
        "Service code required",
        copy=False,
        groups="base.group_user",
        help="Chorus Pro refuses his invoices without the code of a service.",
    )
    adv_requires_engagement = fields.Boolean(
        "Engagement number required",
        copy=False,
        groups="base.group_user",
        help="Chorus Pro refuses his invoices without the number of the engagement.",
    )

    @api.constrains("adv_reference_mask")
    def _check_adv_reference_mask(self):
        for partner in self:
            mistake = reference_masks.find_mistake(partner.adv_reference_mask)
            if mistake:
                raise ValidationError(
                    self.env._(
                        "Form of the reference of %(customer)s: in %(mask)s the * must "
                        "be the last sign.",
                        customer=partner.display_name,
                        mask=mistake,
                    )
                )

    def _adv_is_business(self):
        """Return whether the customer buys as a business, not as a private person."""
        customer = self.commercial_partner_id
        return customer.is_company or bool(customer.vat)

    def _adv_get_electronic_address(self):
        """Return ``(scheme, address)`` under which the customer gets e-invoices, or
        None.
        """
        customer = self.commercial_partner_id
        typed = customer.adv_electronic_address
        if typed:
            scheme, _colon, address = typed.rpartition(":")
            return scheme.strip(), address.strip()
        # Odoo fills it in by itself, and knows no scheme 0225 when it does
        if "peppol_endpoint" in customer._fields and customer.peppol_endpoint:
            return customer.peppol_eas or "", customer.peppol_endpoint
        return None
