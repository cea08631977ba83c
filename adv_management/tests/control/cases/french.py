"""A French business customer, for the cases of several groups."""


class FrenchCustomer:
    """Sells from France to a customer of whom all is known."""

    def _sell_in_france(self, **vals):
        """Return ``(customer, another customer)``, businesses in Paris."""
        france = self.env.ref("base.fr")
        self.company.account_fiscal_country_id = france
        address = {
            "street": "1 rue de la Paix",
            "zip": "75002",
            "city": "Paris",
            "country_id": france.id,
            "is_company": True,
        }
        return self.env["res.partner"].create(
            [
                {
                    **address,
                    "name": "Quincaillerie Durand",
                    "vat": "FR44732829320",
                    "company_registry": "73282932000074",
                    **vals,
                },
                {
                    **address,
                    "name": "Comptoir du Nord",
                    "vat": "FR03552081317",
                    "company_registry": "55208131766522",
                    **vals,
                },
            ]
        )

    def _quote_to(self, partner, *quantities, **vals):
        return self.quote(*(quantities or (1,)), partner_id=partner.id, **vals)
