from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ...tools import schedules
from ..commitment.clock import shift_open_days
from ..message.serving import hold, list_tasks, serve, work_through

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
        find = partial(self._adv_list_reports, batch_size)
        work_through(self.env, list_tasks(self.env, find))

    @api.model
    def _adv_list_reports(self, size, company):
        """Return what there is to do for a company, so many customers at a time."""
        customers = self.with_company(company)
        customers = customers.with_context(allowed_company_ids=company.ids)
        waiting = customers.search(self._adv_get_report_domain(company), order="id")
        return [
            partial(batch._adv_report_and_plan, company)
            for batch in split_every(size, waiting.ids, customers.browse)
        ]

    @api.model
    def _adv_get_report_domain(self, company):
        """Return those with a rhythm whose day has come, or who have no day yet."""
        today = self._adv_get_today(company)
        has_come = Domain("adv_report_date", "<=", today)
        is_new = Domain("adv_report_date", "=", False)
        return Domain("adv_report_schedule", "!=", False) & (has_come | is_new)

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

    def _adv_report_and_plan(self, company):
        """Send the reports of those of these customers whose day has come; all get the
        day of their next one, after today.

        A customer whose report fails holds up no other.
        """
        waiting = hold(self).filtered_domain(self._adv_get_report_domain(company))
        due = waiting.filtered("adv_report_date")
        waiting._adv_set_report_date(company)
        serve(
            due.filtered(lambda each: each.commercial_partner_id == each),
            lambda some: some._adv_report_now(company),
        )

    def _adv_report_now(self, company):
        """Send today's report to these customers, nobody looks at it before.

        Where the last one did not arrive, the next would not either, until whoever was
        called has tried again.
        """
        last = self._adv_get_last_reports(company)
        lost = last.filtered(lambda report: report.state in ("failed", "bounced"))
        customers = self - lost.partner_id
        messages = customers._adv_compose_open_orders(company)
        messages.filtered(lambda each: each.state == "draft")._queue()

    def _adv_get_last_reports(self, company):
        """Return the last report of a company to each of these customers."""
        messages = self.env["adv.customer.message"]
        found = messages._read_group(
            Domain("kind", "=", "open_orders")
            & Domain("company_id", "=", company.id)
            & Domain("partner_id", "in", self.ids),
            ["partner_id"],
            ["id:max"],
        )
        return messages.browse(last for _customer, last in found)
