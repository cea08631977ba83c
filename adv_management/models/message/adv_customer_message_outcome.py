from datetime import timedelta

from odoo import fields, models

# Odoo leaves failed e-mails alone: after each failure we wait as long, then give up.
BACK_OFF = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=24),
)
# What no second try mends.
_HOPELESS = (
    *("mail_email_invalid", "mail_email_missing"),
    *("mail_from_invalid", "mail_from_missing"),
)
# The activity that asks to look at a message.
_WARNING = "mail.mail_activity_data_warning"


class AdvCustomerMessageOutcome(models.AbstractModel):
    """Learns what became of a message: sent, tried again, failed, bounced, answered."""

    _name = "adv.customer.message.outcome"
    _description = "Outcome of Customer Messages"

    def _on_state(self, state):
        """Hook: these messages have just become ``sent``, ``failed``, ``bounced`` or
        ``cancelled``.
        """

    def _learn(self):
        """Take over what became of these e-mails in Odoo's queue."""
        for state, messages in self.grouped(lambda each: each.mail_id.state).items():
            if state in ("sent", "received"):
                messages._have_sent()
            elif state == "exception":
                messages._try_again()
            elif state == "cancel":
                messages._become("cancelled")
            elif not state:
                messages._fail(
                    messages._in_words().env._(
                        "The e-mail was deleted from the queue before it left."
                    )
                )

    def _become(self, state, **vals):
        """Write the state in which these messages end, and tell the other rooms."""
        if self:
            self.write({"state": state, "date_next_try": False, **vals})
            self._on_state(state)

    def _have_sent(self):
        """Note that these e-mails have left, and whom they did not reach."""
        missed = self.mail_id._adv_get_notifications().filtered(
            lambda each: each.notification_status == "exception"
        )
        missed = missed.grouped("mail_mail_id")
        for message in self:
            message.date_sent = message.mail_id.write_date
            message.failure_reason = False
            if message.mail_id in missed:
                partners = missed[message.mail_id].res_partner_id
                message.failure_reason = message._in_words().env._(
                    "Not delivered to %(names)s. Correct the e-mail address, then try "
                    "again.",
                    names=", ".join(f"{each.name} ({each.email})" for each in partners),
                )
        partly = self.filtered("failure_reason")
        partly._call_owner()
        (self - partly)._dismiss_owner()
        self._become("sent")

    def _try_again(self):
        """Wait, try the same e-mail again, or give up."""
        due = self.filtered("date_next_try")
        due._resend()
        for message in self - due:
            mail = message.mail_id
            reason = message._in_words()._explain_failure(mail)
            tries = message.try_count
            if mail.failure_type in _HOPELESS or tries >= len(BACK_OFF):
                message._fail(reason)
            else:
                message.failure_reason = reason
                message.date_next_try = message.company_id._adv_get_window(
                    fields.Datetime.now() + BACK_OFF[tries]
                )
                message.try_count = tries + 1
                message._wake_up(at=message.date_next_try)

    def _explain_failure(self, mail):
        types = dict(mail._fields["failure_type"]._description_selection(self.env))
        words = (types.get(mail.failure_type), mail.failure_reason)
        return ": ".join(" ".join(each.split()) for each in words if each)

    def _fail(self, reason=None, state="failed"):
        """Give these messages up, with a reason or the one they have, and say so."""
        if reason:
            self.failure_reason = reason
        self._call_owner()
        self._become(state)

    def _call_owner(self):
        """Ask whoever answers for these messages to look at them, once."""
        asked = self.activity_search([_WARNING])
        messages = self.filtered(lambda each: each.id not in asked.mapped("res_id"))
        for user, ours in messages.grouped(
            lambda each: each._get_responsible()
        ).items():
            words = ours._in_words().env
            # One activity says it; an e-mail to the owner for each would not be calm.
            ours.with_context(mail_activity_quick_update=True).activity_schedule(
                _WARNING,
                user_id=user.id,
                summary=words._("A message did not reach the customer"),
            )

    def _dismiss_owner(self):
        """Take back what the owner was asked to look at: it has been done."""
        self.activity_unlink([_WARNING])

    def _get_responsible(self):
        """Return who looks after this message: its owner, else the customer's."""
        owner = self.user_id.filtered("active")
        return owner or self.partner_id.with_company(self.company_id)._adv_get_owner()

    def _in_words(self):
        """Return these messages in the language of whoever looks after them."""
        message = self[:1]
        reader = message._get_responsible().partner_id or message.company_id.partner_id
        return self.with_context(lang=reader.lang or self.env.lang)

    # What comes back ------------------------------------------------------------------

    def _message_receive_bounce(self, email, partner):
        result = super()._message_receive_bounce(email, partner)
        for message in self.filtered(lambda each: each.mail_id):
            message.date_sent = message.date_sent or message.mail_id.write_date
            message._fail(
                message._in_words().env._(
                    "%(email)s came back as undeliverable. Correct the address of "
                    "%(name)s, then try again.",
                    email=email,
                    name=", ".join(partner.mapped("name")) or email,
                ),
                state="bounced",
            )
        return result

    def message_update(self, msg_dict, update_vals=None):
        """Bring the customer's answer before the owner, whoever follows the thread.

        That he is out of office is no answer: it is kept, nobody is called.
        """
        result = super().message_update(msg_dict, update_vals=update_vals)
        if self.env.context.get("adv_is_automatic"):
            return result
        for message in self:
            kind = "mail.mail_activity_data_todo"
            user = message._get_responsible()
            if not message.activity_search([kind], user_id=user.id):
                message.activity_schedule(
                    kind,
                    user_id=user.id,
                    summary=message._in_words().env._("The customer has answered"),
                    note=msg_dict.get("subject"),
                )
        return result
