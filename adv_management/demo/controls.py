"""The controls: what the manager has them stop, what she decides, what waits today."""

from odoo import Command, fields

from ..models.control.adv_controlled import PARKING
from .actor import Actor

# Shipped controls that the company has a version of its own of: English and French
# name.
COMPANY_RULES = {
    "price": ("Price other than agreed", "Prix hors tarif du client"),
    "duplicate_order": ("Order entered twice", "Commande saisie deux fois"),
    "never_bought": (
        "Article new to a regular customer",
        "Article nouveau pour un client régulier",
    ),
}
BLOCKING = ("price", "duplicate_order")
LARGE = 5000
VERDICTS = {
    "error": "action_is_error",
    "customer_change": "action_is_customer_change",
    "no_error": "action_is_no_error",
}
# What a mistake is found as.
CODES = {
    "price": "PRX",
    "quantity": "QTE",
    "article": "REF",
    "address": "ADL",
    "date": "DEL",
    "forgotten": "OUB",
}
SPECIAL_PRICE = 0.94


class Controls(Actor):
    """Hélène, who sets the rules and decides, and the assistants whom they stop."""

    def __init__(self, *args):
        super().__init__(*args)
        lang = self.stage.active_lang("fr_FR")
        # what a control asks of somebody is noted as an activity, without a mail
        context = dict(
            self.env.context,
            lang=lang,
            mail_activity_automation_skip=False,
            mail_activity_quick_update=True,
        )
        self.env = self.env(context=context)
        self.customer_rows = {row["ref"]: row for row in self.story.customers}
        self.helene = self.as_user("helene")
        self.rules = {}

    def doings(self):
        return {
            "rules": (self.set_rules, (7, 40)),
            "tighten": (self.tighten, (7, 50)),
            "waived": (self.accept, (10, 5)),
            "review": (self.review, (8, 5)),
            "own_rules": (self.add_own_rules, (17, 5)),
            "ask": (self.ask, (17, 10)),
            "enlarge": (self.enlarge, (17, 15)),
            "repeat": (self.repeat, (17, 20)),
            "sign": (self.sign, (17, 25)),
            "proofread": (self.proofread, (17, 30)),
        }

    # -- rules -------------------------------------------------------------------------

    def set_rules(self, _event):
        """Give the company its own version of some controls; others stay silent."""
        for code, (english, french) in COMPANY_RULES.items():
            shipped = self.env.ref(f"adv_management.adv_control_{code}")
            shipped = shipped.with_context(lang="en_US")
            self.rules[code] = shipped.copy(
                {"code": code, "company_id": self.company.id, "name": english}
            ).with_env(self.helene)
            self.masters.translate(self.rules[code], "name", french)

    def tighten(self, _event):
        """Too much escapes: have prices and duplicates stop an order."""
        for code in BLOCKING:
            self.rules[code].severity = "blocking"

    def add_own_rules(self, _event):
        """Add rules of the house; what was done before is judged without them."""
        self.env["adv.control"]._run_pending()
        self._add_rule(
            ("Large orders: a second look", "Grosses commandes : un second regard"),
            (
                "An order of more than € 5,000: check stock, exposure and transport.",
                "Commande de plus de 5 000 € : stock, encours et transport à vérifier.",
            ),
            severity="approval",
            checkpoint="confirmation",
            method="domain",
            domain=f"[('amount_untaxed', '>', {LARGE})]",
        )
        self._add_rule(
            ("Quotation read once more", "Devis relu"),
            (
                "A colleague has read prices, dates and address before it leaves.",
                "Un collègue a relu prix, délais et adresse avant l'envoi.",
            ),
            severity="blocking",
            checkpoint="quotation",
            method="manual",
        )

    def _add_rule(self, names, descriptions, **vals):
        rule = self.helene["adv.control"].with_context(lang="en_US")
        texts = {"name": names[0], "description": descriptions[0]}
        rule = rule.create({**texts, "company_id": self.company.id, **vals})
        self.masters.translate(rule, "name", names[1])
        self.masters.translate(rule, "description", descriptions[1])

    # -- at the button -----------------------------------------------------------------

    def accept(self, event):
        """Ask the manager for the price, who accepts it; confirm the order."""
        order = self._as_assistant(event)
        self._request(order, "Prix promis par téléphone avant la hausse.")
        self._waive(order, "Accord commercial, hausse à la prochaine commande")
        order.action_adv_confirm()

    def _request(self, order, reason):
        wizard = order.env["adv.control.request"].create(
            {
                "result_ids": [Command.set(self._failed(order).ids)],
                "approver_id": self.stage.users["helene"].id,
                "reason": reason,
            }
        )
        wizard.action_apply()

    def _waive(self, order, reason):
        self.clock.move_to(self.clock.now())
        failed = self._failed(order).with_env(self.helene)
        wizard = self.helene["adv.control.waive"].create(
            {"result_ids": [Command.set(failed.ids)], "reason": reason}
        )
        wizard.action_apply()

    def _failed(self, order):
        return order.adv_control_result_ids.filtered(
            lambda result: result.state == "failed" and result.severity != "info"
        )

    # -- entry errors ------------------------------------------------------------------

    def review(self, _event):
        """Classify what was found and is not classified yet."""
        errors = self.helene["adv.entry.error"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "suspected"),
                ("moment", "!=", "before_confirmation"),
            ]
        )
        mistakes = {
            (self.orders[script.number].id, CODES.get(script.mistake.kind)): script
            for script in self.story.mistaken
            if script.number in self.orders
        }
        for verdict, same in errors.grouped(
            lambda error: self._get_verdict(error, mistakes)
        ).items():
            if verdict in VERDICTS:
                getattr(same, VERDICTS[verdict])()

    def _get_verdict(self, error, mistakes):
        """Return what the manager says: mistakes are known, amendments are wishes."""
        script = mistakes.get((error.order_id.id, error.type_id.code))
        if script:
            return script.mistake.fate
        return "customer_change" if error.source == "correction" else "no_error"

    # -- today -------------------------------------------------------------------------

    def ask(self, event):
        """A special price waits for the manager's approval."""
        order = self._as_assistant(event)
        self._lower_price(order)
        order.action_adv_confirm()
        self._request(order, "Le client commande aujourd'hui à ce prix.")

    def enlarge(self, event):
        """A large order waits for a second look."""
        order = self._as_assistant(event)
        order.action_adv_confirm()
        self._request(order, "Marchandise en stock, départ prévu en une fois.")

    def repeat(self, event):
        """Enter the last order again, which came by e-mail and by telephone."""
        order = self.orders[event.subject.number].with_env(self.as_user("camille"))
        again = order.copy(
            {
                "client_order_ref": order.client_order_ref,
                "adv_channel": "manual",
                "adv_date_received": fields.Datetime.now(),
                "adv_date_requested": order.adv_date_requested,
            }
        )
        again.action_adv_confirm()

    def sign(self, event):
        """The customer signs a price that the desk would not have confirmed: what he
        signed is accepted and waits.
        """
        order = self._as_assistant(event)
        self._lower_price(order)
        order.write(
            {
                "signed_by": self.customer_rows[event.subject.customer]["contact"],
                "signed_on": fields.Datetime.now(),
            }
        )
        # as the portal does, without its mail
        order.with_context(adv_gate=PARKING).action_confirm()

    def proofread(self, event):
        """One quotation was read once more, another one waits for it."""
        order = self._as_assistant(event)
        order.action_quotation_send()
        self._failed(order).action_tick()
        drafts = [
            self.orders[script.number]
            for script in self.story.quotations
            if self.orders[script.number].state == "draft"
        ]
        drafts[-1].with_env(self.env).action_quotation_send()

    def _lower_price(self, order):
        line = order.order_line[:1]
        line.price_unit = round(line.price_unit * SPECIAL_PRICE, 2)

    def _as_assistant(self, event):
        """Return the order of an event, for the assistant of its customer."""
        login = self.customer_rows[event.subject.customer]["assistant"]
        return self.orders[event.subject.number].with_env(self.as_user(login))
