from datetime import timedelta
from functools import cache, partial

from odoo import api, fields, models

from ...tools.calendars import shift_days
from ..commitment.clock import MARGIN, day_book_sql, span_of
from . import queries
from .judging import is_changed, is_plan, is_return, judge

_ENGINE = "adv_management.ir_cron_adv_refresh_commitments"
_PATIENCE = timedelta(minutes=1)  # until a user is done with an alert


class AdvDelayAlertEngine(models.AbstractModel):
    """Opens, updates and closes the alerts of orders whose promises were measured.

    A fixed number of statements over any number of orders; what does not change is not
    written, and what a user holds is left to the next run.
    """

    _name = "adv.delay.alert.engine"
    _description = "Alert Engine"

    @api.model
    def _sync(self, line_ids, frame):
        """Bring the alerts of these order lines' orders up to date.

        :param line_ids: ids of ``sale.order.line``, just measured
        :param frame: by what they were measured
        """
        self.env.cr.execute(queries.follow_causes(line_ids))
        orders = [
            order for (order,) in self.env.execute_query(queries.concerned(line_ids))
        ]
        if not orders:
            return
        days = self._get_days(frame, orders)
        found = self.env.execute_query_dict(queries.situations(*days, orders))
        pairs = self._judge(frame, found)
        written = self._write_alerts([alert for _before, alert in pairs])
        if written:
            self.env.cr.execute(queries.write_lines(*days, list(written)))
            self._follow(pairs, written)
        self._leave([alert["order_id"] for _b, alert in pairs], written)

    @api.model
    def _get_days(self, frame, orders):
        """Return the clock and the day book of all days that matter to these orders."""
        span = span_of(frame.clocks, *self.env.execute_query(queries.span(orders))[0])
        return frame.clock, day_book_sql(frame.calendars, *span)

    @api.model
    def _judge(self, frame, found):
        """Return ``(row, alert)`` of the alerts that have to be written."""
        companies = self.env["res.company"].browse({row["company_id"] for row in found})
        amounts = {company.id: company.adv_alert_amount for company in companies}
        open_days = cache(partial(self._get_open_days, frame.calendars))
        pairs = []
        for row in found:
            days = open_days(row["company_id"], row["today"])
            alert = judge(
                row, amounts[row["company_id"]], partial(_get_deadline, days, row)
            )
            alert |= {name: row[name] for name in queries.KEYS}
            if row["is_stale"] or is_changed(row, alert):
                pairs.append((row, alert))
        return pairs

    @api.model
    def _get_open_days(self, calendars, company_id, today):
        company = self.env["res.company"].browse(company_id)
        days = calendars.get_open_days(
            company.resource_calendar_id, company, today - MARGIN, today + MARGIN
        )
        return sorted(days)

    @api.model
    def _write_alerts(self, alerts):
        """Open and update alerts and return ``{order: alert}`` of those written."""
        new = [alert for alert in alerts if not alert["alert_id"]]
        known = [alert for alert in alerts if alert["alert_id"]]
        written = []
        if new:
            insert = queries.insert_alerts(new, fields.Datetime.now())
            written += self.env.execute_query(insert)
        if known:
            # A user may have saved one since: no error, the next run takes it.
            self.env.cr.execute(queries.update_alerts(known), log_exceptions=False)
            written += self.env.cr.fetchall()
        return dict(written)

    @api.model
    def _leave(self, orders, written):
        """Have the orders whose alerts a user holds looked at again a minute later."""
        left = [order for order in orders if order not in written]
        if left:
            later = fields.Datetime.now() + _PATIENCE
            self.env.cr.execute(queries.note_again(left, later))
            engine = self.env.ref(_ENGINE, raise_if_not_found=False)
            if engine:  # somebody may have deleted it
                engine._trigger(at=later)

    @api.model
    def _follow(self, pairs, written):
        """Bring activities and history in line with the alerts that were written."""
        self.env["adv.delay.alert"].invalidate_model()
        self.env["adv.delay.alert.line"].invalidate_model()
        pairs = [pair for pair in pairs if pair[1]["order_id"] in written]
        self._plan(
            [written[alert["order_id"]] for row, alert in pairs if is_plan(row, alert)]
        )
        self._log_return(
            [row["alert_id"] for row, alert in pairs if is_return(row, alert)]
        )

    @api.model
    def _log_return(self, alert_ids):
        """Say in the chatter why an alert that was settled is to be handled again."""
        alerts = self.env["adv.delay.alert"].browse(alert_ids)
        for lang, same in alerts.grouped(lambda alert: alert.user_id.lang).items():
            text = self.with_context(lang=lang).env._(
                "To be handled again: something is new, or later than what was known."
            )
            same._message_log_batch(bodies=dict.fromkeys(same.ids, text))


def _get_deadline(open_days, row, days):
    """Return so many working days from today, or sooner where the customer can still be
    told in time.
    """
    today, promise = row["today"], row["date_promise"]
    latest = shift_days(open_days, today, days)
    if today < promise <= latest:
        return max(shift_days(open_days, promise, -1), today)
    return latest
