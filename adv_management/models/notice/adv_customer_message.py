import hashlib
from collections import defaultdict
from typing import NamedTuple

from odoo import Command, api, fields, models

from ...report.table_sheet import DATE, QUANTITY, TEXT, Column
from .adv_commitment import NOTICES

_OVER = ("sent", "bounced", "cancelled")


class Telling(NamedTuple):
    """What a customer is told about one line."""

    commitment: models.BaseModel
    known: fields.Date | None  # the date that he knows
    date: fields.Date | None  # the one that he is told
    date_reply: fields.Date | None = None  # without a date: until when he hears one


class AdvCustomerMessage(models.Model):
    """Delay notices: what is told about the lines of one customer goes into one
    message, however many orders they are of.
    """

    _name = "adv.customer.message"
    _inherit = "adv.customer.message"

    def action_cancel(self):
        """Keep back what has not left, and say so on the alerts: whoever cancels a
        notice takes care of the customer himself.
        """
        result = super().action_cancel()
        # sudo: the right to cancel has been checked.
        self.sudo().filtered(lambda each: each.kind in NOTICES)._say_on_alerts(
            lambda notice: notice.env._(
                "The message to the customer was cancelled: %(link)s",
                link=notice._get_html_link(),
            )
        )
        return result

    def _get_listing(self):
        if self.kind not in NOTICES:
            return super()._get_listing()
        columns = [
            Column(self.env._("Order"), TEXT, 14),
            Column(self.env._("Your reference"), TEXT, 20),
            Column(self.env._("Product"), TEXT, 44),
            Column(self.env._("Quantity"), QUANTITY, 11),
            Column(self.env._("Unit"), TEXT, 10),
            Column(self.env._("Date so far"), DATE, 13),
            Column(self.env._("New date"), DATE, 13),
            Column(self.env._("You will hear it by"), DATE, 20),
        ]
        rows = [
            (
                line.order_id.name,
                line.client_order_ref,
                line.name,
                line.product_uom_qty,
                line.product_uom_id.name,
                line.date_promise,
                line.date_announced,
                line.date_reply,
            )
            for line in self.line_ids
        ]
        return columns, rows

    # Composing ------------------------------------------------------------------------

    @api.model
    def _compose_notices(self, kind, tellings):
        """Return the drafts that tell all this, one per customer and company.

        The same once more gives the same draft. A date that another message was about
        to tell is taken out of it.

        :param tellings: :class:`Telling` tuples
        """
        groups = defaultdict(list)
        for telling in tellings:
            line = telling.commitment
            groups[line.company_id.id, line.partner_id.id].append(telling)
        commitments = self.env["adv.commitment"].union(
            *(t.commitment for t in tellings)
        )
        turns = self._count_turns(kind, commitments)
        messages = self._compose(
            [
                self._prepare_notice_vals(kind, customer, told, turns.get(customer, 0))
                for customer, told in groups.items()
            ]
        )
        # sudo: what nobody has sent yet is replaced by what somebody writes now.
        messages.sudo()._replace_others(commitments)
        return messages

    @api.model
    def _count_turns(self, kind, commitments):
        """Return ``{(company id, customer id): number}`` of the messages of this kind
        about these lines that are over: the next is another one, even with these dates.
        """
        groups = (
            # sudo: numbers only.
            self.env["adv.customer.message.line"]
            .sudo()
            ._read_group(
                [
                    ("commitment_id", "in", commitments.ids),
                    ("message_id.kind", "=", kind),
                    ("message_id.state", "in", _OVER),
                ],
                ["message_id"],
            )
        )
        turns = defaultdict(int)
        for (message,) in groups:
            turns[message.company_id.id, message.partner_id.id] += 1
        return turns

    @api.model
    def _prepare_notice_vals(self, kind, customer, tellings, turn):
        company_id, partner_id = customer
        tellings = sorted(tellings, key=_place)
        lines = self.env["adv.commitment"].union(*(t.commitment for t in tellings))
        return {
            "kind": kind,
            "key": f"{kind}-{partner_id}-{turn}-{_digest(tellings)}",
            "company_id": company_id,
            "partner_id": partner_id,
            "user_id": self._find_owner(lines).id,
            "order_ids": [Command.set(lines.order_id.ids)],
            "line_ids": [
                Command.create({"sequence": place, **_prepare_line_vals(telling)})
                for place, telling in enumerate(tellings)
            ],
        }

    @api.model
    def _find_owner(self, commitments):
        """Return on whose behalf a customer is told about these lines: whoever writes
        if some are his or hers, else their owner.
        """
        owners = commitments.adv_user_id.filtered("active")
        if self.env.user in owners:
            return self.env.user
        fallback = commitments.company_id.adv_alert_user_id if self.env.su else None
        return owners[:1] or fallback or self.env.user.filtered("active")


def _place(telling):
    line = telling.commitment
    return line.order_id.id, line.sale_line_id.sequence, line.id


def _digest(tellings):
    """Return the same text for the same lines and dates, in whatever order."""
    facts = sorted(
        (told.commitment.id, str(told.date or told.date_reply)) for told in tellings
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _prepare_line_vals(telling):
    line = telling.commitment
    return {
        "order_id": line.order_id.id,
        "commitment_id": line.id,
        "name": line.sale_line_id.name.partition("\n")[0],
        "product_uom_qty": line.qty_open or line.qty_ordered,
        "product_uom_id": line.product_uom_id.id,
        "date_promise": telling.known,
        "date_announced": telling.date,
        "date_reply": telling.date_reply,
    }
