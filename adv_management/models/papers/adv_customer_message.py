import logging
from collections import Counter

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from ...report.acknowledged_lines import acknowledged_lines
from .formatting import format_quantity

_logger = logging.getLogger(__name__)

# What a person may ask for once more.
_LEFT = ("outgoing", "sent", "bounced", "cancelled")


class AdvCustomerMessage(models.Model):
    """What acknowledgements and open-order reports need of a message: their contents,
    their files, and to know when they have left.
    """

    _name = "adv.customer.message"
    _inherit = ["adv.customer.message"]

    file_id = fields.Many2one(
        "ir.attachment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The attachment that was made for it.",
    )

    @api.model
    def _get_next_keys(self, keys, domain):
        """Return the keys of the messages that a person means who asks for them now.

        What has not left is still the same message; what has left is followed by
        another: ``key``, ``key#2``, ``key#3``.

        :param keys: ``{whatever: key}``
        :param domain: where these messages are to be looked for
        """
        # sudo: only counted; the callers have checked who may ask.
        left = self.sudo().search_fetch(Domain("state", "in", _LEFT) & domain, ["key"])
        counts = Counter(message.key.partition("#")[0] for message in left)
        return {
            each: f"{key}#{counts[key] + 1}" if counts[key] else key
            for each, key in keys.items()
        }

    def _get_open_order_lines(self):
        """Return the :class:`OpenLine` of the customer, for the report's template."""
        known = self.env.context.get("adv_open_lines", {})
        whose = (self.company_id.id, self.partner_id.id)
        if whose in known:
            return known[whose]
        return self.partner_id._adv_get_open_order_lines(self.company_id)

    def _with_open_lines(self):
        """Return these messages with what is open for their customers, read at once."""
        found = dict(self.env.context.get("adv_open_lines", {}))
        reports = self.filtered(
            lambda each: (
                each.kind == "open_orders"
                and (each.company_id.id, each.partner_id.id) not in found
            )
        )
        for company, ours in reports.grouped("company_id").items():
            customers = ours.partner_id
            lines = customers._adv_group_open_orders(company)
            found |= {(company.id, each.id): lines.get(each, []) for each in customers}
        return self.with_context(adv_open_lines=found)

    def _get_report_day(self):
        """Return the local day on which this report was written."""
        return self.partner_id._adv_get_today(self.company_id)

    def _format_quantity(self, quantity):
        return format_quantity(self.env, quantity)

    def _get_listing(self):
        if self.kind != "acknowledgement":
            return super()._get_listing()
        return acknowledged_lines(self.order_ids)

    def _is_revised(self):
        """Return whether it replaces an acknowledgement that the customer has."""
        before = Domain("kind", "=", "acknowledgement") & Domain("id", "<", self.id)
        told = Domain("state", "in", ("outgoing", "sent"))
        about = Domain("order_ids", "in", self.order_ids.ids)
        return bool(self.search_count(before & told & about, limit=1))

    def _attach_orders(self):
        """Attach the printed orders where the company wants it and no file is there."""
        wanted = self.filtered(
            lambda each: each.company_id.adv_ack_is_pdf and not each.attachment_ids
        )
        wanted._attach_files()

    def _make_file(self):
        """Return ``(name, content)`` of the file that belongs to this message."""
        if self.kind == "acknowledgement":
            return self.order_ids._adv_print_order()
        lines = self._get_open_order_lines()
        customer, company = self.partner_id, self.company_id
        return customer._adv_get_open_orders_file(company, lines, self.lang)

    def _renew_files(self):
        """Make the files of these messages anew, unless a person took them out."""
        papers = self.filtered(lambda each: each.file_id in each.attachment_ids)
        papers.file_id.unlink()
        papers._attach_files()

    def _attach_files(self):
        """Attach its file to each message; one that cannot be made is said on it."""
        vals_list = []
        for message in self:
            try:
                with self.env.cr.savepoint():
                    name, content = message._make_file()
            except OperationalError:
                raise
            except Exception as error:
                _logger.info("No file for message %s", message.id, exc_info=True)
                message._note_missing_file(error)
            else:
                vals_list.append(
                    {
                        "name": name,
                        "raw": content,
                        "res_model": message._name,
                        "res_id": message.id,
                    }
                )
        # sudo: whoever may have the message written may have its file made.
        for attachment in self.env["ir.attachment"].sudo().create(vals_list):
            message = self.browse(attachment.res_id).sudo()
            message.attachment_ids += attachment
            message.file_id = attachment

    def _note_missing_file(self, error):
        text = self.env._(
            "The file that belongs to this message could not be made: %s", error
        )
        # sudo: said by the system.
        self.sudo().message_post(body=text, subtype_xmlid="mail.mt_note")

    def _on_state(self, state):
        result = super()._on_state(state)
        # sudo: the confirmation is the system's record of what became of its message.
        self.env["adv.order.confirmation"].sudo()._follow_messages(self, state)
        return result
