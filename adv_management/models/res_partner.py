from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """The customer belongs to somebody's portfolio, in each company its own."""

    _inherit = "res.partner"

    adv_user_id = fields.Many2one(
        "res.users",
        "Order desk",
        company_dependent=True,
        copy=False,
        domain=lambda self: self._adv_get_desk_domain(),
        groups="base.group_user",
        help="The assistant whose portfolio holds this customer. New orders of the customer are his or hers.",
    )

    @api.model
    def _adv_get_desk_domain(self):
        """Return who can own orders: the members of the order desk."""
        group = self.env.ref("adv_management.group_adv_user", raise_if_not_found=False)
        return Domain("share", "=", False) & Domain("all_group_ids", "in", group.ids if group else [])

    def _adv_get_owner(self):
        """Return the user whose portfolio holds this customer: the contact's, else its company's."""
        # Portal and website orders are created for users who may not read the portfolio.
        partner = self.sudo()
        return (partner.adv_user_id or partner.commercial_partner_id.adv_user_id).filtered("active").sudo(False)
