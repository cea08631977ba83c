from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from .finding import FAILED, PASSED, WAIVED

TYPE_APPROVAL = "adv_management.mail_activity_type_adv_approval"
_MANAGERS = "adv_management.group_adv_manager"


class AdvControlSettling(models.AbstractModel):
    """What people do about a failed control: correct, tick, ask for approval, waive."""

    _name = "adv.control.settling"
    _description = "Settling of Failed Controls"

    # ----------------------------------------------------------------------------------
    # Buttons
    # ----------------------------------------------------------------------------------

    def action_fix(self):
        """Return the action that opens what has to be corrected.

        In the dialog of the only document that is stopped, it lets that come back.
        """
        self.ensure_one()
        elsewhere = self.finding_ids.filtered("fix_id")
        if elsewhere:
            return elsewhere[0]._get_fix_action()
        document = self._get_document()
        stop = self.env["adv.control.stop"]._get_current()
        if stop.result_ids and stop.result_ids._get_documents() == document:
            return {"type": "ir.actions.act_window_close"}
        return document._get_records_action()

    def action_waive(self):
        """Return the wizard that asks why these controls are waived or approved.

        :raise UserError: if the user may not decide, saying who may
        """
        for result in self:
            result._check_decidable()
        return self._get_wizard("adv.control.waive", self.env._("Waive the control"))

    def action_request(self):
        """Return the wizard that asks somebody for approval.

        :raise UserError: if there is nothing to approve
        """
        if any(result.state != FAILED for result in self):
            raise UserError(self.env._("There is nothing to approve any more."))
        name = self.env._("Ask for approval")
        return self._get_wizard("adv.control.request", name)

    def action_tick(self):
        """Confirm by hand that these controls are kept.

        :return: the dialog where that was done, if any
        :raise UserError: for controls that Odoo checks itself
        """
        self._check_desk()
        if not all(result.is_manual for result in self):
            raise UserError(self.env._("This control is not ticked by hand."))
        self._decide(PASSED, None)
        return self.env["adv.control.stop"]._get_back()

    def _get_wizard(self, model, name):
        self._check_desk()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_result_ids": self.ids},
        }

    # ----------------------------------------------------------------------------------
    # Who may
    # ----------------------------------------------------------------------------------

    def _check_desk(self):
        """Refuse whoever may not change the documents.

        :raise AccessError: in Odoo's own words
        """
        for result in self:
            result._get_document().check_access("write")

    def _get_deciders(self):
        """Return the group whose members may approve or waive."""
        # sudo: who may decide is what the screen tells whoever has to ask.
        group = self.sudo().control_id.approval_group_id
        return group or self.env.ref(_MANAGERS).sudo()

    def _find_refusal(self):
        """Return why the user may not decide about this control, or None."""
        self.ensure_one()
        group, user = self._get_deciders(), self.env.user
        if group not in user.all_group_ids:
            return self.env._(
                "Only the members of “%s” decide about this control: ask for approval.",
                group.full_name,
            )
        if user in self._get_requesters():
            return self.env._(
                "Nobody approves his own request: somebody else has to decide."
            )
        # sudo: everybody may know his own limit
        ceiling = user.sudo().adv_waiver_ceiling
        if ceiling and self.currency_id.compare_amounts(self.amount, ceiling) > 0:
            return self.env._(
                "This is worth %(amount)s and you may waive up to %(ceiling)s: ask for "
                "approval.",
                amount=self.currency_id.format(self.amount),
                ceiling=self.currency_id.format(ceiling),
            )
        return None

    def _get_requesters(self):
        """Return who asks: whoever asked for approval, and whoever needs it for what
        is his own.
        """
        requesters = self.requested_by_id
        if self.severity == "approval":
            requesters |= self._get_document().create_uid | self.order_id.user_id
        return requesters - self.env.ref("base.user_root")

    def _check_decidable(self):
        """Refuse a decision by the wrong person, or about nothing.

        :raise UserError: saying who may decide
        """
        self._check_desk()
        if self.state != FAILED:
            raise UserError(
                self.env._(
                    "“%s” has not failed: there is nothing to decide.", self.name
                )
            )
        if refusal := self._find_refusal():
            raise UserError(refusal)

    # ----------------------------------------------------------------------------------
    # What follows
    # ----------------------------------------------------------------------------------

    def _waive(self, reason):
        """Let these documents pass in spite of what was found, for a reason.

        It holds as long as the content of the document that was looked at stays.

        :raise UserError: if the user may not decide, or content has changed since
        """
        for result in self:
            result._check_decidable()
        # What was read on the screen may have changed: a waiver covers what is there.
        self._check_again()
        if any(result.state != FAILED for result in self):
            raise UserError(
                self.env._("The document has changed meanwhile: look at it again.")
            )
        self._decide(WAIVED, reason)
        for result in self:
            note = self.env._(
                "Waived: %(control)s (%(reason)s)", control=result.name, reason=reason
            )
            result._get_document().message_post(body=note)

    def _check_again(self):
        """Judge the documents once more and forget decisions that do not hold."""
        before = {result: result.fingerprint for result in self}
        for result in self:
            document = result._get_document()
            control = result.sudo().control_id.with_company(result.company_id)
            control._record(document, control._judge(document))
        for result, fingerprint in before.items():
            if result.state == FAILED and result.fingerprint != fingerprint:
                raise UserError(
                    self.env._("The document has changed meanwhile: look at it again.")
                )

    def _decide(self, state, reason):
        """Store a decision of the user, and close what asked for it."""
        # sudo: the right has been checked; results are not for typing.
        for result in self.sudo():
            result.write(
                {
                    "state": state,
                    "waiver_reason": reason,
                    "waived_by_id": self.env.uid,
                    "date_waived": fields.Datetime.now(),
                }
            )
        kinds = self.grouped(lambda result: result._get_document()._name)
        for results in kinds.values():
            results._close_requests(reason)

    def _close_requests(self, reason):
        """Close what asked for these decisions, on documents of one kind."""
        documents = self._get_documents()
        self.env["adv.control"]._forget_cached(documents, self)
        # sudo: whether somebody else is still asked about these documents.
        for document in documents.sudo():
            if not document.adv_control_result_ids.filtered(
                lambda result: result.state == FAILED and result.date_requested
            ):
                document.with_env(self.env).activity_feedback(
                    [TYPE_APPROVAL], feedback=reason, only_automated=False
                )

    def _get_documents(self):
        """Return the documents of results of one kind."""
        first = self[:1]._get_document()
        return first.browse(result._get_document().id for result in self)

    def _request(self, approver, reason):
        """Ask a member of the deciding group for approval, by an activity.

        :raise UserError: if that person may not decide
        """
        self._check_desk()
        for result in self:
            if result._get_deciders() not in approver.all_group_ids:
                raise UserError(
                    self.env._(
                        "%(user)s may not decide about “%(control)s”.",
                        user=approver.name,
                        control=result.name,
                    )
                )
            # sudo: noting who asked; results are not for typing.
            result.sudo().write(
                {
                    "requested_by_id": self.env.uid,
                    "date_requested": fields.Datetime.now(),
                }
            )
            result._get_document().activity_schedule(
                TYPE_APPROVAL,
                summary=self.env._("Approve: %s", result.name),
                note=result._word_request(reason),
                user_id=approver.id,
            )

    def _word_request(self, reason):
        """Return the note of the activity, what people typed escaped."""
        return plaintext2html("\n".join(filter(None, (self.text, reason))))
