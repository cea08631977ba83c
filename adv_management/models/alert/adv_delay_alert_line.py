from odoo import fields, models

from ..commitment.adv_delay_cause import RESPONSIBILITIES
from ..commitment.clock import calendar_of, shift_open_days


class AdvDelayAlertLine(models.Model):
    """One promise that an alert is about, kept when it is over: the fact from which the
    manager sees why we are late, and whether customers heard it from us in time.
    """

    _name = "adv.delay.alert.line"
    _description = "Delay Alert Line"
    _order = "date_promise, id"
    _rec_name = "commitment_id"

    alert_id = fields.Many2one(
        "adv.delay.alert", required=True, readonly=True, index=True, ondelete="cascade"
    )
    commitment_id = fields.Many2one(
        "adv.commitment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one(
        "product.product", readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index=True, ondelete="set null"
    )
    team_id = fields.Many2one(
        "crm.team", "Sales Team", readonly=True, ondelete="set null"
    )
    cause_id = fields.Many2one("adv.delay.cause", readonly=True, ondelete="restrict")
    responsibility = fields.Selection(RESPONSIBILITIES, readonly=True)
    supplier_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    date_promise = fields.Date("Promised Date", readonly=True, index=True)
    date_predicted = fields.Date("Predicted Date", readonly=True)
    date_announced = fields.Date(related="commitment_id.date_announced")
    amount_open = fields.Monetary("Late Amount", readonly=True)
    delay_working_days = fields.Integer(
        "Delay (working days)", readonly=True, aggregator="max"
    )

    # Related, for the screens
    user_id = fields.Many2one(related="alert_id.user_id", string="Owner")
    explanation = fields.Text(related="commitment_id.explanation")
    evidence_name = fields.Char(related="commitment_id.evidence_name")
    qty_open = fields.Float(related="commitment_id.qty_open")
    product_uom_id = fields.Many2one(related="commitment_id.product_uom_id")
    status = fields.Selection(related="commitment_id.status")

    # How it stands
    is_open = fields.Boolean("Late or Will Be", readonly=True)
    date_opened = fields.Date("Opened on", required=True, readonly=True)
    date_closed = fields.Date("Closed on", readonly=True)
    is_backlog = fields.Boolean(
        "Overdue Before",
        readonly=True,
        help="The promise was missed by more than a working day when the alert was "
        "opened: nobody could tell the customer in time.",
    )
    date_told = fields.Date("Customer Told on", readonly=True, help="The first time.")
    is_settled = fields.Boolean(
        readonly=True, help="The customer was told, or the alert was dismissed."
    )
    date_settled = fields.Date(
        readonly=True, help="When the goods were predicted then, or what he was told."
    )
    is_supply_settled = fields.Boolean(
        readonly=True, help="There was a prediction then."
    )

    # What counts: 0 or 1, additive
    due_count = fields.Integer(
        "To Tell", readonly=True, help="1 when the promise was missed, or told to be."
    )
    told_count = fields.Integer("Told", readonly=True)
    told_in_time_count = fields.Integer(
        "Told in Time",
        readonly=True,
        help="At least one working day before the promise.",
    )

    _commitment_uniq = models.UniqueIndex(
        "(alert_id, commitment_id)", "An alert names a promise once."
    )

    def _mark_told(self, day=None, announced=None):
        """Note that the customer was told about these lines.

        Only the first time counts against the promise. Alerts of which nothing is left
        to tell become *informed*.

        :param day: local date on which he was told; today if None
        :param announced: the date he was told the goods will come, if he was
        """
        lines = self.filtered("is_open")
        days = {line: day or line.commitment_id._get_today() for line in lines}
        for told, same in lines.grouped(days.get).items():
            first = same.filtered(lambda line: not line.told_count)
            first.write({"date_told": told, "told_count": 1})
            first.filtered(lambda line: not line.is_backlog).due_count = 1
            first.filtered(
                lambda line, told=told: told <= line._get_last_day_in_time()
            ).told_in_time_count = 1
            same.alert_id.date_told = told
        lines._settle(announced)
        lines.alert_id._follow_told()

    def _get_last_day_in_time(self):
        """Return the last day on which the customer is told in time."""
        commitment = self.commitment_id
        company = self.company_id
        return shift_open_days(
            calendar_of(company, commitment.warehouse_id),
            company,
            self.date_promise,
            -1,
        )

    def _settle(self, announced=None):
        """Note what is known of these lines now: only what is worse is news."""
        for predicted, same in self.grouped("date_predicted").items():
            same.write(
                {
                    "is_settled": True,
                    "is_supply_settled": bool(predicted),
                    "date_settled": max(
                        filter(None, (predicted, announced)), default=False
                    ),
                }
            )

    def action_open_evidence(self):
        """Return the action that opens what the goods wait for."""
        return self.commitment_id.action_open_evidence()

    def action_open_commitment(self):
        """Return the action that opens the promises."""
        return self.commitment_id._get_records_action()
