from odoo import api, fields, models
from odoo.exceptions import UserError

from . import queries

STATES = [
    ("suspected", "To classify"),
    ("confirmed", "Error"),
    ("rejected", "No error"),
    ("customer_change", "Customer changed his mind"),
]
MOMENTS = [
    ("before_confirmation", "Before confirmation"),
    ("before_delivery", "Before delivery"),
    ("after_delivery", "After delivery"),
    ("after_invoicing", "After invoicing"),
]
SOURCES = [
    ("control", "Control"),
    ("correction", "Correction after confirmation"),
    ("credit_note", "Credit note"),
    ("return", "Returned goods"),
    ("person", "Declared by a person"),
]
# What people of the desk may correct on an error; all else are facts and decisions.
_TYPED = {
    "type_id",
    "value_right",
    "is_master_data",
    "amount_cost",
    "minutes",
    "note",
}
_COUNTED = {"state", "moment", "is_master_data"}
COUNTS = ["confirmed_count", "escaped_count", "caught_count", "rejected_count"]


class AdvEntryError(models.Model):
    """One entry error of an order: what was wrong, who found it when, what it costs.

    Rows are proposed by the sources (``_propose``) and classified by people; only
    confirmed ones count. The additive columns are the facts of the error rates.
    """

    _name = "adv.entry.error"
    _inherit = [
        "adv.entry.error.naming",
        "adv.entry.error.deciding",
        "adv.entry.error.attributing",
        "adv.entry.error.proposing",
        "adv.entry.error.correcting",
        "adv.entry.error.crediting",
        "adv.entry.error.finding",
        "adv.entry.error.cron",
    ]
    _description = "Entry Error"
    _order = "date_detected desc, id desc"
    _rec_name = "type_id"

    # What was wrong -------------------------------------------------------------------

    type_id = fields.Many2one(
        "adv.entry.error.type", required=True, index=True, ondelete="restrict"
    )
    type_level = fields.Selection(related="type_id.level")
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "sale.order.line",
        "Order line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    line_key = fields.Integer(
        "Number of the line",
        readonly=True,
        required=True,
        default=0,
        aggregator=None,
        help="Which line of the order, even after it was removed. 0: the error "
        "concerns the order as a whole.",
    )
    line_label = fields.Char(
        "Line", readonly=True, help="The line's description when the error was found."
    )
    product_id = fields.Many2one(
        "product.product", readonly=True, index="btree_not_null", ondelete="set null"
    )
    field_name = fields.Char("Technical field", readonly=True)
    value_wrong = fields.Char("Stored wrong value", readonly=True)
    value_right = fields.Char("Stored right value")
    label_wrong = fields.Char("Wrong value", compute="_compute_labels")
    label_right = fields.Char("Right value", compute="_compute_labels")
    note = fields.Text()

    # Whose, and when ------------------------------------------------------------------

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    team_id = fields.Many2one(
        "crm.team", "Sales team", readonly=True, ondelete="set null"
    )
    adv_user_id = fields.Many2one(
        "res.users",
        "Order desk",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    moment = fields.Selection(MOMENTS, "Found", required=True, readonly=True)
    source = fields.Selection(SOURCES, "Found by", required=True, readonly=True)
    date_entry = fields.Date(
        "Entry day",
        readonly=True,
        index="btree_not_null",
        help="The day on which the order was first confirmed.",
    )
    date_detected = fields.Date("Found on", required=True, readonly=True, index=True)
    credit_note_id = fields.Many2one(
        "account.move",
        "Credit note",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        "Return",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    evidence = fields.Char(
        "Found in",
        readonly=True,
        help="The finding, log entry, credit note line or return that proposed the "
        "error: it does so once.",
    )
    log_mark = fields.Integer(
        "Last log entry", readonly=True, aggregator=None, help="Of the field log."
    )

    # What was decided -----------------------------------------------------------------

    state = fields.Selection(
        STATES, "Status", required=True, readonly=True, default="suspected", index=True
    )
    is_master_data = fields.Boolean(
        "Master data",
        help="The value is what Odoo itself filled in: the master data were wrong, not "
        "who entered the order. Nobody's error in the rates.",
    )
    decided_by_id = fields.Many2one(
        "res.users", "Classified by", readonly=True, ondelete="set null"
    )
    date_decided = fields.Datetime("Classified on", readonly=True)
    is_contested = fields.Boolean(
        "Contested",
        readonly=True,
        help="Whoever is said to have made the error disagrees: the manager decides.",
    )
    contest_reason = fields.Char("Why it is contested", readonly=True)
    date_contested = fields.Datetime("Contested on", readonly=True)

    # What it costs --------------------------------------------------------------------

    amount_cost = fields.Monetary(
        "Cost",
        help="What the error costs or puts at stake, in the company's currency.",
    )
    minutes = fields.Integer(help="Working time to repair it.")
    confirmed_count = fields.Integer("Errors", readonly=True)
    escaped_count = fields.Integer(
        "Escaped errors",
        readonly=True,
        help="Errors of the desk found only after the confirmation.",
    )
    caught_count = fields.Integer(
        "Caught errors", readonly=True, help="Errors found before the confirmation."
    )
    rejected_count = fields.Integer("False suspicions", readonly=True)

    _live_uniq = models.UniqueIndex(
        "(order_id, line_key, type_id) WHERE state IN ('suspected', 'confirmed')",
        "This error of the order is known already. Open the order's entry errors.",
    )
    _evidence_uniq = models.UniqueIndex(
        "(order_id, line_key, type_id, evidence)",
        "This error of the order is known already. Open the order's entry errors.",
    )
    _cost_positive = models.Constraint(
        "CHECK (coalesce(amount_cost, 0) >= 0 AND coalesce(minutes, 0) >= 0)",
        "An error costs no negative amount and no negative time.",
    )
    _unconfirmed_idx = models.Index("(order_id) WHERE date_entry IS NULL")

    @api.depends("type_id.name", "order_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for error in self:
            error.display_name = f"{error.order_id.name} - {error.type_id.name}"

    @api.depends("field_name", "value_wrong", "value_right")
    @api.depends_context("lang", "tz")
    def _compute_labels(self):
        for error in self:
            entry = self.env["adv.field.log"].new({"field_name": error.field_name})
            error.label_wrong = entry._get_label(error.value_wrong)
            error.label_right = entry._get_label(error.value_right)

    def write(self, vals):
        """Keep the facts; people correct type, cost and note, buttons decide.

        :raise UserError: if something else is typed, or somebody corrects an error
            that is said to be his own, or a contested one without being manager
        """
        if not self.env.su:
            self._check_typed(vals)
        result = super().write(vals)
        if "type_id" in vals:
            self._follow_level()
        if not _COUNTED.isdisjoint(vals):
            self._count()
        return result

    def _check_typed(self, vals):
        self.check_access("write")
        if not _TYPED.issuperset(vals):
            raise UserError(
                self.env._(
                    "What was found cannot be changed. Classify the error by its "
                    "buttons, or write a note."
                )
            )
        if self._get_own():
            raise UserError(
                self.env._(
                    "This error is said to be yours: somebody else corrects it. You "
                    "can contest it."
                )
            )
        if self.filtered("is_contested") and not self._reads_names():
            raise UserError(self.env._("This error is contested: the manager decides."))

    def _follow_level(self):
        """Have the error concern the line or the order, as its new type does."""
        for error in self.sudo():  # sudo: follows from the type that was just written
            is_line = error.type_id.level == "line"
            number = error.line_id.id or error.line_key  # it may have been removed
            error.line_key = number if is_line else 0

    def _count(self):
        """Keep the additive columns true: the only place that knows what counts."""
        self.flush_recordset()
        self.env.cr.execute(queries.count(self.ids))
        self.invalidate_recordset(COUNTS, flush=False)

    def action_open_order(self):
        """Return the action that opens the orders concerned."""
        return self.order_id._get_records_action()

    def action_open_document(self):
        """Return the action that opens the credit note or the return."""
        return (self.credit_note_id or self.picking_id)._get_records_action()
