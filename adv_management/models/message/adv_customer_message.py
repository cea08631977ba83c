from babel import dates

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import babel_locale_parse, format_time, get_lang

from .adv_customer_message_sending import NOT_LEFT

STATES = [
    ("draft", "Draft"),
    ("queued", "Waits for its hour"),
    ("outgoing", "On its way"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("bounced", "Bounced"),
    ("cancelled", "Cancelled"),
]
# What people may change by hand, and until when.
_BY_HAND = {
    "subject": ("draft",),
    "body": ("draft",),
    "attachment_ids": ("draft",),
    "contact_ids": ("draft", "failed", "bounced"),
}
# The thread's own fields (followers, activities) follow Odoo's rules; the rest is ours,
# whichever room added it.
_THREAD = ("message_", "activity_")


class AdvCustomerMessage(models.Model):
    """One e-mail to one customer: the only way in which a message leaves the desk.

    The callers say what it is about (``_compose``), people look at it, change it and
    send it, or it waits for its hour. What is stored is what is sent, and one ``key``
    is one e-mail for ever.
    """

    _name = "adv.customer.message"
    _inherit = [
        "adv.customer.message.composing",
        "adv.customer.message.sending",
        "adv.customer.message.outcome",
        "adv.customer.message.editing",
        "adv.customer.message.cron",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Customer Message"
    _order = "id desc"
    _rec_name = "subject"

    kind = fields.Selection(
        [
            ("delay", "Delay notice"),
            ("recovery", "Good news"),
            ("acknowledgement", "Order acknowledgement"),
            ("open_orders", "Open-order report"),
        ],
        required=True,
        readonly=True,
    )
    key = fields.Char(
        required=True, readonly=True, help="The caller's name of this very message."
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", index=True
    )

    # From whom to whom
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    partner_name = fields.Char(
        "Deleted Customer", readonly=True, help="Who it was written to."
    )
    contact_ids = fields.Many2many(
        "res.partner",
        string="Recipients",
        context={"active_test": False},
        domain="[('commercial_partner_id', '=', partner_id), ('email', '!=', False)]",
    )
    lang = fields.Char("Language", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Order Desk Owner",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="On whose behalf it is sent; the customer answers to this person.",
    )

    # About what
    order_ids = fields.Many2many("sale.order", string="Orders", readonly=True)
    line_ids = fields.One2many(
        "adv.customer.message.line", "message_id", "Lines", readonly=True
    )
    subject = fields.Char()
    body = fields.Html(sanitize_style=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Attachments", bypass_search_access=True
    )

    # How it left
    date_earliest = fields.Datetime("Not before", readonly=True)
    departure = fields.Char(compute="_compute_departure")
    date_sent = fields.Datetime("Sent on", readonly=True)
    try_count = fields.Integer("Tries", readonly=True)
    date_next_try = fields.Datetime("Next Try", readonly=True)
    failure_reason = fields.Char("What went wrong", readonly=True)
    mail_id = fields.Many2one(
        "mail.mail",
        "E-mail",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
        help="The one e-mail in Odoo's queue that carries this message.",
    )

    _key_uniq = models.UniqueIndex(
        "(company_id, key)", "This message has been written already."
    )

    @api.depends("kind", "subject")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for message in self:
            message.display_name = message.subject or kinds.get(message.kind, "")

    @api.depends("state", "date_earliest")
    @api.depends_context("lang", "tz")
    def _compute_departure(self):
        """Say when what waits will leave, as people say it: Mon, Mar 9, 7:00 AM."""
        locale = babel_locale_parse(get_lang(self.env).code)
        for message in self:
            message.departure = False
            if message.state == "queued" and message.date_earliest:
                moment = fields.Datetime.context_timestamp(self, message.date_earliest)
                day = dates.format_skeleton("MMMEd", moment, locale=locale)
                hour = format_time(self.env, moment.timetz(), time_format="short")
                message.departure = f"{day}, {hour}"

    def write(self, vals):
        """Let people change what the customer reads, as long as it has not left.

        :raise UserError: if something else is written by hand, or too late
        :raise AccessError: if a file is attached that the user may not read
        """
        if self.env.su:
            return super().write(vals)
        self._check_by_hand(vals)
        files = self.attachment_ids
        result = super().write(vals)
        # Whoever reads the message is sent its files.
        (self.attachment_ids - files).check_access("read")
        return result

    def _check_by_hand(self, vals):
        if any(name not in _BY_HAND and not name.startswith(_THREAD) for name in vals):
            raise UserError(
                self.env._(
                    "Only subject, text, recipients and attachments of a message can "
                    "be changed by hand. Use its buttons for the rest."
                )
            )
        states = set(self.mapped("state"))
        if any(not states <= set(_BY_HAND.get(name, states)) for name in vals):
            raise UserError(
                self.env._(
                    "This message has left the desk: what the customer was sent "
                    "cannot be changed. Write a new one instead."
                )
            )

    @api.model
    def _let_go(self, partners):
        """Keep the history of customers who are about to be deleted, and send them
        nothing any more.
        """
        messages = self.search([("partner_id", "in", partners.ids)])
        for partner, written in messages.grouped("partner_id").items():
            written.partner_name = partner.name
        messages.filtered(lambda each: each.state in NOT_LEFT)._cancel()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_known_keys(self):
        if any(message.state != "draft" and message.partner_id for message in self):
            raise UserError(
                self.env._(
                    "What was written to a customer is kept, so that nobody is sent "
                    "it twice. Cancel the message instead."
                )
            )
