from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import plaintext2html

from .adv_control import CHECKPOINTS
from .finding import ERROR, FAILED, SEVERITIES, STOPPING

STATES = [
    ("passed", "Passed"),
    ("failed", "Not passed"),
    ("waived", "Waived"),
    ("error", "Could not be checked"),
]
# The column of each kind of document.
DOCUMENT_FIELDS = {
    "sale.order": "order_id",
    "stock.picking": "picking_id",
    "account.move": "move_id",
}
TYPE_BROKEN = "adv_management.mail_activity_type_adv_control_error"


class AdvControlResult(models.Model):
    """What a control says of a document, and what people decided about it.

    One row per control and document, written by the database cursor (``queries``) each
    time the control is checked.
    """

    _name = "adv.control.result"
    _inherit = ["adv.control.gravity", "adv.control.settling"]
    _description = "Result of a Control"
    _log_access = False
    _order = "date desc, id desc"

    control_id = fields.Many2one(
        "adv.control", required=True, readonly=True, index=True, ondelete="restrict"
    )
    name = fields.Char("Control as checked", readonly=True)
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    picking_id = fields.Many2one(
        "stock.picking",
        "Delivery",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    document_name = fields.Char("Document", compute="_compute_document_name")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index=True, ondelete="set null"
    )
    checkpoint = fields.Selection(CHECKPOINTS, readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    state = fields.Selection(STATES, "Result", required=True, readonly=True)
    text = fields.Text("What was found", readonly=True)
    amount = fields.Monetary("Impact", readonly=True)
    fingerprint = fields.Char(readonly=True)  # the marks of the verdict
    error = fields.Text("Technical error", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Checked by", readonly=True, ondelete="set null"
    )
    date = fields.Datetime("Checked on", required=True, readonly=True)

    requested_by_id = fields.Many2one(
        "res.users", "Approval asked by", readonly=True, ondelete="set null"
    )
    date_requested = fields.Datetime("Approval asked on", readonly=True)
    waiver_reason = fields.Char("Reason", readonly=True)
    waived_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, ondelete="set null"
    )
    date_waived = fields.Datetime("Decided on", readonly=True)

    finding_ids = fields.One2many("adv.control.finding", "result_id", readonly=True)
    decision = fields.Char(
        compute="_compute_decision",
        help="Who asked, ticked, approved or waived, and why.",
    )
    is_stopping = fields.Boolean(
        "Stops its document",
        compute="_compute_is_stopping",
        search="_search_is_stopping",
        compute_sudo=True,
        help="The document waits for it: it has not passed, and may not.",
    )
    is_manual = fields.Boolean(compute="_compute_is_manual")
    is_decidable = fields.Boolean(compute="_compute_is_decidable")
    is_elsewhere = fields.Boolean(
        compute="_compute_is_elsewhere",
        help="What has to be corrected is not on the document itself.",
    )

    _one_document = models.Constraint(
        "CHECK (num_nonnulls(order_id, picking_id, move_id) = 1)",
        "A result is about one document.",
    )
    _order_uniq = models.UniqueIndex(
        "(control_id, order_id) WHERE order_id IS NOT NULL"
    )
    _picking_uniq = models.UniqueIndex(
        "(control_id, picking_id) WHERE picking_id IS NOT NULL"
    )
    _move_uniq = models.UniqueIndex("(control_id, move_id) WHERE move_id IS NOT NULL")
    _stopping_idx = models.Index(
        "(company_id, checkpoint) WHERE state = 'failed' AND severity != 'info'"
    )

    @api.depends("order_id", "picking_id", "move_id")
    def _compute_document_name(self):
        for result in self:
            result.document_name = result._get_document().display_name

    @api.depends("state", "requested_by_id", "waived_by_id", "waiver_reason")
    def _compute_decision(self):
        # sudo: names only; the reader of a document may know who decided about it.
        for result in self.sudo():
            if result.waived_by_id and result.state != FAILED:
                parts = [result.waived_by_id.name, result.waiver_reason]
                result.decision = ": ".join(filter(None, parts))
            elif result.requested_by_id and result.state == FAILED:
                result.decision = self.env._(
                    "Approval asked by %s", result.requested_by_id.name
                )
            else:
                result.decision = False

    @api.depends("state", "severity", "checkpoint", "order_id", "picking_id", "move_id")
    def _compute_is_stopping(self):
        stopping = self.filtered_domain(self._get_stopping_domain())
        for result in self:
            result.is_stopping = result in stopping

    def _search_is_stopping(self, operator, value):
        if operator != "in":
            return NotImplemented
        stopping = self._get_stopping_domain()
        return stopping if True in value else ~stopping

    @api.model
    def _get_stopping_domain(self):
        """Return what has failed at the checkpoints that documents come to next."""
        failed = Domain("state", "=", FAILED) & Domain("severity", "in", STOPPING)
        quotation = Domain("state", "in", ("draft", "sent"))
        parked = Domain("adv_is_parked", "=", True)
        transfer = Domain("state", "not in", ("done", "cancel"))
        # any!: whoever sees a result may know whether its document has passed.
        at = {
            "quotation": Domain("order_id", "any!", Domain("state", "=", "draft")),
            "confirmation": Domain("order_id", "any!", quotation | parked),
            "release": Domain("order_id", "any!", parked),
        }
        return failed & (
            Domain.OR(Domain("checkpoint", "=", name) & at[name] for name in at)
            | Domain("picking_id", "any!", transfer)
            | Domain("move_id", "any!", Domain("state", "=", "draft"))
        )

    @api.depends("control_id")
    def _compute_is_manual(self):
        for result in self:
            # sudo: whoever sees a result may know how it is checked.
            result.is_manual = result.sudo().control_id.method == "manual"

    @api.depends("state", "severity", "control_id", "requested_by_id")
    @api.depends_context("uid")
    def _compute_is_decidable(self):
        for result in self:
            result.is_decidable = result.state == FAILED and not result._find_refusal()

    @api.depends("finding_ids.fix_id")
    def _compute_is_elsewhere(self):
        for result in self:
            result.is_elsewhere = any(result.finding_ids.mapped("fix_id"))

    @api.model
    def _get_document_field(self, model):
        """Return the column that holds documents of a model."""
        return DOCUMENT_FIELDS[model]

    def _get_document(self):
        """Return the order, transfer or invoice."""
        self.ensure_one()
        return self.order_id or self.picking_id or self.move_id

    def _after_store(self):
        """Do what follows from results that have just been stored and did not pass.

        A control that could not be checked becomes work of whoever keeps the rules.
        """
        for result in self.filtered(lambda result: result.state == ERROR):
            result._plan_repair()

    def _plan_repair(self):
        """Give the keeper of the rules an activity, once a document."""
        document = self._get_document()
        keeper = self._find_keeper()
        env = self.with_context(lang=keeper.lang).env
        summary = env._("Could not be checked: %s", self.name)
        known = self.env["mail.activity"].search_count(
            [
                ("res_model", "=", document._name),
                ("res_id", "=", document.id),
                ("summary", "=", summary),
            ],
            limit=1,
        )
        if not known:
            document.with_context(mail_activity_quick_update=True).activity_schedule(
                TYPE_BROKEN,
                summary=summary,
                note=plaintext2html(self.error),
                user_id=keeper.id,
            )

    def _find_keeper(self):
        """Return a manager of sales administration of this company."""
        group = self.env.ref("adv_management.group_adv_manager")
        people = group.all_user_ids.filtered(
            lambda user: (
                user.active and not user.share and self.company_id in user.company_ids
            )
        )
        return (people - self.env.ref("base.user_root"))[:1] or self.env.user
