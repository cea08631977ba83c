from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """The customer belongs to somebody's portfolio, in each company its own, and says how
    he wants to be delivered.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "adv.delivery.instructions"]

    adv_user_id = fields.Many2one(
        "res.users",
        "Order desk",
        company_dependent=True,
        copy=False,
        domain=lambda self: self._adv_get_desk_domain(),
        groups="base.group_user",
        help="The assistant whose portfolio holds this customer. New orders of the "
        "customer are his or hers.",
    )

    def write(self, vals):
        self.env["adv.release.note"]._watch_partners(self, vals)
        return super().write(vals)

    @api.model
    def _adv_get_desk_domain(self):
        """Return who can own orders: the members of the order desk."""
        group = self.env.ref("adv_management.group_adv_user", raise_if_not_found=False)
        members = Domain("all_group_ids", "in", group.ids if group else [])
        return members & Domain("share", "=", False)

    def _adv_get_owner(self):
        """Return whose portfolio holds the contact, else the customer it belongs to."""
        # sudo: orders of portal and website come from users who see no portfolio.
        partner = self.sudo()
        owner = partner.adv_user_id or partner.commercial_partner_id.adv_user_id
        return owner.filtered("active").sudo(False)
