from odoo import api, fields, models

from . import scheduled
from .finding import ALL_SEVERITIES, STOPPING

# In the context of flows without a person in front of them (a customer's signature or
# payment, a till): what fails is parked instead of refused. No other program can send
# this very object.
PARKING = object()
# While Odoo reverses an invoice and makes it anew, for the credit note in between.
REPLACING = object()


class AdvControlled(models.AbstractModel):
    """A document that controls may stop: buttons ask first, gates have the last say."""

    _name = "adv.controlled"
    _description = "Document under Control"

    adv_stopping_count = fields.Integer(
        "Controls to settle",
        compute="_compute_adv_stopping_count",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("adv_control_result_ids.state", "adv_control_result_ids.severity")
    def _compute_adv_stopping_count(self):
        results = self.env["adv.control.result"]
        name = results._get_document_field(self._name)
        counts = dict(
            results._read_group(
                [(name, "in", self.ids), ("is_stopping", "=", True)],
                [name],
                ["__count"],
            )
        )
        for document in self:
            document.adv_stopping_count = counts.get(document._origin, 0)

    def _adv_is_parking(self):
        """Return whether what fails is parked here, since no person could act on it."""
        return (
            self.env.context.get("adv_gate") is PARKING
            or self.env.user.share
            or self._adv_is_scheduled()
        )

    def _adv_is_scheduled(self):
        """Return whether a scheduled action of any addon passes these documents."""
        return scheduled.is_at_work()

    def _adv_get_follower(self):
        """Return the user who follows this document, if any."""
        raise NotImplementedError

    def _adv_get_reading_lang(self):
        """Return the language of whoever reads what is found here: the user's, or the
        desk's where no person is in front of it.
        """
        self.ensure_one()
        if not self._adv_is_parking():
            return self.env.lang
        # sudo: a customer's own flow looks up who follows his order.
        document = self.sudo()
        company = document.company_id or self.env.company
        languages = (document._adv_get_follower().lang, company.partner_id.lang)
        return next(filter(None, languages), self.env.lang)

    def _adv_check(self, checkpoints, severities=STOPPING):
        """Judge these documents and store the evidence.

        :return: the results that stop them
        """
        controls = self.env["adv.control"]
        outcomes = controls._judge_documents(self, checkpoints, severities)
        results = controls._record(self, outcomes)
        return results.filtered(
            lambda result: result.state == "failed" and result.severity in STOPPING
        )

    def _adv_pass(self, checkpoints):
        """Judge documents that are passing a checkpoint: the last gate.

        Nothing here believes what was judged before; evidence of what passes is stored
        with the transaction.

        :return: those that may not pass, if they are to be parked
        :raise UserError: if a person is to be told
        """
        controls = self.env["adv.control"]
        outcomes = controls._judge_documents(self, checkpoints, STOPPING)
        stopping = [outcome for outcome in outcomes if outcome.stops]
        if stopping and not self._adv_is_parking():
            controls._raise_stopped(self, stopping)
        controls._record_later(self, outcomes)
        return self.browse({outcome.verdict.document for outcome in stopping})

    def _adv_open_stop(self, results):
        """Return the dialog that shows what stops these documents."""
        stop = self.env["adv.control.stop"].create({"result_ids": results.ids})
        return stop._get_action()

    def action_adv_check(self):
        """Check these documents against all their controls and store the results."""
        self.check_access("read")
        self._adv_check(self._adv_get_checkpoints(), ALL_SEVERITIES)
        return False

    def _adv_get_checkpoints(self):
        """Return the checkpoints that documents of this kind pass."""
        raise NotImplementedError
