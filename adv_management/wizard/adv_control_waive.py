from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AdvControlWaive(models.TransientModel):
    """Asks why failed controls are waived or approved."""

    _name = "adv.control.waive"
    _description = "Waive Controls"

    result_ids = fields.Many2many(
        "adv.control.result", string="Controls", required=True
    )
    text = fields.Text("What was found", compute="_compute_text")
    reason = fields.Char("Why?", required=True)

    @api.depends("result_ids")
    def _compute_text(self):
        for wizard in self:
            wizard.text = "\n".join(
                f"{result.document_name} · {result.name}: {result.text or ''}"
                for result in wizard.result_ids
            )

    @api.constrains("reason")
    def _check_reason(self):
        if not all((wizard.reason or "").strip() for wizard in self):
            raise ValidationError(self.env._("Say why: a waiver needs a reason."))

    def action_apply(self):
        """Waive the controls, for the reason given.

        :raise UserError: if the user may not, or the document has changed
        """
        for wizard in self:
            wizard.result_ids._waive(wizard.reason.strip())
        return self.env["adv.control.stop"]._get_back()
