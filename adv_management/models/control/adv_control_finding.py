from odoo import fields, models
from odoo.exceptions import UserError


class AdvControlFinding(models.Model):
    """One thing that a control found wrong: where, what it is and what it should be."""

    _name = "adv.control.finding"
    _description = "Finding of a Control"
    _log_access = False
    _rec_name = "text"
    _order = "result_id, id"

    result_id = fields.Many2one(
        "adv.control.result",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(related="result_id.order_id")
    company_id = fields.Many2one(related="result_id.company_id")
    currency_id = fields.Many2one(related="result_id.currency_id")
    text = fields.Text("What was found", readonly=True)
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    move_line_id = fields.Many2one(
        "stock.move",
        "Move",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    invoice_line_id = fields.Many2one(
        "account.move.line",
        "Invoice line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    field_name = fields.Char("Technical field", readonly=True)
    value_seen = fields.Char("Stored value", readonly=True)
    value_expected = fields.Char("Expected value", readonly=True)
    amount = fields.Monetary("Impact", readonly=True)
    fix_model = fields.Char(readonly=True)
    fix_id = fields.Integer(readonly=True)

    def _get_fix_action(self):
        """Return the action that opens the record where this is corrected.

        :raise UserError: if that record has gone
        """
        self.ensure_one()
        record = self.env[self.fix_model].browse(self.fix_id).exists()
        if not record:
            raise UserError(
                self.env._("What was to be corrected has been deleted: check again.")
            )
        return record._get_records_action()
