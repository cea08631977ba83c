from odoo import api, models
from odoo.fields import Domain

from .adv_commitment_engine import OPEN_STATUSES


class AdvCommitmentDeciding(models.AbstractModel):
    """Records what people decide about promises: another date, a cause, what was told.

    A decision is appended to the history, which waits for nobody, whatever the engine
    is doing to the promise meanwhile. ``adv.commitment.applying`` makes it hold: with
    ``_measure_now`` in the same transaction where the row is free, else moments later.
    """

    _name = "adv.commitment.deciding"
    _description = "Decisions about Promises"

    def _change_promise(self, date_new, origin, *, is_accepted=False, **evidence):
        """Record a new date.

        :param date_new: local date
        :param origin: ``customer`` (he asked) or ``internal``
        :param is_accepted: the customer accepted our date; always true for what he
            asked
        :param evidence: ``proof``, ``reason`` and ``source`` of the revisions
        :return: the new ``adv.commitment.revision`` records
        """
        revisions = self._decide(
            "date",
            **{"source": "wizard", **evidence},
            origin=origin,
            is_accepted=is_accepted or origin == "customer",
            date_new=date_new,
        )
        # Who was promised first is served first: others who wait move too.
        self._touch_goods(revisions.commitment_id.product_id.ids)
        return revisions

    def _announce(self, date_new, **evidence):
        """Record the date that a person told the customer, or approved for him.

        :return: the new ``adv.commitment.revision`` records
        """
        return self._decide(
            "announced", source="announced", date_new=date_new, **evidence
        )

    def _choose_cause(self, cause_id):
        """Record the cause that a person chose; without one it is proposed again.

        :return: the new ``adv.commitment.revision`` records
        """
        return self._decide("cause", source="cause", cause_id=cause_id)

    def _decide(self, kind, **vals):
        """Append a decision to the history of each commitment and note it."""
        # sudo: called by those who have checked the right to change the promise; the
        # history is written by the system, never by hand.
        commitments = self.sudo()
        common = {
            "kind": kind,
            "origin": "internal",
            "is_pending": True,
            "user_id": self.env.uid,
            **vals,
        }
        self._touch(commitments.sale_line_id.ids)
        return commitments.env["adv.commitment.revision"].create(
            [{**common, **each._prepare_revision_vals(kind)} for each in commitments]
        )

    def _prepare_revision_vals(self, kind):
        """Return what a decision tells of the commitment as it is."""
        return {
            "commitment_id": self.id,
            "order_id": self.order_id.id,
            "company_id": self.company_id.id,
            "date_old": kind == "date" and self._get_present_promise(),
            "date_effective": self._get_today(),
        }

    def _get_present_promise(self):
        """Return the promised date, with what was decided and does not show yet."""
        pending = self.revision_ids.filtered(
            lambda revision: revision.is_pending and revision.kind == "date"
        ).sorted("id")
        agreed = pending.filtered("is_accepted")
        return agreed[-1:].date_new or self.date_promise or pending[:1].date_new

    # ----------------------------------------------------------------------------------
    # Dates changed on the order
    # ----------------------------------------------------------------------------------

    @api.model
    def _note_order_dates(self, orders, source):
        """Note dates that changed on confirmed orders without an answer to who and why.

        Such a change is internal: it is kept in the history and moves no promise. A
        line that had no promise yet is given its first one. Orders confirmed again are
        still measured as cancelled at this moment.
        """
        statuses = OPEN_STATUSES
        if source == "reconfirmed":
            statuses += ("cancelled",)
        # sudo: the right to change the order has been checked; the history is written
        # by the system, never by hand.
        commitments = (
            self.env["adv.commitment"]
            .sudo()
            .search(
                Domain("order_id", "in", orders.ids) & Domain("status", "in", statuses)
            )
        )
        moments = self._get_promise_moments(commitments.sale_line_id)
        for date_new, changed in commitments.grouped(
            lambda commitment: commitment._to_local_date(
                moments.get(commitment.sale_line_id)
            )
        ).items():
            changed = changed.filtered(
                lambda commitment, day=date_new: (
                    day and day not in commitment._get_noted_dates()
                )
            )
            changed._change_promise(date_new, "internal", source=source)

    def _get_noted_dates(self):
        """Return the promise and the last date the history tells: neither is news."""
        dates = self.revision_ids.filtered(lambda revision: revision.kind == "date")
        return {self.date_promise, dates[:1].date_new}
