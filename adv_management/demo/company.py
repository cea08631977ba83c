"""Sets the stage: the company, its calendar, accounting, warehouse and people."""

from datetime import timedelta

from odoo import Command

from .clock import to_utc
from .script import read_table
from .workdays import french_holidays

NAME = "Comptoir Delorme SAS"
ROLES = {
    "assistant": (
        "adv_management.group_adv_user",
        "sales_team.group_sale_salesman_all_leads",
        "stock.group_stock_user",
        "account.group_account_invoice",
    ),
    "credit": (
        "adv_management.group_adv_credit",
        "sales_team.group_sale_salesman_all_leads",
        "account.group_account_invoice",
    ),
    "manager": (
        "adv_management.group_adv_manager",
        "sales_team.group_sale_manager",
        "stock.group_stock_user",
        "account.group_account_invoice",
    ),
    "warehouse": (
        "stock.group_stock_manager",
        "sales_team.group_sale_salesman_all_leads",
    ),
}


def existing_company(env):
    """Return the company of the story if it was already told in this database."""
    return (
        env["res.company"]
        .with_context(active_test=False)
        .search([("name", "=", NAME)], limit=1)
    )


class Stage:
    """Creates what the story needs before its first day."""

    def __init__(self, env, today):
        self.today = today
        env.ref("base.EUR").active = True
        self._load_words(env)
        self.company = self._create_company(env)
        self.env = env(context=dict(env.context, allowed_company_ids=self.company.ids))
        self.company = self.company.with_env(self.env)
        self._load_accounting()
        self._create_calendar()
        self.warehouse = self._create_warehouse()
        self.users = self._create_users()
        self.team = self._create_team()

    def _load_words(self, env):
        """Have our words in every language; Odoo loads them after the demo data."""
        codes = [code for code, _name in env["res.lang"].get_installed()]
        env["ir.module.module"]._load_module_terms(["adv_management"], codes)

    def _create_company(self, env):
        # install_mode: do not install the country's localisation on the way
        companies = env["res.company"].with_context(install_mode=True)
        vals = {}
        if "iap_enrich_auto_done" in companies._fields:
            vals["iap_enrich_auto_done"] = True  # no look-up on the network
        company = companies.create(
            {
                **vals,
                "name": NAME,
                "street": "48 rue de la Saône",
                "zip": "69400",
                "city": "Villefranche-sur-Saône",
                "country_id": env.ref("base.fr").id,
                "currency_id": env.ref("base.EUR").id,
                "email": "adv@comptoir-delorme.example",
                "phone": "+33 4 65 71 01 00",
                "website": "https://www.comptoir-delorme.example",
                "stock_move_email_validation": False,
            }
        )
        company = company.with_env(env)
        company.partner_id.tz = "Europe/Paris"
        (env.ref("base.user_admin") + env.ref("base.user_root")).write(
            {"company_ids": [Command.link(company.id)]}
        )
        return company

    def _load_accounting(self):
        """Load French accounting where it is installed, else the generic chart."""
        french = self.env["ir.module.module"]._get("l10n_fr_account")
        code = "fr" if french.state in ("installed", "to upgrade") else "generic_coa"
        # what try_loading does, less its warning about a registry that is still loading
        self.env["account.chart.template"]._load(code, self.company, install_demo=False)
        bank = self.bank_journal
        # payments are entries on the bank account: Community has no bank reconciliation
        bank.inbound_payment_method_line_ids.payment_account_id = (
            bank.default_account_id
        )

    @property
    def bank_journal(self):
        """Return the journal in which customers pay."""
        return self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )

    def _create_calendar(self):
        calendar = self.company.resource_calendar_id
        calendar.write(
            {"name": "Comptoir Delorme, lundi-vendredi", "tz": "Europe/Paris"}
        )
        first_year = (self.today - timedelta(400)).year
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": french,
                    "company_id": self.company.id,
                    "calendar_id": calendar.id,
                    "date_from": to_utc(day, 0),
                    "date_to": to_utc(day, 23, 59),
                }
                for year in range(first_year, self.today.year + 2)
                for day, (french, _english) in french_holidays(year).items()
            ]
        )

    def _create_warehouse(self):
        warehouses = self.env["stock.warehouse"]
        warehouse = warehouses.search([("company_id", "=", self.company.id)], limit=1)
        vals = {"name": "Dépôt de Villefranche", "code": "VSS"}
        if warehouse:
            warehouse.write(vals)
            return warehouse
        return warehouses.create(
            {
                **vals,
                "company_id": self.company.id,
                "partner_id": self.company.partner_id.id,
            }
        )

    def _create_users(self):
        """Create the people of the order desk; their password is their login."""
        lang = self.active_lang("fr_FR")
        home = self.env.ref("adv_management.adv_delay_alert_action")
        vals_list = [
            {
                "name": row["name"],
                "login": row["login"],
                "password": row["login"],
                "email": f"{row['login']}@comptoir-delorme.example",
                "phone": row["phone"],
                "lang": lang,
                "tz": "Europe/Paris",
                "notification_type": "inbox",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.set(self._groups(row["role"]))],
                "action_id": row["role"] != "warehouse" and home.id,
            }
            for row in read_table("users")
        ]
        users = self.env["res.users"].with_context(no_reset_password=True)
        return {user.login: user for user in users.create(vals_list)}

    def _groups(self, role):
        xmlids = ("base.group_user", *ROLES[role])
        return [self.env.ref(xmlid).id for xmlid in xmlids]

    def _create_team(self):
        team = self.env["crm.team"].create(
            {"name": "Administration des ventes", "company_id": self.company.id}
        )
        self.env["crm.team.member"].create(
            [
                {"crm_team_id": team.id, "user_id": user.id}
                for user in self.users.values()
            ]
        )
        return team

    def active_lang(self, code):
        """Return the language if it is active in this database, else English."""
        installed = dict(self.env["res.lang"].get_installed())
        return code if code in installed else "en_US"
