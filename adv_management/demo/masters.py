"""Creates the customers, suppliers and products of the demo company from its tables."""

from unicodedata import normalize

from odoo import Command

from .identity import make_siren, make_siret, make_vat
from .mistakes import TWO_SITES
from .script import read_table

TERMS = {
    # key: (English, French, delay type, days)
    "30": ("30 days", "30 jours nets", "days_after", 30),
    "60": ("60 days", "60 jours nets", "days_after", 60),
    "45_eom": (
        "45 days end of month",
        "45 jours fin de mois",
        "days_after_end_of_month",
        15,
    ),
}
DISCOUNT_BY_SIZE = {"2": 0, "3": 3, "4": 5, "5": 8}
RANK_BY_SIZE = {"5": "A", "4": "B", "3": "B", "2": "C"}
ACCOUNTANTS = ("Comptable", "Intendante")


def slug(name):
    """Return the name as a mail domain would have it.

    >>> slug("Établissements Rambaud SARL")
    'etablissements-rambaud-sarl'
    """
    ascii_name = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(
        "".join(char if char.isalnum() else " " for char in ascii_name).split()
    )


class Masters:
    """The partners and products the orders are made of, by their keys."""

    def __init__(self, stage):
        self.stage = stage
        self.env = stage.env
        self.company = stage.company
        self.terms = self._create_terms()
        self.pricelists = self._create_pricelists()
        self.customers = self._create_customers()
        self.sites = self._create_sites()
        self.suppliers = self._create_suppliers()
        self.products = self._create_products()
        self.orders = {}  # number in the story -> sale.order, as entered

    def _create_terms(self):
        terms = {}
        for key, (english, french, delay_type, days) in TERMS.items():
            line = {
                "value": "percent",
                "value_amount": 100,
                "delay_type": delay_type,
                "nb_days": days,
            }
            terms[key] = self.env["account.payment.term"].create(
                {
                    "name": english,
                    "company_id": self.company.id,
                    "line_ids": [(0, 0, line)],
                }
            )
            self.translate(terms[key], "name", french)
        return terms

    def _create_pricelists(self):
        """Create one price list for each size of customers, the public one first."""
        self.env.ref("base.group_user")._apply_group(
            self.env.ref("product.group_product_pricelist")
        )
        return {
            size: self._create_pricelist(sequence, discount)
            for sequence, (size, discount) in enumerate(DISCOUNT_BY_SIZE.items(), 1)
        }

    def _create_pricelist(self, sequence, discount):
        rule = {"compute_price": "percentage", "percent_price": discount}
        pricelist = self.env["product.pricelist"].create(
            {
                "name": f"Resellers, {discount} % off" if discount else "List prices",
                "sequence": sequence,
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "item_ids": [Command.create(rule)] if discount else [],
            }
        )
        french = f"Revendeurs, remise {discount} %" if discount else "Tarif public"
        self.translate(pricelist, "name", french)
        return pricelist

    def _create_customers(self):
        rows = read_table("customers")
        wishes = {
            row.pop("ref"): {name: wish for name, wish in row.items() if wish}
            for row in read_table("instructions")
        }
        partners = self.env["res.partner"].create(
            [{**self._customer_vals(row), **wishes.get(row["ref"], {})} for row in rows]
        )
        self.env["res.partner"].create(
            [
                self._contact_vals(row, partner)
                for row, partner in zip(rows, partners, strict=True)
            ]
        )
        return {
            row["ref"]: partner for row, partner in zip(rows, partners, strict=True)
        }

    def _create_sites(self):
        """Create the second address of the customers who have one."""
        rows = [row for row in read_table("customers") if row["size"] in TWO_SITES]
        sites = self.env["res.partner"].create([self._site_vals(row) for row in rows])
        return {row["ref"]: site for row, site in zip(rows, sites, strict=True)}

    def _site_vals(self, row):
        is_french = row["lang"] == "fr_FR"
        return {
            "name": "Dépôt annexe" if is_french else "Second site",
            "type": "other",
            "parent_id": self.customers[row["ref"]].id,
            "company_id": self.company.id,
            "street": "2 zone de la Gare" if is_french else "2 Station Park",
            "zip": row["zip"],
            "city": row["city"],
            "country_id": self.customers[row["ref"]].country_id.id,
        }

    def _identity_vals(self, row):
        """Return what tax office, register and electronic invoicing know him by."""
        number = int(row["ref"][1:])
        vals = {"vat": make_vat(row["country"], number)}
        if row["country"] == "FR":
            vals["company_registry"] = make_siret(number)
            vals["adv_electronic_address"] = f"0225:{make_siren(number)}"
            vals["adv_has_month_end_contract"] = row["term"] == "45_eom"
            vals["adv_is_public_buyer"] = row["role"] == "Intendante"
        return vals

    def _customer_vals(self, row):
        vals = {**self._address_vals(row), **self._identity_vals(row)}
        vals["ref"] = row["ref"]
        vals["property_payment_term_id"] = self.terms[row["term"]].id
        vals["property_product_pricelist"] = self.pricelists[row["size"]].id
        vals["customer_rank"] = 1
        assistant = self.stage.users[row["assistant"]].id
        vals["user_id"] = assistant
        vals["adv_user_id"] = assistant
        vals["adv_rank"] = RANK_BY_SIZE[row["size"]]
        return vals

    def _address_vals(self, row):
        return {
            "name": row["name"],
            "is_company": True,
            "company_id": self.company.id,
            "street": row["street"],
            "zip": row["zip"],
            "city": row["city"],
            "country_id": self.env.ref(
                f"base.{'uk' if row['country'] == 'GB' else row['country'].lower()}"
            ).id,
            "lang": self.stage.active_lang(row["lang"]),
            "phone": row["phone"],
            "email": f"contact@{slug(row['name'])}.example",
        }

    def _contact_vals(self, row, partner):
        first_name, _space, last_name = row["contact"].partition(" ")
        mailbox = f"{slug(first_name)}.{slug(last_name)}"
        pays = row["role"] in ACCOUNTANTS
        return {
            "name": row["contact"],
            "parent_id": partner.id,
            "company_id": self.company.id,
            "function": row["role"],
            "lang": partner.lang,
            "email": f"{mailbox}@{slug(row['name'])}.example",
            "adv_gets_delays": not pays,
            "adv_gets_acknowledgements": not pays,
            "adv_gets_reminders": pays,
        }

    def _create_suppliers(self):
        rows = read_table("suppliers")
        vals_list = [{**self._address_vals(row), "supplier_rank": 1} for row in rows]
        partners = self.env["res.partner"].create(vals_list)
        return {
            row["key"]: partner for row, partner in zip(rows, partners, strict=True)
        }

    def _create_products(self):
        rows = read_table("products")
        products = self.env["product.product"].create(
            [self._product_vals(row) for row in rows]
        )
        for row, product in zip(rows, products, strict=True):
            self.translate(product.product_tmpl_id, "name", row["name_fr"])
        return {
            row["code"]: product for row, product in zip(rows, products, strict=True)
        }

    def _product_vals(self, row):
        return {
            "default_code": row["code"],
            "name": row["name_en"],
            "company_id": self.company.id,
            "type": "consu",
            "is_storable": True,
            "invoice_policy": "delivery",
            "list_price": float(row["price"]),
            "standard_price": float(row["cost"]),
            "sale_delay": float(row["lead"]),
            "seller_ids": [
                Command.create(
                    {
                        "partner_id": self.suppliers[row["supplier"]].id,
                        "company_id": self.company.id,
                    }
                )
            ],
        }

    def translate(self, record, field_name, french):
        if self.stage.active_lang("fr_FR") == "fr_FR":
            record.update_field_translations(field_name, {"fr_FR": french})
