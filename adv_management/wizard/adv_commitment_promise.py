from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class AdvCommitmentPromise(models.TransientModel):
    """Asks who wants another delivery date, and why, before a promise changes."""

    _name = "adv.commitment.promise"
    _description = "Change Promise"

    commitment_ids = fields.Many2many("adv.commitment", string="Lines", required=True)
    order_count = fields.Integer("Orders", compute="_compute_present")
    date_present = fields.Date("Present Promise", compute="_compute_present")
    is_mixed = fields.Boolean(compute="_compute_present")
    has_departures = fields.Boolean(compute="_compute_present")
    has_arrivals = fields.Boolean(compute="_compute_present")
    date_new = fields.Date("New Date", required=True)
    answer = fields.Selection(
        [
            ("customer", "The customer asked for it"),
            ("accepted", "We proposed it and the customer accepted"),
            ("internal", "Internal: the customer has not agreed"),
        ],
        "Who wants it?",
        required=True,
    )
    proof = fields.Selection(
        [("mail", "E-mail"), ("portal", "Portal"), ("call", "Call note")]
    )
    reason = fields.Char("Why?", required=True)
    closed_day_note = fields.Char(compute="_compute_closed_day_note")

    @api.depends("commitment_ids", "date_new")
    def _compute_closed_day_note(self):
        for wizard in self:
            # sudo: reads the closed days of warehouses and companies, nothing else.
            wizard.closed_day_note = wizard.commitment_ids.sudo()._explain_closed_day(
                wizard.date_new
            )

    @api.depends("commitment_ids")
    def _compute_present(self):
        for wizard in self:
            commitments = wizard.commitment_ids
            dates = {each._get_present_promise() for each in commitments} - {False}
            wizard.order_count = len(commitments.order_id)
            wizard.date_present = min(dates, default=False)
            wizard.is_mixed = len(dates) > 1
            wizard.has_departures = "departure" in commitments.mapped("basis")
            wizard.has_arrivals = "arrival" in commitments.mapped("basis")

    def action_apply(self):
        """Record the change and pass the date on to the order and its moves.

        :raise UserError: an assistant promises an earlier date, or nothing is open
        :raise ValidationError: a date in the past, or an agreement without proof
        """
        done = [wizard._apply() for wizard in self]
        close = {"type": "ir.actions.act_window_close"}
        return close if all(done) else self._tell_recorded(close)

    def _apply(self):
        """Return whether the change shows already."""
        self.ensure_one()
        # sudo: measuring reads moves and calendars that the user need not see.
        commitments = self.commitment_ids & self.commitment_ids.sudo()._filter_open()
        commitments.check_access("write")
        self._check_change(commitments)
        is_agreed = self.answer != "internal"
        commitments._change_promise(
            self.date_new,
            "customer" if self.answer == "customer" else "internal",
            is_accepted=is_agreed,
            proof=self.proof,
            reason=self.reason,
        )
        commitments._reschedule(self.date_new, is_agreed)
        lines = commitments.sale_line_id.ids
        return len(commitments.sudo()._measure_now(lines)) == len(lines)

    def _tell_recorded(self, close):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The change is recorded. These promises are being measured at this "
                    "very moment: it shows in a few seconds."
                ),
                "next": close,
            },
        }

    def _check_change(self, commitments):
        if not commitments:
            raise UserError(
                self.env._(
                    "Everything has been delivered or cancelled: there is no "
                    "promise to change."
                )
            )
        if any(self.date_new < commitment._get_today() for commitment in commitments):
            raise ValidationError(
                self.env._(
                    "A promise cannot be in the past. Choose today or a later date."
                )
            )
        if self.answer != "internal" and not self.proof:
            raise ValidationError(
                self.env._(
                    "Say how we know that the customer wants it: by e-mail, on the "
                    "portal or by phone."
                )
            )
        presents = [each._get_present_promise() for each in commitments]
        is_earlier = any(present and self.date_new < present for present in presents)
        if (
            is_earlier
            and self.answer != "internal"
            and not self.env.user.has_group("adv_management.group_adv_manager")
        ):
            raise UserError(
                self.env._(
                    "Only a sales administration manager may promise an "
                    "earlier date. Ask your manager."
                )
            )
