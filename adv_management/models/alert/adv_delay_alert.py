from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("open", "To handle"),
    ("informed", "Customer informed"),
    ("closed", "Closed"),
    ("dismissed", "Dismissed"),
]
LEVELS = [
    ("low", "Low"),
    ("medium", "Medium"),
    ("high", "High"),
    ("critical", "Critical"),
]


class AdvDelayAlert(models.Model):
    """An order of which lines are late or will be: what a person of the desk works on.

    One lives per order at a time, until nothing of the order is late any more
    (``date_closed``). The engine opens, updates and closes it; people take it over,
    inform the customer, dismiss it.

    Dates are local to the company, amounts in its currency.
    """

    _name = "adv.delay.alert"
    _inherit = [
        "adv.delay.alert.engine",
        "adv.delay.alert.planning",
        "adv.delay.alert.handling",
        "adv.delay.alert.wording",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Delay Alert"
    _order = "severity desc, date_promise, id"
    _rec_name = "order_id"

    # Whose order, and who works on it
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index=True, ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    team_id = fields.Many2one(
        "crm.team", "Sales Team", readonly=True, ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        index="btree_not_null",
        tracking=True,
        ondelete="set null",
        domain=lambda self: self.env["res.partner"]._adv_get_desk_domain(),
        help="Who works on it: the order's desk owner, else the one of the settings.",
    )
    is_user_manual = fields.Boolean("Owner Chosen", readonly=True)

    # How it stands
    state = fields.Selection(
        STATES, required=True, readonly=True, default="open", tracking=True
    )
    dismiss_reason = fields.Char("Why Dismissed", readonly=True)
    date_opened = fields.Date("Opened on", required=True, readonly=True)
    date_closed = fields.Date(
        "Closed on",
        readonly=True,
        help="Nothing of the order is late any more since that day.",
    )
    date_waiting = fields.Date(
        "Waiting since",
        readonly=True,
        help="Since when nobody has done anything about it.",
    )
    date_deadline = fields.Date("To Handle by", readonly=True)
    date_escalated = fields.Date("Escalated on", readonly=True)

    # How bad it is
    severity = fields.Integer(readonly=True, help="0 to 100.")
    severity_level = fields.Selection(LEVELS, "Urgency", readonly=True, default="low")
    delay_working_days = fields.Integer(
        "Worst Delay (working days)", readonly=True, aggregator="max"
    )
    amount_open = fields.Monetary("Late Amount", readonly=True)
    date_promise = fields.Date("Promised Date", readonly=True, help="The earliest.")
    date_predicted = fields.Date(
        "Predicted Date",
        readonly=True,
        help="Internal: the latest. Empty: no supply is known for some line.",
    )
    cause_id = fields.Many2one(
        "adv.delay.cause",
        readonly=True,
        ondelete="restrict",
        help="Of the line that is worst off.",
    )

    # What the customer knows
    date_told = fields.Date("Customer Told on", readonly=True)
    is_told_in_time = fields.Boolean(
        "Told in Time",
        readonly=True,
        help="At least one working day before the promise.",
    )

    line_ids = fields.One2many("adv.delay.alert.line", "alert_id", "Lines")

    # Related, for the screens
    contact_id = fields.Many2one(related="order_id.partner_id", string="Contact")
    contact_phone = fields.Char(related="line_ids.commitment_id.contact_phone")
    contact_email = fields.Char(related="line_ids.commitment_id.contact_email")
    client_order_ref = fields.Char(
        related="order_id.client_order_ref", string="Customer Reference"
    )

    _live_uniq = models.UniqueIndex(
        "(order_id) WHERE date_closed IS NULL", "An order has one live delay alert."
    )

    @api.depends("order_id", "partner_id")
    def _compute_display_name(self):
        for alert in self:
            names = (alert.order_id.display_name, alert.partner_id.display_name)
            alert.display_name = " - ".join(filter(None, names))

    def write(self, vals):
        """Let people choose the owner; the rest is measured or comes by the buttons.

        :raise UserError: if another field is written by hand
        """
        if not self.env.su and any(
            not name.startswith(("user_id", "message_", "activity_")) for name in vals
        ):
            raise UserError(
                self.env._(
                    "The figures of an alert are measured and cannot be typed. Use "
                    "the buttons of the alert."
                )
            )
        if "user_id" not in vals:
            return super().write(vals)
        # sudo: the owner is chosen by who may write; nobody types that it was chosen.
        result = super().write(vals)
        self.sudo().is_user_manual = bool(vals["user_id"])
        self._act()
        return result
