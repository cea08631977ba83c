from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, plaintext2html

from ..models.commitment.clock import today_of

OUTCOMES = [
    ("told", "The customer knows about the delay"),
    ("unreached", "Nobody was reached"),
    ("again", "To be called again"),
]


class AdvDelayAlertNote(models.TransientModel):
    """Notes a call: with whom, what was said, whether the customer knows by now."""

    _name = "adv.delay.alert.note"
    _description = "Note a Call"

    alert_ids = fields.Many2many("adv.delay.alert", string="Alerts", required=True)
    contact = fields.Char("Spoke with")
    note = fields.Text("What was said?")
    outcome = fields.Selection(OUTCOMES)
    date_announced = fields.Date(
        "Date told", help="When we said that the goods will come, if we did."
    )

    @api.constrains("date_announced")
    def _check_date_announced(self):
        for wizard in self:
            companies = wizard.alert_ids.company_id
            if wizard.date_announced and any(
                wizard.date_announced < today_of(company) for company in companies
            ):
                raise ValidationError(
                    self.env._("The date told cannot be in the past.")
                )

    def action_apply(self):
        """Log the call on each alert, and what the customer was told."""
        for wizard in self:
            wizard._apply()
        return {"type": "ir.actions.act_window_close"}

    def _apply(self):
        alerts = self.alert_ids
        alerts.check_access("write")
        if self.outcome == "told":
            commitments = alerts._get_open_lines().commitment_id
            if self.date_announced:
                commitments._announce(
                    self.date_announced, reason=self.note, proof="call"
                )
            commitments._mark_told(announced=self.date_announced)
        alerts._message_log_batch(bodies=dict.fromkeys(alerts.ids, self._get_body()))
        alerts._act()

    def _get_body(self):
        facts = {
            self.env._("Spoke with"): self.contact,
            self.env._("Outcome"): dict(
                self._fields["outcome"]._description_selection(self.env)
            ).get(self.outcome),
            self.env._("Date told"): self.outcome == "told"
            and self.date_announced
            and format_date(self.env, self.date_announced),
        }
        lines = [
            Markup("<b>%s</b> %s") % (self.env._("%s:", name), value)
            for name, value in facts.items()
            if value
        ]
        note = plaintext2html(self.note) if self.note else ""
        return Markup("<br/>").join(filter(None, [*lines, note]))
