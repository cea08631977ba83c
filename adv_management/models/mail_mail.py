from odoo import models


class MailMail(models.Model):
    """The e-mails that carry messages to customers."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(self, *args, **kwargs):
        # The message learns of it in a transaction of its own: an e-mail that has left
        # must not be taken back, and sent again, because a user holds the message.
        if any(mail.model == "adv.customer.message" for mail in self):
            self.env["adv.customer.message"]._wake_up()
        return super()._postprocess_sent_message(*args, **kwargs)

    def _prepare_outgoing_list(self, *args, **kwargs):
        mails = super()._prepare_outgoing_list(*args, **kwargs)
        if self.model == "adv.customer.message":
            # No header takes the line breaks that imported names have.
            for mail in mails:
                mail["email_to"] = [_on_one_line(each) for each in mail["email_to"]]
                mail["headers"] = {
                    name: _on_one_line(value) if isinstance(value, str) else value
                    for name, value in mail["headers"].items()
                }
        return mails

    def _adv_get_notifications(self):
        """Return what Odoo knows of each recipient of these e-mails."""
        return self.env["mail.notification"].search([("mail_mail_id", "in", self.ids)])

    def _adv_follow_recipients(self, notifications):
        """Follow the delivery to recipients that these notifications do not know."""
        known = {(each.mail_mail_id, each.res_partner_id) for each in notifications}
        self.env["mail.notification"].create(
            [
                {
                    **vals,
                    "notification_status": "ready",
                    "res_partner_id": partner.id,
                }
                for mail, vals in zip(
                    self, self._get_notification_values(), strict=True
                )
                for partner in mail.recipient_ids
                if (mail, partner) not in known
            ]
        )


def _on_one_line(text):
    return " ".join(text.split())
