from datetime import datetime, time, timedelta
from functools import partial
from operator import methodcaller

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ..commitment.clock import zone_of
from ..message.serving import hold, list_tasks, serve, split, work_through
from .adv_customer_message import Telling

_NOTIFY, _TELL_RELIEF = map(methodcaller, ("_notify", "_tell_relief"))


class AdvDelayAlertAuto(models.Model):
    """Tells customers of delays where nobody of the desk has done anything for a while,
    with the date that the approved rule gives.
    """

    _name = "adv.delay.alert"
    _inherit = "adv.delay.alert"

    @api.model
    def _cron_send_notices(self, batch_size=50):
        """Write to customers, so many in one commit, company by company."""
        find = partial(self._list_notices, batch_size)
        work_through(self.env, list_tasks(self.env, find))

    @api.model
    def _list_notices(self, size, company):
        """Return what there is to do for a company, a customer's lines together."""
        alerts = self.search(self._get_open_domain(company))
        lines = self.env["adv.commitment"]._find_relieved(company)
        return [partial(_tell, batch, _NOTIFY) for batch in split(alerts, size)] + [
            partial(_tell, batch, _TELL_RELIEF) for batch in split(lines, size)
        ]

    @api.model
    def _get_open_domain(self, company):
        """Return the alerts of a company that may be told of by itself: where the
        customer was informed, a date may have moved since.
        """
        if not company._adv_tells_by_itself():
            return Domain.FALSE
        hours = timedelta(hours=company.adv_notice_delay_hours)
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "in", ("open", "informed"))
            & Domain("date_closed", "=", False)
            & Domain("create_date", "<=", fields.Datetime.now() - hours)
        )

    def _notify(self):
        """Tell the customers of these alerts what is worth telling."""
        alerts = self._filter_unattended()
        tellings = [
            Telling(line, news.known, news.date)
            for line, news in alerts._get_open_lines().commitment_id._get_news().items()
            if not news.is_under_way
            and news.is_later(line.company_id.adv_alert_move_days)
        ]
        messages = self.env["adv.customer.message"]._compose_notices("delay", tellings)
        messages.filtered(lambda message: message.state == "draft")._queue()

    def _filter_unattended(self):
        """Return the alerts on which nobody has acted since they wait, which they have
        done for as long as the company's rule says.

        The day on which an alert was opened again counts from its end. What waited
        when the company began to tell by itself stays with the desk.
        """
        acted = self._get_last_acts()
        now = fields.Datetime.now()
        found = self.browse()
        for alert in self.filtered("date_waiting"):
            begin, end = alert._get_hours_of_day(alert.date_waiting)
            since = alert.create_date if begin <= alert.create_date < end else end
            company = alert.company_id
            hours = timedelta(hours=company.adv_notice_delay_hours)
            is_attended = acted.get(alert.id, datetime.min) >= begin
            is_ours = since >= (company.adv_notice_date_automatic or datetime.min)
            if is_ours and not is_attended and since + hours <= now:
                found |= alert
        return found

    def _get_last_acts(self):
        """Return ``{alert id: moment}`` of the last note, call, click or change of a
        promise by a person.
        """
        noted = self.env["mail.message"]._read_group(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                ("author_id.partner_share", "=", False),
                ("author_id", "!=", self.env.ref("base.partner_root").id),
            ],
            ["res_id"],
            ["date:max"],
        )
        changed = self.env["adv.commitment.revision"]._read_group(
            [
                ("order_id", "in", self.order_id.ids),
                ("kind", "in", ("date", "cause")),
                ("user_id", "!=", self.env.ref("base.user_root").id),
            ],
            ["order_id"],
            ["create_date:max"],
        )
        acted = dict(noted)
        changed = {order.id: moment for order, moment in changed}
        for alert in self:
            if moment := changed.get(alert.order_id.id):
                acted[alert.id] = max(acted.get(alert.id, moment), moment)
        return acted

    def _get_hours_of_day(self, day):
        """Return the begin and the end of a local day of the company (naive UTC)."""
        company = self.company_id
        zone = pytz.timezone(zone_of(company, company.resource_calendar_id))
        return [
            zone.localize(datetime.combine(each, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for each in (day, day + timedelta(days=1))
        ]


def _tell(records, method):
    """Tell customers by a method; whose alerts a user holds is told at the next run, of
    all of them.
    """
    serve(hold(records, "partner_id"), method, "partner_id")
