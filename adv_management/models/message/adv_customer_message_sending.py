from collections import defaultdict

from markupsafe import Markup
from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import get_lang

# What can still be kept back.
NOT_LEFT = ("draft", "queued", "outgoing", "failed")


class AdvCustomerMessageSending(models.AbstractModel):
    """Hands messages over to Odoo's mail queue, each at its hour and once."""

    _name = "adv.customer.message.sending"
    _description = "Sending of Customer Messages"

    # What people do -------------------------------------------------------------------

    def action_send(self):
        """Send drafts as soon as the company's hours allow.

        :raise UserError: if there is no draft among them
        """
        drafts = self._take("draft")
        drafts._note_sender()
        drafts._queue()
        return True

    def action_send_now(self):
        """Send drafts and what waits for its hour, whatever the hour.

        :raise UserError: if nothing waits any more
        """
        messages = self._take("draft", "queued")
        messages.filtered(lambda message: message.state == "draft")._note_sender()
        messages._hand_over()
        return True

    def action_cancel(self):
        """Keep back what has not left yet.

        :raise UserError: if something has left
        """
        messages = self._take(*NOT_LEFT)
        if messages._cancel() != messages:
            raise UserError(
                self.env._(
                    "Too late: the e-mail has just left and cannot be kept back."
                )
            )
        return True

    def action_retry(self):
        """Try again what failed or came back: the same e-mail, to whom it has not
        reached; what was never written is written again and shown as a draft.

        :raise UserError: if nothing went wrong
        """
        wrong = self.filtered("failure_reason")
        messages = wrong._take("failed", "bounced", "sent")
        written = messages.filtered("mail_id")
        written.write({"try_count": 0, "failure_reason": False})
        written._resend()
        messages._dismiss_owner()
        (messages - written)._write_again()
        return True

    def action_open(self):
        """Return the action that shows these messages."""
        return self._get_records_action(name=self.env._("Messages"))

    def _take(self, *states):
        """Return, for us to write, those of these messages that are in these states.

        :raise AccessError: if the user may not change messages
        :raise UserError: if there is none
        """
        self.check_access("write")
        # sudo: the right to write has just been checked; what is written is ours.
        taken = self.sudo().filtered(lambda message: message.state in states)
        if not taken:
            raise UserError(
                self.env._(
                    "There is nothing left to do here: the message has been sent or "
                    "cancelled already."
                )
            )
        return taken

    def _note_sender(self):
        """Note who approves these drafts, as they are now."""
        self.write({"sender_id": self.env.uid, "is_outdated": False})

    # What comes of it -----------------------------------------------------------------

    def _queue(self):
        """Approve messages: they leave at once, or when the company's hours allow."""
        self.write({"state": "queued"})
        leaving = self._plan(fields.Datetime.now())
        leaving._hand_over()
        if waiting := self - leaving:
            self._wake_up(at=sorted(set(waiting.mapped("date_earliest"))))

    def _plan(self, now):
        """Give each message its hour and return those that may leave now."""
        leaving = self.browse()
        moments = self.grouped(
            lambda each: (each.company_id, max(each.date_earliest or now, now))
        )
        for (company, earliest), messages in moments.items():
            hour = company._adv_get_window(earliest)
            if hour > now:
                messages.date_earliest = hour
            else:
                leaving |= messages
        return leaving

    def _hand_over(self):
        """Post these messages on their threads, each as one e-mail of Odoo's queue."""
        posted = self.filtered(lambda message: message._try_to_post())
        posted.write({"state": "outgoing", "date_next_try": False, "try_count": 0})
        posted._note_on_orders()
        if posted:
            self._wake_up("mail.ir_cron_mail_scheduler_action")

    def _try_to_post(self):
        """Post one message and return whether it worked; if not, it says why."""
        if not self._get_reachable():
            self._fail(self._in_words()._explain_recipients())
            return False
        try:
            with self.env.cr.savepoint():
                self.mail_id = self._post()
        except SerializationFailure:
            raise
        except Exception as error:  # noqa: BLE001 (one bad record stops no other)
            self._fail(
                self._in_words().env._(
                    "The e-mail cannot be written: %(error)s", error=str(error)
                )
            )
            return False
        return True

    def _post(self):
        """Post the message to its recipients and return its e-mail."""
        # Nobody reads any more what is answered to whoever has left.
        owner, company = self.user_id.filtered("active").partner_id, self.company_id
        post = self.with_context(
            lang=get_lang(self.env, self.lang).code,
            adv_hand_over=True,
            mail_post_autofollow=False,
        ).message_post(
            author_id=(owner or company.partner_id).id,
            email_from=owner.email and owner.email_formatted or company.email_formatted,
            subject=self.subject,
            body=Markup(self.body or ""),
            # no "comment": what was sent is not edited afterwards
            message_type="auto_comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=self._get_reachable().ids,
            attachment_ids=self.attachment_ids.ids,
            email_layout_xmlid="adv_management.mail_layout_adv_message",
            email_add_signature=False,
            notify_skip_followers=True,
            notify_author=True,
            force_send=False,
            mail_auto_delete=False,
        )
        mails = self.env["mail.mail"].search([("mail_message_id", "=", post.id)])
        if len(mails) != 1:
            raise UserError(
                self.env._(
                    "It has too many recipients for one e-mail. Take some out, then "
                    "try again."
                )
            )
        return mails

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Write to all recipients in one e-mail, portal users and colleagues too."""
        recipients = super()._notify_get_recipients(
            message, msg_vals=msg_vals, **kwargs
        )
        if self.env.context.get("adv_hand_over"):
            for each in recipients:
                each.update(notif="email", type="customer", lang=self.lang)
        return recipients

    def _note_on_orders(self):
        """Say on each order what its customer is sent."""
        notes = defaultdict(Markup)
        for message in self:
            note = message._in_words()._note()
            for order in message.order_ids:
                notes[order.id] += note
        if notes:
            self.env["sale.order"].browse(notes)._message_log_batch(notes)

    def _note(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return Markup("<p>%s</p>") % self.env._(
            "%(kind)s to %(names)s: %(link)s",
            kind=kinds[self.kind],
            names=", ".join(self._get_reachable().mapped("name")),
            link=self._get_html_link(),
        )

    def _cancel(self):
        """Keep back those of these messages that have not left, and return them."""
        # Whoever is just sending an e-mail holds its row.
        mails = self.mail_id.try_lock_for_update()
        mails = mails.filtered(lambda mail: mail.state in ("outgoing", "exception"))
        kept = self.filtered(lambda each: not each.mail_id or each.mail_id in mails)
        mails.cancel()
        mails._adv_get_notifications().write({"notification_status": "canceled"})
        kept._dismiss_owner()
        kept._become("cancelled")
        return kept

    @api.model
    def _keep_back(self, companies, kinds):
        """Make drafts again of what waits for its hour and no person has sent: these
        companies do not write by themselves any more.
        """
        if not companies:
            return
        waiting = self.search(
            Domain("company_id", "in", companies.ids)
            & Domain("kind", "in", kinds)
            & Domain("state", "=", "queued")
            & Domain("sender_id", "=", False)
        )
        waiting.state = "draft"
        waiting._ask_to_look()

    def _write_again(self):
        """Make drafts again of what never became an e-mail, and write what has no
        text yet.
        """
        self.write({"state": "draft", "failure_reason": False})
        self._address()
        self._render()

    def _resend(self):
        """Put the same e-mails in the queue again, for those who did not get them."""
        notifications = self.mail_id._adv_get_notifications()
        known = notifications.grouped("mail_mail_id")
        told = notifications.filtered(lambda each: each.notification_status == "sent")
        wanted = self.env["mail.notification"]
        for message in self:
            mail, people = message.mail_id, message._get_reachable()
            ours = known.get(mail, wanted.browse())
            mail.recipient_ids = people - (ours & told).res_partner_id or people
            wanted |= ours.filtered(lambda each, to=people: each.res_partner_id in to)
        wanted -= told
        wanted.notification_status = "ready"
        (notifications - told - wanted).notification_status = "canceled"
        self.mail_id._adv_follow_recipients(notifications)
        self.mail_id.mark_outgoing()
        self.write({"state": "outgoing", "date_next_try": False})
        self._wake_up("mail.ir_cron_mail_scheduler_action")
