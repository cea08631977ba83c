from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.working_hours import hours_between
from ..order.working_time import get_working_hours
from . import queries

_OPEN = ("draft", "sent")
_SALES = "sales_team.group_sale_salesman"


class AdvOrderIntake(models.AbstractModel):
    """An order that came by e-mail and waits until somebody enters what is ordered."""

    _name = "adv.order.intake"
    _inherit = ["mail.thread.main.attachment"]
    _description = "Order that came by e-mail"

    adv_mailbox_id = fields.Many2one(
        "adv.order.mailbox",
        "Mailbox",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=_SALES,
        help="The address to which the customer sent this order.",
    )
    adv_mail_subject = fields.Char(
        "Subject of the e-mail", readonly=True, copy=False, groups=_SALES
    )
    adv_is_to_enter = fields.Boolean(
        "To enter",
        compute="_compute_adv_entry",
        compute_sudo=True,
        search="_search_adv_is_to_enter",
        groups=_SALES,
        help="Came by e-mail and has no product line yet.",
    )
    adv_waiting_hours = fields.Float(
        "Waiting for",
        compute="_compute_adv_entry",
        compute_sudo=True,
        groups=_SALES,
        help="Working hours since the order was received, while it is to be entered.",
    )
    adv_is_entry_late = fields.Boolean(
        "Waiting for too long",
        compute="_compute_adv_entry",
        compute_sudo=True,
        search="_search_adv_is_entry_late",
        groups=_SALES,
        help="Still to be entered when the time within which orders are acknowledged "
        "has passed.",
    )
    adv_is_unidentified = fields.Boolean(
        "Customer unknown",
        compute="_compute_adv_is_unidentified",
        compute_sudo=True,
        search="_search_adv_is_unidentified",
        groups=_SALES,
        help="The sender does not tell who the customer is: it has to be chosen.",
    )

    _adv_to_enter_idx = models.Index(
        "(company_id) WHERE adv_channel = 'mail' AND state IN ('draft', 'sent')"
    )

    # ----------------------------------------------------------------------------------
    # What waits
    # ----------------------------------------------------------------------------------

    @api.depends("state", "adv_channel", "adv_date_received", "order_line.product_id")
    def _compute_adv_entry(self):
        waiting = self.filtered(lambda order: order._adv_waits_for_entry())
        others = self - waiting
        others.adv_is_to_enter = others.adv_is_entry_late = False
        others.adv_waiting_hours = 0
        now = fields.Datetime.now()
        for company, orders in waiting.grouped("company_id").items():
            received = {each: each._adv_get_received(now) for each in orders}
            hours = get_working_hours(company, min(received.values()), now)
            for order, start in received.items():
                age = hours_between(hours, start, now)
                order.adv_is_to_enter = True
                order.adv_waiting_hours = age
                order.adv_is_entry_late = age > company.adv_ack_target_hours

    def _adv_waits_for_entry(self):
        return (
            self.adv_channel == "mail"
            and self.state in _OPEN
            and not any(
                line.product_id and not line.is_downpayment for line in self.order_line
            )
        )

    def _adv_get_received(self, now):
        """Return since when an order waits; nobody waits for what is still to come."""
        return min(self.adv_date_received or self.create_date or now, now)

    def _search_adv_is_to_enter(self, operator, value):
        if operator != "in":
            return NotImplemented
        lines = self.env["sale.order.line"]
        waiting = (
            Domain("adv_channel", "=", "mail")
            & Domain("state", "in", _OPEN)
            & Domain.custom(
                to_sql=lambda _model, alias, _query: queries.has_no_product_line(
                    lines, SQL.identifier(alias, "id")
                ),
                predicate=lambda order: order._adv_waits_for_entry(),
            )
        )
        return _as_asked(waiting, value)

    def _search_adv_is_entry_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: only ids leave; who searches finds those that he may read.
        waiting = self.sudo().search([("adv_is_to_enter", "=", True)])
        late = waiting.filtered("adv_is_entry_late")
        return _as_asked(Domain("id", "in", late.ids), value)

    # ----------------------------------------------------------------------------------
    # Whose it is
    # ----------------------------------------------------------------------------------

    @api.depends("partner_id", "adv_channel")
    def _compute_adv_is_unidentified(self):
        mailed = self.filtered(lambda order: order.adv_channel == "mail")
        (self - mailed).adv_is_unidentified = False
        if mailed:
            holding = self._adv_get_holding_customers()
            for order in mailed:
                order.adv_is_unidentified = order.partner_id._origin in holding

    def _search_adv_is_unidentified(self, operator, value):
        if operator != "in":
            return NotImplemented
        holding = self._adv_get_holding_customers()
        unidentified = Domain("adv_channel", "=", "mail") & Domain(
            "partner_id", "in", holding.ids
        )
        return _as_asked(unidentified, value)

    @api.model
    def _adv_get_holding_customers(self):
        # sudo: tells apart customers that the order itself shows.
        return self.env["adv.order.mailbox"].sudo().search([]).partner_id

    def _confirmation_error_message(self):
        # sudo: whoever confirms an order need not read mailboxes.
        if self.sudo().adv_is_unidentified and self.state in _OPEN:
            return self.env._(
                "%(order)s came by e-mail and its customer is not known yet. Choose "
                "the customer before you confirm.",
                order=self.name,
            )
        return super()._confirmation_error_message()

    # ----------------------------------------------------------------------------------
    # How it comes
    # ----------------------------------------------------------------------------------

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make the draft of an e-mail to an order mailbox; of others what Odoo does."""
        mailboxes = self.env["adv.order.mailbox"]
        mailbox = mailboxes.browse((custom_values or {}).get("adv_mailbox_id"))
        if not mailbox:
            return super().message_new(msg_dict, custom_values)
        mailbox = mailbox.with_company(mailbox.company_id)
        sender = mailbox.with_context(lang=mailbox._get_lang())._identify(msg_dict)
        vals = mailbox._prepare_order_vals(sender.partner) | {
            # Else the subject would be the number of the order.
            "name": self.default_get(["name"])["name"],
            "adv_date_received": custom_values.get("adv_date_received")
            or fields.Datetime.now(),
            "adv_mail_subject": " ".join(msg_dict.get("subject", "").split()),
        }
        # Nobody is written to because somebody else wrote.
        drafts = self.with_company(mailbox.company_id).with_context(
            mail_auto_subscribe_no_notify=True
        )
        order = super(AdvOrderIntake, drafts).message_new(msg_dict, vals)
        if sender.doubt:
            order._message_log(body=sender.doubt)
        return order

    def _message_set_main_attachment_id(
        self, attachments, force=False, filter_xml=True
    ):
        """Show the customer's document beside the order, not a logo in its text.

        Only on orders that came by e-mail: the others are as Odoo leaves them.
        """
        # sudo: the customer who answers on the portal does not see the channel.
        mailed = self.filtered(lambda order: order.sudo().adv_channel == "mail")
        documents = attachments.filtered(
            lambda each: not (each.mimetype or "").startswith("image")
        )
        return super(AdvOrderIntake, mailed)._message_set_main_attachment_id(
            documents or attachments if mailed else documents.browse(),
            force=force,
            filter_xml=filter_xml,
        )


def _as_asked(domain, value):
    """Return the domain of a yes-or-no field that was searched for some values."""
    if True in value:
        return Domain.TRUE if False in value else domain
    return ~domain
