from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from .serving import hold, serve, work_through


class AdvCustomerMessageCron(models.AbstractModel):
    """The scheduled action: what waits leaves at its hour, what left is followed."""

    _name = "adv.customer.message.cron"
    _description = "Scheduled Sending of Customer Messages"

    @api.model
    def _cron_send(self, batch_size=50):
        """Hand over what may leave now and learn what became of the rest, in batches,
        each in one commit.

        Of two runs at once each takes what the other does not hold.
        """
        ids = self.search(self._get_pending_domain(), order="id").ids
        batches = split_every(batch_size, ids, self.browse)
        work_through(self.env, [batch._advance_pending for batch in batches])

    def _advance_pending(self):
        pending = hold(self).filtered_domain(self._get_pending_domain())
        serve(pending, lambda messages: messages._advance())

    @api.model
    def _get_pending_domain(self):
        """Return what the scheduled action has something to do with."""
        now = fields.Datetime.now()

        def is_due(name):
            return Domain(name, "=", False) | Domain(name, "<=", now)

        waits = Domain("state", "=", "queued") & is_due("date_earliest")
        told = Domain("mail_id", "=", False) | Domain("mail_id.state", "!=", "outgoing")
        left = Domain("state", "=", "outgoing") & is_due("date_next_try") & told
        mended = Domain("state", "=", "failed") & Domain("mail_id.state", "=", "sent")
        return waits | left | mended

    def _advance(self):
        """Do with each of these messages what is next."""
        waiting = self.filtered(lambda message: message.state == "queued")
        (self - waiting)._learn()
        if waiting:
            waiting._queue()

    @api.model
    def _wake_up(self, name="adv_management.ir_cron_adv_send_messages", at=None):
        """Have a scheduled action, ours or another, run soon or at these moments."""
        # Deleted by an administrator, it wakes nobody; that stops no message.
        if cron := self.env.ref(name, raise_if_not_found=False):
            cron._trigger(at=at)
