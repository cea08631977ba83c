from odoo import api, fields, models
from odoo.exceptions import UserError

from .adv_commitment_engine import OPEN_STATUSES

STATUSES = [
    ("late", "Late"),
    ("will_be_late", "Will be late"),
    ("at_risk", "At risk"),
    ("unpromised", "Unpromised"),
    ("on_time", "On time"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
]
# From the most to the least urgent: an order is as badly off as its worst line.
URGENCY = {status: rank for rank, (status, _label) in enumerate(STATUSES)}


class AdvCommitment(models.Model):
    """What we promised on one confirmed order line, and what became of it.

    Promise ledger, memory of the delay alerts and fact table of the delivery KPIs at
    once. Rows are written at confirmation and measured by the engine (see
    ``adv_commitment_engine.py``); what people decide about causes and dates is appended
    to the history and applied from there (see ``adv_commitment_deciding.py``).

    All dates are local to the warehouse, all quantities in the product's unit. A
    promise on a closed day counts from the next open one.
    """

    _name = "adv.commitment"
    _inherit = [
        "adv.commitment.noting",
        "adv.commitment.engine",
        "adv.commitment.together",
        "adv.commitment.draining",
        "adv.commitment.transit",
        "adv.commitment.promising",
        "adv.commitment.deciding",
        "adv.commitment.applying",
        "adv.commitment.history",
        "adv.commitment.evidence",
        "adv.commitment.explaining",
        "adv.commitment.checking",
        "adv.commitment.wording",
        "adv.commitment.watching",
    ]
    _description = "Delivery Commitment"
    _order = "date_promise, id"
    _rec_name = "sale_line_id"

    # What and who
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index=True, ondelete="set null"
    )
    product_id = fields.Many2one(
        "product.product", readonly=True, index=True, ondelete="restrict"
    )
    product_uom_id = fields.Many2one(
        "uom.uom", "Unit", readonly=True, ondelete="restrict"
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse", readonly=True, ondelete="set null"
    )
    team_id = fields.Many2one(
        "crm.team", "Sales Team", readonly=True, ondelete="set null"
    )
    adv_user_id = fields.Many2one(
        "res.users",
        "Order Desk Owner",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one("res.currency", readonly=True)

    # How much
    qty_first_promise = fields.Float(
        "First Promised Quantity", digits="Product Unit", readonly=True
    )
    qty_ordered = fields.Float(
        "Promised Quantity", digits="Product Unit", readonly=True
    )
    qty_delivered = fields.Float(
        "Delivered Quantity", digits="Product Unit", readonly=True
    )
    qty_open = fields.Float("Open Quantity", digits="Product Unit", readonly=True)
    qty_on_time = fields.Float(
        "Quantity on Time",
        digits="Product Unit",
        readonly=True,
        help="Delivered by the present promise.",
    )
    first_qty_on_time = fields.Float(
        "Quantity on Time (first promise)",
        digits="Product Unit",
        readonly=True,
        help="Delivered by the first promise.",
    )
    amount_open = fields.Monetary(
        "Open Amount", readonly=True, help="Still to deliver, untaxed, net of discount."
    )

    # When
    date_confirmed = fields.Date("Confirmed on", readonly=True)
    date_requested = fields.Date("Requested Date", readonly=True)
    date_first_promise = fields.Date(
        "First Promise",
        readonly=True,
        help="Frozen when the order was first confirmed.",
    )
    date_headline = fields.Date(
        "Promise Measured",
        readonly=True,
        index=True,
        help="The first promise, moved only when the customer asked for "
        "another date in time.",
    )
    date_promise = fields.Date(
        "Promised Date",
        readonly=True,
        index=True,
        help="Moved by what the customer asked for or accepted.",
    )
    date_predicted = fields.Date(
        "Predicted Date",
        readonly=True,
        help="Internal: when the goods should leave as things stand. Empty: no supply.",
    )
    date_announced = fields.Date(
        "Announced Date",
        readonly=True,
        help="The last date that the customer was told.",
    )
    date_delivered = fields.Date("Delivered on", readonly=True)
    delay_days = fields.Integer("Delay (days)", readonly=True, aggregator="avg")
    delay_working_days = fields.Integer(
        "Delay (working days)", readonly=True, aggregator="avg"
    )
    first_delay_days = fields.Integer(
        "Delay against the first promise (days)", readonly=True, aggregator="avg"
    )
    first_delay_working_days = fields.Integer(
        "Delay against the first promise (working days)",
        readonly=True,
        aggregator="avg",
    )
    date_next_check = fields.Date(
        readonly=True, help="The next day on which time alone changes this row."
    )

    # How it stands
    status = fields.Selection(
        STATUSES,
        readonly=True,
        required=True,
        default="on_time",
        group_expand="_group_expand_status",
    )
    is_hold = fields.Boolean("On Hold", readonly=True)
    revision_ids = fields.One2many(
        "adv.commitment.revision", "commitment_id", "Changes", readonly=True
    )

    # What counts: 0 or 1, additive
    due_count = fields.Integer(
        "Due", readonly=True, help="1 when the promise can be judged."
    )
    on_time_count = fields.Integer("On Time", readonly=True)
    in_full_count = fields.Integer("In Full", readonly=True)
    otif_count = fields.Integer("On Time in Full", readonly=True)
    first_due_count = fields.Integer("Due (first promise)", readonly=True)
    first_on_time_count = fields.Integer("On Time (first promise)", readonly=True)
    first_in_full_count = fields.Integer("In Full (first promise)", readonly=True)
    first_otif_count = fields.Integer("On Time in Full (first promise)", readonly=True)

    # Related, for the screens
    salesperson_id = fields.Many2one(related="order_id.user_id", string="Salesperson")
    contact_id = fields.Many2one(related="order_id.partner_id", string="Contact")
    client_order_ref = fields.Char(
        related="order_id.client_order_ref", string="Customer Reference"
    )
    move_ids = fields.One2many(related="sale_line_id.move_ids", string="Deliveries")
    late_working_days = fields.Integer(
        related="delay_working_days",
        string="Working Days Late",
        aggregator="max",
        help="The longest delay of a group.",
    )

    _sale_line_uniq = models.UniqueIndex(
        "(sale_line_id)", "An order line carries one commitment."
    )
    _next_check_idx = models.Index(
        "(date_next_check) WHERE date_next_check IS NOT NULL"
    )
    _open_idx = models.Index(
        "(company_id, status) WHERE status NOT IN ('delivered', 'cancelled')"
    )
    _headline_idx = models.Index("(company_id, date_headline)")

    def init(self):
        """Promise what was confirmed before the addon came, once all tables exist."""
        result = super().init()
        self.env.cr.execute("SELECT EXISTS (SELECT FROM adv_commitment)")
        if not self.env.cr.fetchone()[0]:
            self.pool.post_init(self._fill_history)
        return result

    @api.depends("order_id", "product_id")
    def _compute_display_name(self):
        for commitment in self:
            order, product = commitment.order_id, commitment.product_id
            commitment.display_name = f"{order.display_name} - {product.display_name}"

    @api.model
    def _group_expand_status(self, statuses, _domain):
        """Return the statuses at hand from the most to the least urgent, none in
        addition.
        """
        return sorted(statuses, key=URGENCY.get)

    def write(self, vals):
        """Let people correct the cause and nothing else: the rest is measured.

        A cause that is emptied is proposed again.

        :raise UserError: if another field is written by hand
        """
        if not self.env.su and set(vals) - {"cause_id"}:
            raise UserError(
                self.env._(
                    "The figures of a commitment are measured and cannot be typed. "
                    "Use Change promise for the date, and the delivery for the "
                    "quantity."
                )
            )
        if "cause_id" not in vals:
            return super().write(vals)
        self.check_access("write")
        self._choose_cause(vals["cause_id"])
        # sudo: measuring reads moves and calendars that the user need not see.
        self.sudo()._measure_now(self.sale_line_id.ids)
        rest = {name: value for name, value in vals.items() if name != "cause_id"}
        return super().write(rest) if rest else True

    def action_open_order(self):
        """Return the action that opens the orders of these commitments."""
        return self.order_id._get_records_action()

    def action_change_promise(self):
        """Return the action of the wizard that asks who wants another date, and why.

        :raise UserError: if nothing is open any more
        :raise AccessError: if the user may not change promises
        """
        self.check_access("write")
        commitments = self.filtered(
            lambda commitment: commitment.status in OPEN_STATUSES
        )
        if not commitments:
            raise UserError(
                self.env._(
                    "There is nothing left to deliver, so there is no promise "
                    "to change."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change promise"),
            "res_model": "adv.commitment.promise",
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_commitment_ids": commitments.ids},
        }
