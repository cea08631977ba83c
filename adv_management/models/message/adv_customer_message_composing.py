import logging

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

_logger = logging.getLogger(__name__)

# Which box of a contact asks for which kind.
PREFERENCES = {
    "delay": "adv_gets_delays",
    "recovery": "adv_gets_delays",
    "acknowledgement": "adv_gets_acknowledgements",
    "open_orders": "adv_gets_reports",
}
# Some readers cut e-mails of more than 100 KB.
MOST_LINES = 40


class AdvCustomerMessageComposing(models.AbstractModel):
    """Writes messages: to whom, in which language, with which words."""

    _name = "adv.customer.message.composing"
    _description = "Writing of Customer Messages"

    @api.model
    def _compose(self, vals_list):
        """Return the messages of these values, in their order, written and addressed.

        A key that is known already gives the message of that key as it is. A message
        that cannot be written or addressed is ``failed`` and says why.

        :param vals_list: dicts with ``kind``, ``key``, ``company_id``, ``partner_id``
            and what else is known; ``contact_ids`` only if they are not to be found
        :raise ConcurrencyError: if somebody else is just writing one of them: whoever
            begins anew (Odoo does so with users' requests) finds it
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
                created = self.create(vals_list)
                created._own_attachments()
                return created
        except UniqueViolation as error:
            # What the other one wrote cannot be seen before a new transaction.
            raise ConcurrencyError("This message is just being written") from error

    def _own_attachments(self):
        """Let the files be read by whoever may read their message."""
        for message in self.filtered("attachment_ids"):
            message.attachment_ids.filtered(lambda file: not file.res_id).write(
                {"res_model": message._name, "res_id": message.id}
            )

    # To whom --------------------------------------------------------------------------

    def _address(self):
        """Give each message its language, somebody who is still here to sign it and,
        unless it has some, its recipients.
        """
        wanted = self._find_wanted().grouped("commercial_partner_id")
        nobody = self.env["res.partner"]
        for message in self:
            message.lang = message._find_lang()
            if message.user_id and not message.user_id.active:
                message.user_id = message._get_responsible()
            if message.contact_ids:
                continue
            asking = wanted.get(message.partner_id, nobody).filtered_domain(
                [
                    (PREFERENCES[message.kind], "=", True),
                    # a contact may be known to another company only
                    ("company_id", "in", [False, *message.company_id.parent_ids.ids]),
                ]
            )
            for found in (asking, message.order_ids.partner_id, message.partner_id):
                if reachable := found.filtered(lambda each: each.active and each.email):
                    message.contact_ids = reachable
                    break

    def _find_wanted(self):
        """Return all contacts of these customers who have asked for messages."""
        boxes = {PREFERENCES[message.kind] for message in self}
        asks = [[(box, "=", True)] for box in sorted(boxes)]
        ours = Domain("commercial_partner_id", "in", self.partner_id.ids)
        return self.env["res.partner"].search(ours & Domain.OR(asks))

    def _find_lang(self):
        """Return the customer's language, else the company's, else English."""
        langs = (self.partner_id.lang, self.company_id.partner_id.lang)
        known = self.env["res.lang"]
        return next((lang for lang in langs if lang and known._lang_get(lang)), "en_US")

    def _get_reachable(self):
        """Return the recipients whose address is one."""
        return self.contact_ids.filtered(
            lambda each: each.active and email_normalize(each.email or "")
        )

    def _explain_recipients(self):
        """Return who cannot be reached and why, nothing if all can."""
        if not self.contact_ids:
            return self.env._(
                "There is nobody to write to: neither %(customer)s nor a contact has "
                "an e-mail address. Enter one, then try again.",
                customer=self.partner_id.display_name,
            )
        if wrong := self.contact_ids - self._get_reachable():
            names = [f"{each.name} ({each.email or '-'})" for each in wrong]
            return self.env._(
                "Not to be reached: %(names)s. Correct the e-mail address of the "
                "contact, or bring the contact back if it is archived, then try again.",
                names=", ".join(names),
            )
        return ""

    def _get_most_lines(self):
        """Return how many lines the words show at most."""
        return MOST_LINES

    # With which words -----------------------------------------------------------------

    @api.model
    def _get_template(self, kind):
        """Return the template of a kind, an empty one where it was deleted."""
        name = f"adv_management.mail_template_adv_{kind}"
        templates = self.env["mail.template"]
        return self.env.ref(name, raise_if_not_found=False) or templates

    def _render(self):
        """Write subject and body anew, in each customer's language.

        A message whose template cannot be rendered, and one that reaches nobody, is
        failed and says why; the others are written.
        """
        # sudo: the text is the same whoever has it written.
        messages = self.sudo()
        for kind, alike in messages.grouped("kind").items():
            alike._render_or_isolate(messages._get_template(kind))
        written = messages.filtered(lambda each: each.state == "draft")
        for message in written:
            message.failure_reason = message._in_words()._explain_recipients() or False
        written.filtered(lambda each: not each._get_reachable())._fail()

    def _render_or_isolate(self, template):
        """Render a batch; when it fails, each alone, so that only those fail that
        cannot be rendered.
        """
        try:
            with self.env.cr.savepoint():
                self._render_with(template)
        except SerializationFailure:
            raise
        except Exception as error:  # noqa: BLE001 (one bad record stops no other)
            if len(self) > 1:
                for message in self:
                    message._render_or_isolate(template)
                return
            _logger.info("Message %s cannot be rendered: %s", self.id, error)
            self._fail(
                self._in_words().env._(
                    "The e-mail template cannot be used: %(error)s",
                    error=str(error.__cause__ or error),
                )
            )

    def _render_with(self, template):
        if not template:
            raise UserError(
                self._in_words().env._(
                    "it was deleted. An administrator restores it by updating the app."
                )
            )
        subjects, bodies = (
            template._render_field(name, self.ids, compute_lang=True)
            for name in ("subject", "body_html")
        )
        for message in self:
            message.subject = " ".join((subjects[message.id] or "").split())
            message.body = bodies[message.id]
