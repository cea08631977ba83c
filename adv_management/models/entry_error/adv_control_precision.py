from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

# A control cries wolf when this many of its findings were decided and less than this
# share of them were errors.
_MIN_DECIDED = 10
_MIN_PRECISION = 0.5


class AdvControl(models.Model):
    """How far a control is to be believed, by what people decided on its findings.

    Of the last twelve months: a control that was set right is not blamed for ever.
    """

    _name = "adv.control"
    _inherit = ["adv.control"]

    decided_count = fields.Integer(
        "Findings decided",
        compute="_compute_precision",
        help="Errors that this control proposed in the last twelve months and somebody "
        "confirmed or rejected.",
    )
    precision = fields.Float(
        compute="_compute_precision",
        help="Confirmed as an error, out of what was confirmed or rejected in the last "
        "twelve months. Changes of mind of the customer do not count.",
    )
    is_crying_wolf = fields.Boolean(
        "Cries wolf",
        compute="_compute_precision",
        help="At least 10 of its findings were decided, and less than half of them "
        "were errors.",
    )
    precision_hint = fields.Char("Hint", compute="_compute_precision")

    @api.depends_context("lang", "allowed_company_ids")
    def _compute_precision(self):
        counts = self._get_decided_counts()
        for control in self:
            confirmed, rejected = counts.get(control._origin.id, (0, 0))
            decided = confirmed + rejected
            control.decided_count = decided
            control.precision = confirmed / decided if decided else 0
            control.is_crying_wolf = (
                decided >= _MIN_DECIDED and control.precision < _MIN_PRECISION
            )
            control.precision_hint = control.is_crying_wolf and self.env._(
                "It cries wolf: %(rejected)s of %(decided)s findings were no errors. "
                "Widen its tolerance, or archive it.",
                rejected=rejected,
                decided=decided,
            )

    @api.model
    def _get_since(self):
        return fields.Date.context_today(self) - relativedelta(months=12)

    def _get_decided_counts(self):
        """Return ``{control id: (confirmed, rejected)}``."""
        # sudo: how good a rule is does not depend on whose customers its reader sees;
        # only two sums of his companies leave.
        groups = (
            self.env["adv.entry.error"]
            .sudo()
            ._read_group(
                [
                    ("control_id", "in", self.ids),
                    ("source", "=", "control"),
                    ("company_id", "in", self.env.companies.ids),
                    ("date_detected", ">=", self._get_since()),
                ],
                ["control_id"],
                ["confirmed_count:sum", "rejected_count:sum"],
            )
        )
        return {control.id: counts for control, *counts in groups}
