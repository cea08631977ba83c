import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ...tools import schedules
from ..commitment.clock import shift_open_days
from ..message.serving import BUSY, serve

_logger = logging.getLogger(__name__)

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class AdvOpenOrdersSchedule(models.AbstractModel):
    """The open-order report at the customer's rhythm, on the days we work."""

    _name = "adv.open.orders.schedule"
    _description = "Schedule of Open-Order Reports"

    adv_report_schedule = fields.Selection(
        [
            (schedules.DAILY, "Every working day"),
            (schedules.WEEKLY, "Every week"),
            (schedules.MONTHLY, "Every month"),
        ],
        "Open-order report",
        company_dependent=True,
        copy=False,
        groups="base.group_user",
        help="How often this customer is told what is open. Nothing is sent when "
        "nothing is open.",
    )
    adv_report_weekday = fields.Selection(
        WEEKDAYS,
        "Weekday",
        company_dependent=True,
        copy=False,
        groups="base.group_user",
        help="Monday if empty; on a closed day the report goes on the next open one.",
    )
    adv_report_date = fields.Date(
        "Next report",
        company_dependent=True,
        copy=False,
        readonly=True,
        groups="base.group_user",
    )

    def write(self, vals):
        if not {"adv_report_schedule", "adv_report_weekday"}.isdisjoint(vals):
            # The scheduled action finds the new day.
            vals = {**vals, "adv_report_date": False}
        return super().write(vals)

    @api.model
    def _adv_cron_report_open_orders(self, batch_size=50):
        """Send the reports whose day has come, and find the days of the next ones."""
        for company in self.env["res.company"].search([]):
            customers = self.with_company(company)
            customers = customers.with_context(allowed_company_ids=company.ids)
            customers._adv_plan_reports(company)
            customers._adv_send_due_reports(company, batch_size)

    @api.model
    def _adv_plan_reports(self, company):
        """Give those who have a rhythm but no day yet their first one, after today."""
        wanted = Domain("adv_report_schedule", "!=", False)
        new = self.search(wanted & Domain("adv_report_date", "=", False))
        new._adv_set_report_date(company)

    def _adv_set_report_date(self, company):
        today = self._adv_get_today(company)
        rhythm = self.grouped(
            lambda each: (each.adv_report_schedule, int(each.adv_report_weekday or 0))
        )
        for (schedule, weekday), customers in rhythm.items():
            day = schedules.next_day(schedule, weekday, today)
            customers.adv_report_date = shift_open_days(
                company.resource_calendar_id, company, day - timedelta(days=1), 1
            )

    @api.model
    def _adv_send_due_reports(self, company, batch_size):
        """Send today's reports; a customer whose report fails holds up no other."""
        due = Domain("adv_report_schedule", "!=", False) & Domain(
            "adv_report_date", "<=", self._adv_get_today(company)
        )
        cron = self.env["ir.cron"]
        waiting = self.search(due, order="id")
        cron._commit_progress(remaining=len(waiting))
        for customers in split_every(batch_size, waiting.ids, self.browse):
            try:
                held = customers.try_lock_for_update(allow_referencing=True)
                held.filtered_domain(due)._adv_report_and_plan(company)
            except BUSY:
                self.env.cr.rollback()
                _logger.info("Reports: changed by a user, left to the next run")
                return
            if not cron._commit_progress(len(customers)):
                return

    def _adv_report_and_plan(self, company):
        """Send the reports of these customers and find the days of the next ones."""
        self._adv_set_report_date(company)
        serve(
            self.filtered(lambda each: each.commercial_partner_id == each),
            lambda some: some._adv_report_now(company),
        )

    def _adv_report_now(self, company):
        """Send today's report to these customers, nobody looks at it before."""
        messages = self._adv_compose_open_orders(company)
        messages.filtered(lambda each: each.state == "draft")._queue()
