from odoo import fields, models

from ..commitment.adv_delay_cause import RESPONSIBILITIES


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
        "res.partner", "Customer", readonly=True, index=True, ondelete="restrict"
    )
    team_id = fields.Many2one(
        "crm.team", "Sales Team", readonly=True, ondelete="set null"
    )
    cause_id = fields.Many2one("adv.delay.cause", readonly=True, ondelete="restrict")
    responsibility = fields.Selection(RESPONSIBILITIES, readonly=True)
    supplier_id = fields.Many2one(
        "res.partner", "Supplier", readonly=True, ondelete="set null"
    )
    date_promise = fields.Date("Promised Date", readonly=True, index=True)
    date_predicted = fields.Date("Predicted Date", readonly=True)
    date_announced = fields.Date(related="commitment_id.date_announced")
    amount_open = fields.Monetary("Late Amount", readonly=True)
    delay_working_days = fields.Integer(
        "Delay (working days)", readonly=True, aggregator="max"
    )

    # How it stands
    is_open = fields.Boolean("Late or Will Be", readonly=True)
    date_opened = fields.Date("Opened on", required=True, readonly=True)
    date_closed = fields.Date("Closed on", readonly=True)
    date_told = fields.Date("Customer Told on", readonly=True)

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

    def _mark_told(self, day=None):
        """Note that the customer was told about these lines, on ``day`` (today).

        :param day: local date of the company
        """
