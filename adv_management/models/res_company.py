from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.hours import MAX_DAYS, next_allowed
from .commitment.adv_transit_zone import check_transit_days
from .commitment.clock import _open_days, zone_of


class ResCompany(models.Model):
    """The company's rules for its order desk."""

    _inherit = "res.company"

    # Columns with a default are made by ``pre_init_hook``: no row is rewritten.
    adv_risk_buffer_days = fields.Integer(
        "Risk buffer",
        default=2,
        help="A promise is at risk when its goods are not all reserved this many "
        "working days before.",
    )
    adv_promise_basis = fields.Selection(
        [("departure", "Departure"), ("arrival", "Arrival")],
        "Promised day",
        default="departure",
        help="What the delivery date of an order promises: that the goods leave, or "
        "that they arrive after their transit.",
    )
    adv_transit_days = fields.Integer(
        "Transit",
        help="Working days from departure to arrival where no transit zone fits.",
    )
    adv_field_log_months = fields.Integer(
        "Keep the field log for",
        default=24,
        help="Months after which the history of who entered what is deleted.",
    )
    adv_ack_mode = fields.Selection(
        [
            ("off", "No"),
            ("manual", "By hand"),
            ("automatic", "Automatically"),
        ],
        "Acknowledge orders",
        default="off",
        help="How customers are told that their order is accepted, with its promised "
        "dates. Holds for orders confirmed from now on.",
    )
    adv_ack_target_hours = fields.Float(
        "Acknowledge within",
        default=8,
        help="Working hours of the company from the reception of an order to its "
        "acknowledgement.",
    )
    adv_ack_is_pdf = fields.Boolean(
        "Attach the printed order", help="To the acknowledgement, as a PDF file."
    )
    adv_alert_amount = fields.Monetary(
        "Large order",
        default=10000,
        help="From this late amount on, an alert is as urgent as the amount can make "
        "it.",
    )
    adv_alert_move_days = fields.Integer(
        "Worth telling again",
        default=2,
        help="An alert that was settled comes back when the goods are predicted more "
        "than this many working days later than then.",
    )
    adv_alert_escalation_days = fields.Integer(
        "Escalate after",
        default=2,
        help="Working days without a person's action after which the manager is told.",
    )
    adv_alert_user_id = fields.Many2one(
        "res.users",
        "Alerts without owner",
        domain=lambda self: self.env["res.partner"]._adv_get_desk_domain(),
        help="Who handles the alerts of orders that are in nobody's portfolio.",
    )
    adv_alert_manager_id = fields.Many2one(
        "res.users",
        "Escalate to",
        domain=lambda self: self.env["res.partner"]._adv_get_desk_domain(),
        help="Who is told of alerts that nobody works on. Empty: they are only marked "
        "in the list.",
    )
    adv_quiet_from = fields.Float(
        "Quiet from",
        default=20.0,
        help="From this hour of the company's clock no message leaves to a customer.",
    )
    adv_quiet_to = fields.Float(
        "Quiet until",
        default=7.0,
        help="The hour from which messages leave again. The same as the other: there "
        "are no quiet hours.",
    )
    adv_wrong_calendar_ids = fields.Many2many(
        "resource.calendar",
        string="Calendars on a foreign clock",
        compute="_compute_adv_wrong_calendar_ids",
        help="Working calendars of the company and its warehouses whose time zone is "
        "not one of the company's country.",
    )

    def _compute_adv_wrong_calendar_ids(self):
        warehouses = self.env["stock.warehouse"].search(
            [("company_id", "in", self.ids)]
        )
        for company in self:
            ours = warehouses.filtered_domain([("company_id", "=", company.id)])
            calendars = company.resource_calendar_id | ours.adv_calendar_id
            company.adv_wrong_calendar_ids = company._adv_get_foreign(calendars)

    @api.constrains("adv_risk_buffer_days")
    def _check_adv_risk_buffer_days(self):
        if any(company.adv_risk_buffer_days < 0 for company in self):
            raise ValidationError(
                self.env._("The risk buffer is a number of working days, 0 or more.")
            )

    @api.constrains("adv_alert_move_days", "adv_alert_escalation_days")
    def _check_adv_alert_days(self):
        if any(
            company.adv_alert_move_days < 0 or company.adv_alert_escalation_days < 1
            for company in self
        ):
            raise ValidationError(
                self.env._(
                    "An alert is escalated after one working day at the earliest, and "
                    "a later date cannot be a negative number of days away."
                )
            )

    @api.constrains("adv_transit_days")
    def _check_adv_transit_days(self):
        check_transit_days(self, "adv_transit_days")

    @api.constrains("adv_ack_target_hours")
    def _check_adv_ack_target_hours(self):
        if any(not 0 < company.adv_ack_target_hours <= 1000 for company in self):
            raise ValidationError(
                self.env._(
                    "Orders are acknowledged within more than 0 and at most 1000 "
                    "working hours."
                )
            )

    @api.constrains("adv_field_log_months")
    def _check_adv_field_log_months(self):
        if any(company.adv_field_log_months < 1 for company in self):
            raise ValidationError(
                self.env._("The field log is kept for at least one month.")
            )

    @api.constrains("adv_quiet_from", "adv_quiet_to")
    def _check_adv_quiet_hours(self):
        for company in self:
            hours = (company.adv_quiet_from, company.adv_quiet_to)
            if min(hours) < 0 or max(hours) > 24 or abs(hours[0] - hours[1]) == 24:
                raise ValidationError(
                    self.env._(
                        "Quiet hours begin and end between 0:00 and 24:00 and leave "
                        "some of the day. Enter the same hour twice for none."
                    )
                )

    def write(self, vals):
        names = {"adv_risk_buffer_days", "resource_calendar_id"} & vals.keys()
        # Saving the settings writes them all, changed or not.
        changed = self.filtered(
            lambda company: any(
                company._fields[name].convert_to_write(company[name], company)
                != vals[name]
                for name in names
            )
        )
        result = super().write(vals)
        if changed:
            self.env["adv.commitment"]._touch_open(changed)
        return result

    def _adv_get_window(self, now):
        """Return the first moment from ``now`` on at which a message may leave to a
        customer: outside the quiet hours, on a working day (naive UTC).
        """
        self.ensure_one()
        # sudo: whoever sends a message may not read calendars; only days come of it.
        company = self.sudo()
        calendar = company.resource_calendar_id
        today = now.date()
        days = calendar and _open_days(
            calendar, company, today - timedelta(days=1), today + timedelta(MAX_DAYS)
        )
        return next_allowed(
            now,
            zone_of(company, calendar),
            company.adv_quiet_from,
            company.adv_quiet_to,
            lambda day: not calendar or day in days,
        )

    def _adv_get_foreign(self, calendars):
        """Return the calendars that follow no clock of the company's country."""
        zones = pytz.country_timezones.get(self.country_id.code or "", [])
        clocks = {_clock(zone) for zone in zones}
        return calendars.filtered(lambda each: clocks and _clock(each.tz) not in clocks)


def _clock(zone):
    """Return what the hands show: the zone's offsets in winter and summer."""
    year = fields.Date.today().year
    zone = pytz.timezone(zone or "UTC")
    return tuple(zone.utcoffset(datetime(year, month, 1)) for month in (1, 7))
