"""Which fiscal position Odoo maps to a customer, asked for many at once."""


class Positions(dict):
    """The positions by customer and delivery address.

    Odoo's own ``_get_fiscal_position`` searches the automatic positions again for every
    customer; here they are searched once.
    """

    def __init__(self, env):
        super().__init__()
        self._model = env["account.fiscal.position"]
        self._automatic = None
        self._union = set(env.ref("base.europe").country_ids.mapped("code"))

    def get(self, partner, delivery):
        """Return the position, empty if none applies."""
        key = partner.id, delivery.id
        if key not in self:
            self[key] = self._find(partner, delivery)
        return self[key]

    def _find(self, partner, delivery):
        """Decide as Odoo's ``_get_fiscal_position`` does: within one country of the EU
        the customer's own position, else that of where the goods go; what somebody set
        by hand wins.
        """
        if not delivery or self._is_domestic(partner):
            delivery = partner
        manual = (
            delivery.property_account_position_id
            or partner.property_account_position_id
        )
        if manual or not partner.country_id:
            return manual
        return self._get_automatic()._get_first_matching_fpos(delivery)

    def _is_domestic(self, partner):
        prefixes = [
            (vat or "")[:2] for vat in (self._model.env.company.vat, partner.vat)
        ]
        return prefixes[0] == prefixes[1] and prefixes[0] in self._union

    def _get_automatic(self):
        if self._automatic is None:
            company = self._model.env.company
            self._automatic = self._model.search(
                [
                    *self._model._check_company_domain(company),
                    ("auto_apply", "=", True),
                ]
            )
        return self._automatic
