from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ...tools.working_hours import after_hours, hours_between
from ..message.adv_customer_message_sending import NOT_LEFT
from ..message.serving import hold, serve, work_through
from ..order.working_time import get_working_hours
from . import queries

# What was received longer ago than this before its confirmation is a typing error.
_MAX_WAIT = timedelta(days=31)
# What a confirmation writes.
_AWAITED = ["is_ack_awaited", "is_ack_automatic", "is_ack_measured", "ack_message_id"]
_CRON = "adv_management.ir_cron_adv_acknowledge"
# What is written without a person: parked orders wait for their release.
_TO_WRITE = (
    Domain("is_ack_awaited", "=", True)
    & Domain("is_ack_automatic", "=", True)
    & Domain("ack_message_id", "=", False)
    & Domain("company_id.adv_ack_mode", "=", "automatic")
    & Domain("order_id.state", "=", "sale")
    & ~Domain("order_id.adv_commitment_ids", "any", [("is_hold", "=", True)])
)


class AdvOrderConfirmation(models.Model):
    """What became of the acknowledgement of an order, and whether it left in time.

    Each confirmation under a mode that acknowledges waits for its message. The first
    one is measured, from the moment the customer's order was received, in working
    hours of the company; it is judged when its target has passed.
    """

    _name = "adv.order.confirmation"
    _inherit = ["adv.order.confirmation"]

    is_ack_awaited = fields.Boolean("To acknowledge", readonly=True)
    # Confirmed under that mode: who switches it on later floods nobody.
    is_ack_automatic = fields.Boolean("Acknowledged automatically", readonly=True)
    # Confirmed for the first time while the company acknowledged orders.
    is_ack_measured = fields.Boolean("Acknowledgement measured", readonly=True)
    ack_message_id = fields.Many2one(
        "adv.customer.message",
        "Acknowledgement",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    date_ack_deadline = fields.Datetime("To acknowledge by", readonly=True)
    date_acknowledged = fields.Datetime("Acknowledged on", readonly=True)
    ack_due_count = fields.Integer("Acknowledgements due", readonly=True)
    ack_on_time_count = fields.Integer("Acknowledged in time", readonly=True)
    ack_hours_left = fields.Float(
        "Hours left",
        compute="_compute_ack_hours_left",
        help="Working hours until the target; less than 0 when it has passed.",
    )
    ack_state = fields.Selection(related="ack_message_id.state", string="Message")
    ack_failure_reason = fields.Char(related="ack_message_id.failure_reason")

    # Related, for the screens
    partner_id = fields.Many2one(
        related="order_id.partner_id.commercial_partner_id", string="Customer"
    )
    client_order_ref = fields.Char(
        related="order_id.client_order_ref", string="Customer Reference"
    )
    adv_user_id = fields.Many2one(related="order_id.adv_user_id")
    date_received = fields.Datetime(related="order_id.adv_date_received")
    currency_id = fields.Many2one(related="order_id.currency_id")
    amount_total = fields.Monetary(related="order_id.amount_total", string="Total")

    _ack_awaited_idx = models.Index("(company_id, order_id) WHERE is_ack_awaited")
    _ack_open_idx = models.Index(
        "(date_ack_deadline) WHERE is_ack_measured AND ack_due_count IS NULL"
    )

    @api.depends("date_ack_deadline")
    def _compute_ack_hours_left(self):
        now = fields.Datetime.now()
        self.ack_hours_left = 0
        waiting = self.filtered("date_ack_deadline")
        for company, ours in waiting.grouped("company_id").items():
            days = [now, *ours.mapped("date_ack_deadline")]
            hours = get_working_hours(company, min(days), max(days))
            for row in ours:
                row.ack_hours_left = hours_between(hours, now, row.date_ack_deadline)

    # ----------------------------------------------------------------------------------
    # Who is waited for
    # ----------------------------------------------------------------------------------

    def _stamp(self, orders, quoted=None):
        first = super()._stamp(orders, quoted)
        # sudo: whoever confirms need not read the company's settings.
        modes = {each: each.sudo().adv_ack_mode for each in orders.company_id}
        by_mode = orders.grouped(lambda order: modes[order.company_id] or "off")
        by_mode.pop("off", None)
        if by_mode:
            cron = self.env["ir.model.data"]._xmlid_to_res_id(_CRON)
            self.flush_model(_AWAITED)
            self.env.cr.execute(
                queries.await_acknowledgement(
                    {mode: some.ids for mode, some in by_mode.items()},
                    first.ids,
                    fields.Datetime.now(),
                    cron or 0,  # somebody may have deleted it
                )
            )
            self.invalidate_model(_AWAITED, flush=False)
            self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)
        return first

    @api.model
    def _follow_messages(self, messages, state):
        """Note what became of acknowledgements: left, or not arrived."""
        rows = self.search([("ack_message_id", "in", messages.ids)])
        if state == "sent":
            rows.is_ack_awaited = False
            for message, own in rows.grouped("ack_message_id").items():
                own._note_acknowledged(message.date_sent)
        elif state == "bounced":
            rows.write({"is_ack_awaited": True, "date_acknowledged": False})

    def _note_acknowledged(self, moment):
        new = self.filtered(lambda row: not row.date_acknowledged)
        new.date_acknowledged = moment or fields.Datetime.now()

    def _forget(self):
        """Wait no longer, and keep back what has not left."""
        self.is_ack_awaited = False
        self.ack_message_id.filtered(lambda each: each.state in NOT_LEFT)._cancel()

    def action_acknowledge(self):
        """Return the acknowledgements of these orders to look at."""
        return self.order_id.action_adv_acknowledge()

    def action_open_order(self):
        """Return the action that opens these orders."""
        return self.order_id._get_records_action()

    def action_acknowledged_otherwise(self):
        """Note that the customer was told by telephone, by EDI or in another way."""
        self.env["adv.customer.message"].check_access("write")
        self.check_access("read")
        # sudo: the right to acknowledge has just been checked.
        waiting = self.sudo().filtered("is_ack_awaited")
        waiting._forget()
        waiting._note_acknowledged(fields.Datetime.now())
        return True

    # ----------------------------------------------------------------------------------
    # The scheduled action
    # ----------------------------------------------------------------------------------

    @api.model
    def _cron_acknowledge(self, batch_size=20):
        """Set targets, judge what has passed them, and write the acknowledgements of
        companies that want it done without a person.

        Each order is tried once a run; what somebody holds is left to the next.
        """
        companies = self.env["res.company"].search([])
        waiting = self.search(_TO_WRITE, order="id").ids
        batches = split_every(batch_size, waiting, self.browse)
        work_through(
            self.env,
            [
                *(partial(self._set_deadlines, company) for company in companies),
                self._judge,
                *(batch._acknowledge for batch in batches),
            ],
        )

    def _acknowledge(self):
        """Write the acknowledgements of those of these orders that still wait."""
        orders = hold(self).filtered_domain(_TO_WRITE).order_id
        serve(orders, lambda some: some._adv_acknowledge_now())

    @api.model
    def _set_deadlines(self, company):
        """Give the first confirmations of a company the moment by which their target
        passes.
        """
        new = self.search(
            Domain("company_id", "=", company.id)
            & Domain("is_ack_measured", "=", True)
            & Domain("ack_due_count", "=", False)
            & Domain("date_ack_deadline", "=", False)
        )
        starts = {row: row._get_ack_start() for row in hold(new)}
        if not starts:
            return
        target = company.adv_ack_target_hours
        last = max(starts.values()) + timedelta(days=60, hours=5 * target)
        hours = get_working_hours(company, min(starts.values()), last)
        for row, start in starts.items():
            row.date_ack_deadline = after_hours(
                hours, start, target
            ) or start + timedelta(hours=target)

    def _get_ack_start(self):
        """Return when the customer's order reached us, as far as it is known."""
        received = self.order_id.adv_date_received or self.date_confirmed
        return min(max(received, self.date_confirmed - _MAX_WAIT), self.date_confirmed)

    def _measure_again(self):
        """Find the target anew: what an order is measured from has changed."""
        self.filtered(lambda row: not row.ack_due_count).date_ack_deadline = False

    @api.model
    def _judge(self):
        self.env.flush_all()
        self.env.cr.execute(queries.judge(fields.Datetime.now()))
        self.invalidate_model(["ack_due_count", "ack_on_time_count"])
