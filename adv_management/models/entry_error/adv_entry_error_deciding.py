from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError


class AdvEntryErrorDeciding(models.AbstractModel):
    """What people say about a suspected error, each with one click.

    Nobody decides about himself; whoever is said to have made an error may contest it
    once, then the manager decides.
    """

    _name = "adv.entry.error.deciding"
    _description = "Classification of Entry Errors"

    def action_is_error(self):
        """Classify these as entry errors: from now on they count."""
        return self._decide("confirmed")

    def action_is_customer_change(self):
        """Classify these as wishes that the customer changed."""
        return self._decide("customer_change")

    def action_is_no_error(self):
        """Classify these as false suspicions: they count against their control."""
        return self._decide("rejected")

    def action_contest(self):
        """Return the wizard by which an author contests his own errors."""
        self._check_contestable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contest"),
            "res_model": "adv.entry.error.contest",
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_error_ids": self.ids},
        }

    def action_release_author(self):
        """Keep these errors, but as nobody's: the manager agrees with the author.

        :raise UserError: if the user is no manager, or it is about himself
        """
        self.check_access("write")
        if not self._reads_names() or self._get_own():
            raise UserError(
                self.env._("Only a manager decides whose an error is, of others.")
            )
        # sudo: the right has just been checked.
        self.sudo().write(
            {"author_user_id": False, "is_contested": False, **self._prepare_decision()}
        )
        return True

    # ----------------------------------------------------------------------------------
    # Rules
    # ----------------------------------------------------------------------------------

    def _decide(self, state):
        """Write the decision; what the user may not decide is left, and he is told.

        :raise UserError: if he may decide none of these
        """
        self.check_access("write")
        own = self._get_own()
        contested = self.filtered("is_contested") - own
        refused = own if self._reads_names() else own | contested
        if self and refused == self:
            raise UserError(self._explain_refusal(own, contested))
        decided = self - refused
        # sudo: the right has just been checked; decisions are not for typing.
        decided.sudo().write(
            {"state": state, "is_contested": False, **self._prepare_decision()}
        )
        return self._tell_left(refused) if refused else True

    def _prepare_decision(self):
        return {"decided_by_id": self.env.uid, "date_decided": fields.Datetime.now()}

    def _explain_refusal(self, own, contested):
        if own:
            return self.env._(
                "Nobody classifies an error that is said to be his own. A colleague "
                "does, and you can contest it."
            )
        return self.env._("This error is contested: the manager decides.")

    def _tell_left(self, refused):
        """Return the action that says how many were left, and reloads the list."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "%(count)s were left: they are your own or contested, somebody "
                    "else decides.",
                    count=len(refused),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_contestable(self):
        self.check_access("read")
        if self - self._get_own():
            raise UserError(
                self.env._("Only whoever is said to have made an error can contest it.")
            )
        if any(
            error.state not in ("suspected", "confirmed") or error.date_contested
            for error in self
        ):
            raise UserError(
                self.env._(
                    "An error is contested once, as long as it is not rejected. The "
                    "manager has the last word."
                )
            )

    def _contest(self, reason):
        """Hand these errors to the manager; until he decides they are what they are."""
        self._check_contestable()
        # As the system: who last wrote on the error would tell everybody whose it is.
        # The right to contest has just been checked.
        self.with_user(SUPERUSER_ID).write(
            {
                "is_contested": True,
                "contest_reason": reason,
                "date_contested": fields.Datetime.now(),
            }
        )
