from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AdvControlRequest(models.TransientModel):
    """Asks somebody who may decide to approve what a control found."""

    _name = "adv.control.request"
    _description = "Ask for Approval"

    result_ids = fields.Many2many(
        "adv.control.result", string="Controls", required=True
    )
    approver_ids = fields.Many2many("res.users", compute="_compute_approver_ids")
    approver_id = fields.Many2one(
        "res.users",
        "Who decides",
        required=True,
        compute="_compute_approver_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', approver_ids)]",
    )
    reason = fields.Char("Why?", required=True)

    @api.depends("result_ids")
    def _compute_approver_ids(self):
        for wizard in self:
            users = self.env["res.users"].search(
                [
                    ("all_group_ids", "in", result._get_deciders().id)
                    for result in wizard.result_ids
                ]
                + [
                    ("company_ids", "in", wizard.result_ids.company_id.ids),
                    ("share", "=", False),
                    ("id", "!=", self.env.uid),
                ]
            )
            wizard.approver_ids = users

    @api.depends("approver_ids")
    def _compute_approver_id(self):
        for wizard in self:
            wizard.approver_id = wizard.approver_ids._origin[:1]

    @api.constrains("reason")
    def _check_reason(self):
        if not all((wizard.reason or "").strip() for wizard in self):
            raise ValidationError(self.env._("Say why you ask for approval."))

    def action_apply(self):
        """Ask for approval.

        :raise UserError: if that person may not decide
        """
        for wizard in self.union():
            wizard.result_ids._request(wizard.approver_id, wizard.reason.strip())
        return self.env["adv.control.stop"]._get_back()
