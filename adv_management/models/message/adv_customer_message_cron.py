import logging

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

_logger = logging.getLogger(__name__)


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
        cron = self.env["ir.cron"]
        ids = self.search(self._get_pending_domain(), order="id").ids
        remaining = cron._commit_progress(remaining=len(ids))
        for batch in split_every(batch_size, ids, self.browse):
            if not remaining:
                return
            try:
                # First after the commit: what others did before is then seen.
                batch.try_lock_for_update().filtered_domain(
                    self._get_pending_domain()
                )._advance()
            except SerializationFailure:
                self.env.cr.rollback()
                _logger.info("Messages: changed by a user, left to the next run")
                return
            remaining = cron._commit_progress(len(batch))

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
