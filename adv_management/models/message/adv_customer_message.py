from odoo import fields, models
from odoo.exceptions import UserError

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
    "subject": {"draft"},
    "body": {"draft"},
    "attachment_ids": {"draft"},
    "contact_ids": {"draft", "failed", "bounced"},
}


# The thread's own fields (followers, activities) follow Odoo's rules.
_OWN_FIELDS = {
    *_BY_HAND,
    *("kind", "key", "state", "company_id", "partner_id", "lang", "user_id"),
    *("order_ids", "line_ids", "date_earliest", "date_sent", "try_count"),
    *("date_next_try", "failure_reason"),
}


class AdvCustomerMessage(models.Model):
    """One e-mail to one customer: the only way in which a message leaves the desk.

    The callers say what it is about (``_compose``), people look at it, change it and
    send it, or it waits for its hour. What is stored is what is sent, and one ``key``
    is one e-mail for ever.
    """

    _name = "adv.customer.message"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Customer Message"
    _order = "id desc"
    _rec_name = "subject"
    _mail_post_access = "read"

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
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    contact_ids = fields.Many2many(
        "res.partner",
        string="Recipients",
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
    date_sent = fields.Datetime("Sent on", readonly=True)
    try_count = fields.Integer("Tries", readonly=True)
    date_next_try = fields.Datetime("Next Try", readonly=True)
    failure_reason = fields.Char("What went wrong", readonly=True)

    _key_uniq = models.UniqueIndex(
        "(company_id, key)", "This message has been written already."
    )

    def write(self, vals):
        """Let people change what the customer reads, as long as it has not left.

        :raise UserError: if something else is written by hand, or too late
        """
        if not self.env.su:
            self._check_by_hand(vals)
        return super().write(vals)

    def _check_by_hand(self, vals):
        ours = set(vals) & _OWN_FIELDS
        if ours - set(_BY_HAND):
            raise UserError(
                self.env._(
                    "Only subject, text, recipients and attachments of a message can "
                    "be changed by hand. Use its buttons for the rest."
                )
            )
        if any(message.state not in _BY_HAND[name] for message in self for name in ours):
            raise UserError(
                self.env._("Only a draft can be changed: this message has left it.")
            )
