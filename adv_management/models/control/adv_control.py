import ast

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .finding import SEVERITIES

CHECKPOINTS = [
    ("quotation", "Sending the quotation"),
    ("confirmation", "Confirming the order"),
    ("release", "Releasing the order to the warehouse"),
    ("shipment", "Validating the delivery"),
    ("invoice", "Posting the invoice"),
]
# The document that passes each checkpoint.
MODEL_AT = {
    "quotation": "sale.order",
    "confirmation": "sale.order",
    "release": "sale.order",
    "shipment": "stock.picking",
    "invoice": "account.move",
}


class AdvControl(models.Model):
    """A rule that documents have to keep at a checkpoint.

    A shipped control is a record with a ``code`` and a method ``_find_<code>`` in
    ``checks/``; an own one is a condition typed on the screen, or a tick by hand.
    """

    _name = "adv.control"
    _inherit = [
        "adv.control.gravity",
        "adv.control.judging",
        "adv.control.recording",
        "adv.control.draining",
        "adv.control.check.prices",
        "adv.control.check.margin",
        "adv.control.check.quantities",
        "adv.control.check.totals",
        "adv.control.check.parties",
        "adv.control.check.terms",
        "adv.control.check.articles",
        "adv.control.check.dates",
        "adv.control.check.agreements",
        "adv.control.check.duplicates",
        "adv.control.check.shipments",
        "adv.control.check.invoices",
        "adv.control.check.returns",
    ]
    _description = "Control"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: the control holds in every company."
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    checkpoint = fields.Selection(CHECKPOINTS, required=True, default="confirmation")
    severity = fields.Selection(
        SEVERITIES,
        required=True,
        default="info",
        help="For information: the result is shown, nothing is stopped. Needs "
        "approval: the document waits until one of the group below accepts it. "
        "Blocking: it is corrected, or a manager waives the control with a reason.",
    )
    method = fields.Selection(
        [
            ("shipped", "Shipped rule"),
            ("domain", "Own condition"),
            ("manual", "Tick by hand"),
        ],
        "How it is checked",
        required=True,
        default="domain",
    )
    code = fields.Char("Technical code", readonly=True, copy=False)
    model_name = fields.Char(compute="_compute_model_name")
    domain = fields.Char(
        "Fails when", help="Documents that match this condition fail the control."
    )
    approval_group_id = fields.Many2one(
        "res.groups",
        "Decided by",
        ondelete="restrict",
        help="Who may approve or waive. Empty: the managers of sales administration.",
    )
    parameters = fields.Char(readonly=True)
    tolerance_percent = fields.Float("Tolerance (%)", digits=(16, 4))
    tolerance_amount = fields.Monetary("Tolerance in amount")
    threshold = fields.Float()
    days = fields.Integer("Number of days")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE code IS NOT NULL",
        "The company has this shipped control already: change that one.",
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for control in self:
            company = control.company_id or self.env.company
            control.currency_id = company.currency_id

    @api.depends("checkpoint")
    def _compute_model_name(self):
        for control in self:
            control.model_name = MODEL_AT.get(control.checkpoint)

    @api.constrains("method", "code")
    def _check_shipped(self):
        for control in self:
            is_known = hasattr(self, f"_find_{control.code}")
            if control.method == "shipped" and not (control.code and is_known):
                raise ValidationError(
                    self.env._(
                        "Only the controls that come with the addon are shipped rules: "
                        "choose a condition or a tick by hand."
                    )
                )

    @api.constrains("method", "domain", "checkpoint")
    def _check_domain(self):
        for control in self.filtered(lambda control: control.method == "domain"):
            control._try_domain()

    @api.constrains("tolerance_percent", "tolerance_amount", "threshold", "days")
    def _check_parameters(self):
        for control in self:
            if (
                min(
                    control.tolerance_percent,
                    control.tolerance_amount,
                    control.threshold,
                    control.days,
                )
                < 0
            ):
                raise ValidationError(
                    self.env._(
                        "%s: tolerances, thresholds and days are not negative.",
                        control.name,
                    )
                )

    def _try_domain(self):
        """Refuse a condition that could not be checked later.

        :raise ValidationError: saying what is wrong with it
        """
        try:
            domain = self._get_domain()
            # as the user: nobody has controls read for him what he may not read himself
            model = self.env[self.model_name].sudo(False)
            domain.validate(model)
            # what only shows when documents are looked at
            with self.env.cr.savepoint():
                found = model.search(domain, limit=1)
                found.filtered_domain(domain)
        except UserError:
            raise
        except Exception as error:
            raise ValidationError(
                self.env._(
                    "The condition of “%(control)s” cannot be checked: %(error)s",
                    control=self.name,
                    error=error,
                )
            ) from error

    def _get_domain(self) -> Domain:
        """Return the condition under which documents fail.

        :raise ValidationError: if there is none, or it is not a list of conditions
        """
        self.ensure_one()
        try:
            leaves = list(ast.literal_eval((self.domain or "[]").strip()))
        except Exception as error:  # whatever Python makes of what was typed
            raise ValidationError(
                self.env._(
                    "The condition of “%s” cannot be read. Choose it in the editor: "
                    "fields with plain values, nothing that is calculated.",
                    self.name,
                )
            ) from error
        domain = Domain(leaves)
        if domain.is_true():
            raise ValidationError(
                self.env._(
                    "Say when “%s” fails: without a condition every document would.",
                    self.name,
                )
            )
        return domain

    # ----------------------------------------------------------------------------------
    # Which controls there are
    # ----------------------------------------------------------------------------------

    def copy_data(self, default=None):
        """A copy of a shipped control is the company's own."""
        vals_list = super().copy_data(default)
        own = {"company_id": self.env.company.id} | (default or {})
        return [
            vals | own | {"code": control.code} if control.code else vals
            for control, vals in zip(self, vals_list, strict=True)
        ]

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        shipped = self.filtered(lambda control: control.method == "shipped")
        documents = {control: control.model_name for control in shipped}
        result = super().write(vals)
        if any(
            control.method == "shipped" and control.model_name != model
            for control, model in documents.items()
        ):
            raise ValidationError(
                self.env._(
                    "A shipped control looks at the documents it was made for: choose "
                    "a checkpoint of these, or make a control of your own."
                )
            )
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        if self.filtered("code"):
            raise UserError(
                self.env._(
                    "Controls that come with the addon are not deleted: archive them."
                )
            )

    @api.model
    @tools.ormcache("company_id")
    def _get_rules(self, company_id):
        """Return ``(id, checkpoint, severity)`` of the controls of a company, in order.

        Those of a company hold in its branches. A company's own copy of a shipped
        control takes the place of the general one, a branch's that of its company.
        """
        # sudo: which rules there are is no secret of anybody who has to keep them.
        company = self.env["res.company"].sudo().browse(company_id)
        above = company.parent_ids.ids  # from the topmost down to itself
        # Archived ones rest, whatever the context of whoever asks first.
        rules = self.sudo().with_context(active_test=True)
        found = rules.search(Domain("company_id", "in", (False, *above)))
        rank = {False: 0} | {id_: rank for rank, id_ in enumerate(above, 1)}
        nearest = {}
        for control in found.sorted(lambda control: rank[control.company_id.id]):
            nearest[control.code or control.id] = control
        kept = set(nearest.values())
        return tuple(
            (control.id, control.checkpoint, control.severity)
            for control in found
            if control in kept
        )

    @api.model
    def _find_rules(self, company, checkpoints, severities):
        """Return the controls that hold at these checkpoints, for su."""
        ids = [
            id_
            for id_, checkpoint, severity in self._get_rules(company.id)
            if checkpoint in checkpoints and severity in severities
        ]
        # sudo: the rules' parameters are needed to check, whoever asks.
        return self.sudo().browse(ids)
