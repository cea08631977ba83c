from odoo import api, fields, models


class AdvCustomerMessageSending(models.Model):
    """Hands messages over to Odoo's mail queue, each at its hour and once."""

    _inherit = "adv.customer.message"

    def action_send(self):
        """Send drafts as soon as the company's hours allow."""
        self.check_access("write")
        # sudo: the right to write has just been checked, the state is ours.
        drafts = self.sudo().filtered(lambda message: message.state == "draft")
        drafts.write({"state": "queued"})
        drafts._hand_over()

    def action_send_now(self):
        """Send drafts and waiting messages at whatever hour."""
        self.action_send()

    def action_cancel(self):
        """Cancel what has not left."""
        self.check_access("write")
        # sudo: the right to write has just been checked, the state is ours.
        waiting = self.sudo().filtered(lambda each: each.state in ("draft", "queued"))
        waiting.write({"state": "cancelled"})
        waiting._on_state("cancelled")

    def action_retry(self):
        """Try failed messages again."""
        self.check_access("write")
        # sudo: the right to write has just been checked, the state is ours.
        failed = self.sudo().filtered(lambda each: each.state == "failed")
        failed.write({"state": "draft", "failure_reason": False})
        failed._address()
        failed._render()

    def _hand_over(self):
        for message in self:
            message.message_post(
                body=message.body,
                subject=message.subject,
                partner_ids=message.contact_ids.ids,
                subtype_xmlid="mail.mt_note",
                force_send=False,
                mail_auto_delete=False,
                notify_skip_followers=True,
            )
        self.write({"state": "outgoing"})

    def _on_state(self, state):
        """Hook: these messages have become sent, failed, bounced or cancelled."""

    @api.model
    def _cron_send(self, batch_size=100):
        """Hand over what waits for its hour, and learn what became of the rest."""
        now = fields.Datetime.now()
        waiting = self.search(
            [
                ("state", "=", "queued"),
                ("date_earliest", "in", [False]),
            ],
            limit=batch_size,
        )
        waiting._hand_over()
        return now
