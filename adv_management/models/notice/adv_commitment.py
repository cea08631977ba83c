from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.announcing import day_to_tell, days_moved

LATE = ("late", "will_be_late")
NOTICES = ("delay", "recovery")


class News(NamedTuple):
    """What there is to tell a customer about a line."""

    known: fields.Date | None  # what he knows: the announced date, else the promise
    date: fields.Date | None  # what the rule would tell him; none: no supply is known
    moved: int  # open days from the one to the other, less than 0 when earlier
    is_again: bool  # he has been told of a delay before
    message: models.BaseModel  # the last notice about it

    @property
    def is_under_way(self):
        """Whether a message tells him already that has not reached him."""
        return self.message.state not in (False, "sent", "cancelled")

    def is_later(self, days):
        """Return whether he has to be told of a delay: for the first time, or a date
        that is more than so many working days later than the one he knows.
        """
        return bool(self.date) and self.moved > (days if self.is_again else 0)

    def is_earlier(self, days):
        """Return whether the date is more than so many working days earlier."""
        return bool(self.date) and self.is_again and self.moved < -days


class AdvCommitment(models.Model):
    """What the customer is told of a late promise."""

    _name = "adv.commitment"
    _inherit = ["adv.commitment", "adv.notice.button"]

    _announced_idx = models.Index(
        "(company_id, date_announced) WHERE date_announced IS NOT NULL"
    )

    def action_inform_customer(self):
        """Return the action that writes to the customers of these late lines.

        :raise UserError: if nothing is late, or notices are off
        """
        self.check_access("write")
        late = self._filter_late()
        late.company_id._adv_check_notices()
        return self.env["adv.delay.notice"]._open(late)

    def _filter_late(self):
        late = self.filtered(lambda each: each.status in LATE)
        if not late:
            raise UserError(
                self.env._(
                    "Nothing of this is late or will be: there is no delay to tell "
                    "the customer."
                )
            )
        return late

    def _get_news(self):
        """Return ``{commitment: News}``."""
        # sudo: reads the open days of warehouses and companies, nothing else.
        opens = {each.id: days for each, days in self.sudo()._get_open_days().items()}
        messages = self._get_last_messages()
        return {
            each: each._prepare_news(opens.get(each.id), messages.get(each.id))
            for each in self
        }

    def _prepare_news(self, opens, message):
        margin = self.company_id.adv_notice_margin_days
        known = self.date_announced or self.date_promise
        if self.status == "delivered":
            day = self.date_delivered
        else:
            day = day_to_tell(opens, self.date_predicted, margin, self._get_today())
            if self.status not in LATE and day and self.date_promise:
                day = max(day, self.date_promise)
        return News(
            known=known,
            date=day,
            moved=days_moved(opens, known, day) if known and day else 0,
            is_again=bool(self.date_announced)
            and self.date_announced != self.date_promise,
            message=message or self.env["adv.customer.message"],
        )

    def _get_last_messages(self):
        """Return ``{commitment: message}``: the last notice about each, whatever became
        of it.
        """
        # sudo: that somebody is writing to the customer is no secret of the desk.
        found = (
            self.env["adv.customer.message.line"]
            .sudo()
            .search(
                [
                    ("commitment_id", "in", self.ids),
                    ("message_id.kind", "in", NOTICES),
                ],
                order="id",
            )
        )
        return {line.commitment_id.id: line.message_id for line in found}

    def _record_told(self, date_new, **evidence):
        """Note that the customer was told about these lines, with which date.

        :param date_new: none if he was told that one will follow
        :param evidence: ``proof``, ``reason``, ``user_id`` of the history
        """
        if date_new:
            self._announce(date_new, **evidence)
        self._mark_told(announced=date_new)

    @api.model
    def _after_refresh(self, frame, line_ids):
        result = super()._after_refresh(frame, line_ids)
        # sudo: what is not true any more is kept back, whoever caused it.
        self.env["adv.customer.message"].sudo()._drop_untrue(line_ids)
        return result
