from odoo import api, models
from odoo.http import request

# Calls by which a person at a screen of Odoo makes an order.
_SCREEN_CALLS = ("/sale.order/web_save", "/sale.order/copy")


class AdvOrderDesk(models.AbstractModel):
    """How an order reaches the desk: by which channel, and into whose hands.

    Only what is known is filled in; what was given stays, emptied included.
    """

    _name = "adv.order.desk"
    _description = "Order at the desk"

    @api.onchange("partner_id")
    def _onchange_partner_id_adv_user(self):
        partner = self.partner_id.with_company(self.company_id)
        self.adv_user_id = partner._adv_get_owner()

    def _adv_prepare_create_vals(self, vals_list):
        """Return ``vals_list`` with owner and channel where they are not given."""
        ids = [vals["partner_id"] for vals in vals_list if vals.get("partner_id")]
        companies, partners = self.env["res.company"], self.env["res.partner"]
        prepared = []
        for vals in vals_list:
            company = companies.browse(vals.get("company_id")) or self.env.company
            partner = partners.browse(vals.get("partner_id")).with_prefetch(ids)
            owner = partner.with_company(company)._adv_get_owner()
            known = {
                "adv_channel": self._adv_get_channel(vals),
                "adv_user_id": owner.id,
            }
            prepared.append({k: value for k, value in known.items() if value} | vals)
        return prepared

    def _adv_get_channel(self, vals):
        """Return the channel by which an order comes, or None if it does not show."""
        if self.env.context.get("import_file"):
            return "import"
        if vals.get("website_id"):
            return "website"
        if self.env.user.share:
            return "portal"
        is_screen = request and request.httprequest.path.endswith(_SCREEN_CALLS)
        return "manual" if is_screen else None

    def _adv_fill_owner(self):
        """Give orders without owner that of their new customer.

        A basket that finds its buyer changes hands this way, without any form.
        """
        for order in self.filtered(lambda order: not order.adv_user_id):
            partner = order.partner_id.with_company(order.company_id)
            owner = partner._adv_get_owner()
            if owner:
                order.adv_user_id = owner
