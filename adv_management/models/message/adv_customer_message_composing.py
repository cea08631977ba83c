from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import email_normalize

# Which box of a contact asks for which kind.
PREFERENCES = {
    "delay": "adv_gets_delays",
    "recovery": "adv_gets_delays",
    "acknowledgement": "adv_gets_acknowledgements",
    "open_orders": "adv_gets_reports",
}


class AdvCustomerMessageComposing(models.Model):
    """Writes messages: to whom, in which language, with which words."""

    _inherit = "adv.customer.message"

    @api.model
    def _compose(self, vals_list):
        """Return the messages of these values, in their order, written and addressed.

        A key that is known already gives the message of that key as it is. A message
        that cannot be written or addressed is ``failed`` and says why.

        :param vals_list: dicts with ``kind``, ``key``, ``company_id``, ``partner_id``
            and what else is known; ``contact_ids`` only if they are not to be found
        :raise ConcurrencyError: if somebody else has just written one of them: whoever
            is called again (Odoo does so with users' requests) finds it
        """
        # sudo: nobody may write messages by hand; the callers decide who may have
        # which one written.
        messages = self.sudo()
        known = messages._find_by_key(vals_list)
        new = {}
        for vals in vals_list:
            key = (vals["company_id"], vals["key"])
            if key not in known:
                new.setdefault(key, vals)
        created = messages._create_or_yield(list(new.values()))
        created._address()
        created._render()
        known.update(zip(new, created, strict=True))
        ids = [known[vals["company_id"], vals["key"]].id for vals in vals_list]
        return self.browse(ids)

    @api.model
    def _find_by_key(self, vals_list):
        """Return ``{(company id, key): message}`` of the messages that are there."""
        found = self.search(
            [
                ("company_id", "in", [vals["company_id"] for vals in vals_list]),
                ("key", "in", [vals["key"] for vals in vals_list]),
            ]
        )
        return {(message.company_id.id, message.key): message for message in found}

    @api.model
    def _create_or_yield(self, vals_list):
        """Create messages, unless somebody else has just created one of them."""
        try:
            with self.env.cr.savepoint():
                return self.create(vals_list)
        except UniqueViolation as error:
            # What the other one has written is not to be seen before our transaction
            # begins anew.
            raise ConcurrencyError("This message has just been written") from error

    # To whom --------------------------------------------------------------------------

    def _address(self):
        """Give each message its language and its recipients."""
        for message in self:
            message.lang = message._find_lang()
        for message in self.filtered(lambda each: not each.contact_ids):
            message.contact_ids = message._find_contacts()

    def _find_lang(self):
        """Return the customer's language, else the company's, else English."""
        langs = (self.partner_id.lang, self.company_id.partner_id.lang)
        known = self.env["res.lang"]
        return next((lang for lang in langs if lang and known._lang_get(lang)), "en_US")

    def _find_contacts(self):
        """Return who wants this kind, else the contacts of the orders, else the
        customer: those who have an e-mail address.
        """
        customer = self.partner_id
        contacts = self.env["res.partner"].search(
            [
                ("commercial_partner_id", "=", customer.id),
                (PREFERENCES[self.kind], "=", True),
            ]
        )
        for found in (contacts, self.order_ids.partner_id, customer):
            if reachable := found.filtered(lambda each: each.active and each.email):
                return reachable
        return self.env["res.partner"]

    # With which words -----------------------------------------------------------------

    def _get_template(self):
        """Return the template of this message's kind."""
        return self.env.ref(f"adv_management.mail_template_adv_{self.kind}")

    def _render(self):
        """Write subject and body of these messages anew; who cannot be written fails."""
        for kind, messages in self.grouped("kind").items():
            messages[:1]._get_template()
            for message in messages:
                message._render_one()

    def _render_one(self):
        template = self._get_template()
        try:
            with self.env.cr.savepoint():
                [subject] = template._render_field(
                    "subject", self.ids, compute_lang=True
                ).values()
                [body] = template._render_field(
                    "body_html", self.ids, compute_lang=True
                ).values()
                self.write({"subject": subject, "body": body})
        except Exception as error:
            self._fail(str(error))
        else:
            if not any(email_normalize(each.email) for each in self.contact_ids):
                self._fail(self.env._("No e-mail address"))

    def _fail(self, reason):
        self.write({"state": "failed", "failure_reason": reason})
