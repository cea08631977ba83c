from odoo import models
from odoo.tools.misc import format_date

from .adv_commitment import NOTICES


class AdvCustomerMessageTelling(models.Model):
    """What follows from a notice that left, or did not reach the customer.

    A customer is told when the e-mail was *sent*: approved, it may still be kept back,
    and in the queue it may fail. Nothing that was promised moves.
    """

    _name = "adv.customer.message"
    _inherit = "adv.customer.message"

    def _on_state(self, state):
        result = super()._on_state(state)
        notices = self.filtered(lambda message: message.kind in NOTICES)
        if state == "sent":
            notices._record_told()
        elif state in ("failed", "bounced"):
            notices._take_back()
            notices._say_on_alerts(
                lambda notice: notice.env._(
                    "The customer was not reached: %(reason)s %(link)s",
                    reason=notice.failure_reason,
                    link=notice._get_html_link(),
                )
            )
        return result

    def _record_told(self):
        """Note on the promises which dates their customers know now."""
        lines = self.line_ids.filtered(lambda line: not line.is_told)
        for (message, day), same in lines.grouped(
            lambda line: (line.message_id, line.date_announced)
        ).items():
            same.commitment_id._record_told(
                day,
                proof="mail",
                reason=message._explain_approval(),
                user_id=message.sender_id.id or self.env.uid,
            )
        lines.is_told = True
        lines._show_dates()
        self._remember_replies(lines.filtered("date_reply"))

    def _explain_approval(self):
        """Return what the history says about a date: the message, or the rule that
        approved it.
        """
        company = self.company_id
        message = self._in_words()
        if self.sender_id or not company.adv_notice_approver_id:
            return self.subject
        return message.env._(
            "By the company's rule: predicted date and %(days)s working days, approved "
            "by %(user)s on %(day)s",
            days=company.adv_notice_margin_days,
            user=company.adv_notice_approver_id.name,
            day=format_date(message.env, company.adv_notice_date_approved),
        )

    def _remember_replies(self, lines):
        """Ask whoever promised a date by some day to tell it then."""
        for (message, day), same in lines.grouped(
            lambda line: (line.message_id, line.date_reply)
        ).items():
            message = message._in_words()
            message.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=day,
                user_id=message._get_responsible().id,
                summary=message.env._("Tell the customer the new date"),
                note=", ".join(same.mapped("name")),
            )

    def _take_back(self):
        """Note that the customers do not know after all what they were told."""
        lines = self.line_ids.filtered("is_told")
        for line in lines:
            line._take_back_date()
        lines._show_dates()
        lines._get_alert_lines()._mark_untold()
        lines.is_told = False

    def _say_on_alerts(self, word):
        """Note something about each message on the alerts that it is about.

        :param word: function of a message, in the words of whoever looks after it
        """
        alerts = self.line_ids._get_alert_lines().alert_id
        for message in self:
            ours = alerts.filtered(
                lambda alert, message=message: alert.order_id in message.order_ids
            )
            if ours:
                text = word(message._in_words())
                ours._message_log_batch(bodies=dict.fromkeys(ours.ids, text))
