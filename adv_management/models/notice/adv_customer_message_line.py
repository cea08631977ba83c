from odoo import fields, models
from odoo.fields import Domain

from .adv_commitment import LATE
from .adv_customer_message import Telling


class AdvCustomerMessageLine(models.Model):
    """A line of a delay notice: its date, or until when we will tell one."""

    _name = "adv.customer.message.line"
    _inherit = "adv.customer.message.line"

    date_reply = fields.Date(
        "New Date by",
        readonly=True,
        help="No date is known yet: the customer is told that he will hear it by then.",
    )
    is_told = fields.Boolean(
        "Told", readonly=True, help="The message has left and did not come back."
    )

    def _is_true(self):
        """Return whether the line still says what there is to say."""
        commitment = self.commitment_id
        if self.message_id.kind == "delay":
            return commitment.status in LATE
        day = commitment.date_delivered or commitment.date_predicted
        return bool(day) and day <= self.date_announced

    def _to_telling(self):
        """Return what this line tells the customer."""
        return Telling(
            self.commitment_id, self.date_promise, self.date_announced, self.date_reply
        )

    def _get_alert_lines(self):
        """Return the lines of living alerts that these tell about."""
        return self.env["adv.delay.alert.line"].search(
            Domain("commitment_id", "in", self.commitment_id.ids)
            & Domain("is_open", "=", True)
        )

    def _take_back_date(self):
        """Have the promise tell again what the customer knew before this message."""
        commitment = self.commitment_id
        if not self.date_announced or self.date_announced != commitment.date_announced:
            return  # he was told no date, or another one since
        known = self.date_promise != commitment.date_promise and self.date_promise
        commitment._announce(known, reason=self.message_id.failure_reason)

    def _show_dates(self):
        """Have the promises show at once what was recorded, where they are free."""
        commitments = self.commitment_id
        commitments._measure_now(commitments.sale_line_id.ids)
