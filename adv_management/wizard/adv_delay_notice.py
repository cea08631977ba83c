from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..models.notice.adv_customer_message import Telling


class AdvDelayNotice(models.TransientModel):
    """Asks which delays customers are told of and with which dates, before one message
    per customer is written.
    """

    _name = "adv.delay.notice"
    _description = "Inform Customers"

    line_ids = fields.One2many("adv.delay.notice.line", "notice_id", "Lines")
    customer_count = fields.Integer(compute="_compute_counts")
    undated_count = fields.Integer(compute="_compute_counts")
    is_one_customer = fields.Boolean(compute="_compute_counts")
    has_notes = fields.Boolean(compute="_compute_counts")
    date_reply = fields.Date(
        "Tell the date by",
        help="Customers whose date is not known yet are told that they will hear it by "
        "this day.",
    )

    @api.depends("line_ids.is_included", "line_ids.date_new")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.line_ids
            wizard.customer_count = len(lines.filtered("is_included").partner_id)
            wizard.undated_count = len(lines.filtered(lambda line: not line.date_new))
            wizard.is_one_customer = len(lines.partner_id) == 1
            wizard.has_notes = any(lines.mapped("note"))

    @api.onchange("date_reply")
    def _onchange_date_reply(self):
        for line in self.line_ids.filtered(lambda each: not each.date_new):
            line.is_included = bool(self.date_reply)

    @api.model
    def _open(self, commitments):
        """Return the action that shows what customers would be told of these lines."""
        news = commitments._get_news()
        notice = self.create(
            {
                "line_ids": [
                    Command.create(self._prepare_line_vals(line, news[line]))
                    for line in commitments.sorted(_by_customer)
                ]
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inform customers"),
            "res_model": self._name,
            "res_id": notice.id,
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "dialog_size": "extra-large"},
        }

    @api.model
    def _prepare_line_vals(self, line, news):
        note = self._explain_left_out(news, line.company_id.adv_alert_move_days)
        return {
            "commitment_id": line.id,
            "date_known": news.known,
            "date_new": news.date,
            "is_included": not note,
            "note": note,
        }

    def _explain_left_out(self, news, days):
        """Return why the customer need not be told about a line, if so."""
        if not news.date:
            return self.env._("No supply known: type a date.")
        if news.message.state in ("draft", "queued", "outgoing"):
            return self.env._("A message about it has not left yet.")
        if news.is_later(days) or news.is_earlier(days):
            return False
        return self.env._("Told already: not more than %s working days away.", days)

    def action_preview(self):
        """Write one draft per customer and show it; several are shown as a list.

        Lines that are not late any more since the wizard was opened are left out.

        :raise UserError: if nothing is ticked or late, or notices are off
        :raise ValidationError: if a date is missing or past
        """
        lines = self.line_ids.filtered("is_included")
        if not lines:
            raise UserError(
                self.env._("Tick at least one line that the customer is to be told of.")
            )
        commitments = lines.commitment_id
        commitments.check_access("write")
        commitments.company_id._adv_check_notices()
        # sudo: measuring reads moves and calendars that the user need not see.
        commitments.sudo()._measure_now(commitments.sale_line_id.ids)
        late = commitments._filter_late()
        lines = lines.filtered(lambda line: line.commitment_id in late)
        lines._check_dates()
        messages = self.env["adv.customer.message"]._compose_notices(
            "delay", [line._to_telling() for line in lines]
        )
        return messages._get_records_action(name=self.env._("Messages to send"))


class AdvDelayNoticeLine(models.TransientModel):
    """One late line, what its customer knows and what he would be told."""

    _name = "adv.delay.notice.line"
    _description = "Line to Inform About"
    _order = "id"

    notice_id = fields.Many2one("adv.delay.notice", required=True, ondelete="cascade")
    commitment_id = fields.Many2one(
        "adv.commitment", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="commitment_id.partner_id")
    order_id = fields.Many2one(related="commitment_id.order_id")
    product_id = fields.Many2one(related="commitment_id.product_id")
    qty_open = fields.Float(related="commitment_id.qty_open")
    date_promise = fields.Date(related="commitment_id.date_promise")
    date_predicted = fields.Date(related="commitment_id.date_predicted")
    date_announced = fields.Date(related="commitment_id.date_announced")
    date_known = fields.Date("The customer knows", readonly=True)
    date_new = fields.Date(
        "Date to tell",
        help="Proposed: the predicted date and the margin of the settings.",
    )
    is_included = fields.Boolean("Tell")
    note = fields.Char(readonly=True)

    @api.onchange("date_new")
    def _onchange_date_new(self):
        for line in self:
            line.is_included = bool(line.date_new)

    def _check_dates(self):
        """Refuse to tell a day that is past, or none at all."""
        reply = self.notice_id.date_reply
        for line in self:
            day = line.date_new or reply
            name = line.commitment_id.display_name
            if not day:
                raise ValidationError(
                    self.env._(
                        "There is no date for %(line)s. Type one, fill in until when "
                        "you will tell it, or take the line out.",
                        line=name,
                    )
                )
            if day < line.commitment_id._get_today():
                raise ValidationError(
                    self.env._(
                        "The date for %(line)s is in the past. Choose today or a later "
                        "date.",
                        line=name,
                    )
                )

    def _to_telling(self):
        """Return what the customer is told about this line."""
        reply = not self.date_new and self.notice_id.date_reply
        return Telling(self.commitment_id, self.date_known, self.date_new, reply)


def _by_customer(line):
    return line.partner_id.display_name or "", line.order_id.id, line.id
