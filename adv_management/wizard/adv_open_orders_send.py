from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class AdvOpenOrdersSend(models.TransientModel):
    """Shows what is open for customers before their reports are written."""

    _name = "adv.open.orders.send"
    _description = "Send Open-Order Reports"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    line_ids = fields.One2many("adv.open.orders.send.line", "wizard_id")
    report_count = fields.Integer("Reports", compute="_compute_counts")
    nothing_count = fields.Integer("Nothing open", compute="_compute_counts")

    @api.depends("line_ids.line_count")
    def _compute_counts(self):
        for wizard in self:
            reports = wizard.line_ids.filtered("line_count")
            wizard.report_count = len(reports)
            wizard.nothing_count = len(wizard.line_ids - reports)

    @api.model
    def _open(self, customers):
        """Return the wizard on these customers."""
        company = self.env.company
        found = customers._adv_group_open_orders(company)
        wizard = self.create(
            {
                "company_id": company.id,
                "line_ids": [
                    Command.create(self._prepare_line_vals(each, found.get(each, [])))
                    for each in customers.sorted(lambda each: (each not in found))
                ],
            }
        )
        return wizard._get_records_action(
            name=self.env._("Open-order reports"), target="new"
        )

    @api.model
    def _prepare_line_vals(self, customer, lines):
        return {
            "partner_id": customer.id,
            "order_count": len({line.order_id for line in lines}),
            "line_count": len(lines),
            "late_count": sum(line.status == "late" for line in lines),
        }

    def action_prepare(self):
        """Return the reports as drafts, to look at and send one by one or together."""
        messages = self._compose()
        return messages._get_records_action(name=self.env._("Open-order reports"))

    def action_send(self):
        """Write the reports and send them."""
        messages = self._compose()
        if drafts := messages.filtered(lambda each: each.state == "draft"):
            drafts.action_send()
        return messages._get_records_action(name=self.env._("Open-order reports"))

    def _compose(self):
        self.ensure_one()
        self.env["adv.customer.message"].check_access("write")
        customers = self.line_ids.filtered("line_count").partner_id
        messages = customers._adv_compose_open_orders(self.company_id, is_again=True)
        if not messages:
            raise UserError(
                self.env._("Nothing is open for these customers: nothing to report.")
            )
        return messages


class AdvOpenOrdersSendLine(models.TransientModel):
    """What is open for one customer."""

    _name = "adv.open.orders.send.line"
    _description = "Open Orders of a Customer to Report"

    wizard_id = fields.Many2one(
        "adv.open.orders.send", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    order_count = fields.Integer("Orders", readonly=True)
    line_count = fields.Integer("Lines", readonly=True)
    late_count = fields.Integer("Late", readonly=True)
