from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.entry_error.proposal import Proposal


class AdvEntryErrorDeclare(models.TransientModel):
    """Lets a person say what was entered wrongly on an order."""

    _name = "adv.entry.error.declare"
    _description = "Declare an Entry Error"

    order_id = fields.Many2one("sale.order", required=True)
    type_id = fields.Many2one("adv.entry.error.type", "What was wrong?", required=True)
    type_level = fields.Selection(related="type_id.level")
    line_id = fields.Many2one(
        "sale.order.line",
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
    )
    value_wrong = fields.Char("Entered")
    value_right = fields.Char("Should have been")
    is_master_data = fields.Boolean(
        "Master data",
        help="Odoo filled the value in by itself: the article, customer or price list "
        "was wrong, not who entered the order.",
    )
    currency_id = fields.Many2one(related="order_id.company_id.currency_id")
    amount_cost = fields.Monetary("Cost")
    minutes = fields.Integer(
        compute="_compute_minutes", store=True, readonly=False, precompute=True
    )
    note = fields.Text()

    @api.depends("type_id")
    def _compute_minutes(self):
        for wizard in self:
            wizard.minutes = wizard.type_id.minutes

    def action_declare(self):
        """Store the errors: whoever declares one has classified it already.

        :raise UserError: if the error is known already, or its line is missing
        """
        for wizard in self:
            wizard._declare()
        return {"type": "ir.actions.act_window_close"}

    def _declare(self):
        self.order_id.check_access("read")
        self._check_line()
        errors = self.env["adv.entry.error"]
        known = errors.search(
            [
                ("order_id", "=", self.order_id.id),
                ("type_id", "=", self.type_id.id),
                ("line_key", "=", self._get_line().id or 0),
                ("state", "in", ("suspected", "confirmed")),
            ],
            limit=1,
        )
        declared = errors if known else errors._propose([self._prepare_proposal()])
        if not declared:
            raise UserError(
                self.env._(
                    "This error of the order is known already. Open the order's entry "
                    "errors."
                )
            )

        if self.is_master_data:
            self._take_from_author(declared)

    def _take_from_author(self, error):
        """Have an error be nobody's.

        :raise UserError: if it is the user's own
        """
        if error._get_own():
            raise UserError(
                self.env._(
                    "This error is said to be yours: somebody else says that the "
                    "master data were wrong."
                )
            )
        # sudo: the right has just been checked.
        error.sudo().write({"is_master_data": True, "author_user_id": False})

    def _check_line(self):
        if self.type_id.level == "line" and not self.line_id:
            raise UserError(
                self.env._(
                    "%(type)s: choose the line that was wrong.", type=self.type_id.name
                )
            )
        if self.line_id and self.line_id.order_id != self.order_id:
            raise UserError(self.env._("Choose a line of this order."))

    def _get_line(self):
        no_line = self.line_id.browse()
        return self.line_id if self.type_id.level == "line" else no_line

    def _prepare_proposal(self):
        now = fields.Datetime.now()
        line = self._get_line()
        return Proposal(
            order_id=self.order_id.id,
            code=self.type_id.code,
            source="person",
            evidence=f"person:{self.id}",
            at=now,
            line_id=line.id or None,
            value_wrong=self.value_wrong or None,
            value_right=self.value_right or None,
            amount=self.amount_cost,
            state="confirmed",
            extra={
                "minutes": self.minutes,
                "note": self.note or None,
                "decided_by_id": self.env.uid,
                "date_decided": now,
            },
        )
