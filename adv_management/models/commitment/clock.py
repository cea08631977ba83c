"""Where and when: the time zone, the calendar and today's date of every warehouse.

Everything the ledger compares is a local date. This file turns Odoo's calendars into
two small relations that SQL can join: the *clock* (one row per company and warehouse)
and the *day book* (one row per calendar and day, see ``tools/calendars.py``).
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import pytz

from odoo import fields
from odoo.tools import SQL

from ...tools.calendars import day_book, shift_days

# A promise typed as 1926 or 2206 must not make us number centuries of days.
MAX_SPAN = timedelta(days=366 * 15)
MARGIN = timedelta(days=45)
LOOK_AHEAD = timedelta(days=31)  # in which a warehouse opens again


class Clock(NamedTuple):
    """Local settings of one warehouse (0: the company itself)."""

    company_id: int
    warehouse_id: int
    zone: str
    calendar_key: int
    today: date
    buffer_days: int


class Calendars(dict):
    """The calendars of all places by key, ``{key: (calendar, company)}``, each asked
    but once for the days on which it opens.
    """

    def __init__(self, *args):
        super().__init__(*args)
        self._known = {}

    def get_open_days(self, calendar, company, first: date, last: date):
        """Return the local dates on which the calendar is open, these and maybe more.

        A company without any calendar is open every day.
        """
        if not calendar:
            return {first + timedelta(day) for day in range((last - first).days + 1)}
        nothing = date.max, date.min, set()
        start, end, days = self._known.get((calendar, company), nothing)
        if first < start or last > end:
            start, end = min(first, start), max(last, end)
            days = _open_days(calendar, company, start, end)
            self._known[calendar, company] = start, end, days
        return days


def _all_places(env):
    """Return ``(company, warehouse)`` for all companies and warehouses, archived ones
    too.
    """
    # sudo: the engine judges all companies; it keeps zones and calendars, nothing else.
    env = env["base"].sudo().with_context(active_test=False).env
    companies = [
        (company, env["stock.warehouse"]) for company in env["res.company"].search([])
    ]
    return companies + [
        (warehouse.company_id, warehouse)
        for warehouse in env["stock.warehouse"].search([])
    ]


def calendar_of(company, warehouse):
    """Return the calendar of a warehouse's closed days: its own or the company's."""
    return warehouse.adv_calendar_id or company.resource_calendar_id


def zone_of(company, calendar) -> str:
    """Return the name of the time zone in which the company's days begin and end."""
    return calendar.tz or company.partner_id.tz or "UTC"


def today_of(company) -> date:
    """Return the local date of a company."""
    zone = pytz.timezone(zone_of(company, company.resource_calendar_id))
    return pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()


def read_clocks(env, today: date | None = None):
    """Return ``(clocks, calendars)`` of all companies and warehouses.

    :param today: the local date to use everywhere; the real one of each zone if None
    :return: list of :class:`Clock`, and :class:`Calendars`
    """
    now = pytz.utc.localize(fields.Datetime.now())
    keys, clocks = {}, []
    for company, warehouse in _all_places(env):
        calendar = calendar_of(company, warehouse)
        zone = zone_of(company, calendar)
        key = keys.setdefault((calendar, company), len(keys) + 1)
        local_today = today or now.astimezone(pytz.timezone(zone)).date()
        buffer_days = company.adv_risk_buffer_days
        clocks.append(
            Clock(company.id, warehouse.id or 0, zone, key, local_today, buffer_days)
        )
    return clocks, Calendars({key: pair for pair, key in keys.items()})


def _open_days(calendar, company, first: date, last: date):
    """Return the set of local dates on which the calendar is open."""
    zone = pytz.timezone(calendar.tz)
    closed = calendar._get_unusual_days(
        zone.localize(datetime.combine(first, time.min)),
        zone.localize(datetime.combine(last, time.max)),
        company,
    )
    return {
        fields.Date.from_string(day)
        for day, is_closed in closed.items()
        if not is_closed
    }


def shift_open_days(calendar, company, day: date, count: int) -> date:
    """Return the day that is so many open days later, earlier if negative.

    A company without any calendar is open every day.
    """
    if not calendar or not count:
        return day + timedelta(days=count)
    reach = timedelta(days=3 * count) + (MARGIN if count > 0 else -MARGIN)
    first, last = sorted((day, day + reach))
    return shift_days(sorted(_open_days(calendar, company, first, last)), day, count)


def next_open_day(calendar, company, day: date) -> date:
    """Return the open day from which a promise for that day counts.

    The day itself without a calendar, or where nothing opens any more.
    """
    if not calendar or day > date.max - 2 * LOOK_AHEAD:
        return day
    return min(_open_days(calendar, company, day, day + LOOK_AHEAD), default=day)


def span_of(clocks, first: date | None, last: date | None) -> tuple[date, date]:
    """Return the days to number: what the rows name and today, within reason."""
    todays = [clock.today for clock in clocks] or [fields.Date.today()]
    low, high = min(todays), max(todays)
    first = max(min(first or low, low), low - MAX_SPAN) - MARGIN
    last = min(max(last or high, high), high + MAX_SPAN) + MARGIN
    return first, last


def clock_sql(clocks) -> SQL:
    """Return the clock as a relation ``(company_id, warehouse_id, zone, calendar_key,
    today, buffer_days)``.
    """
    columns = [list(column) for column in zip(*clocks, strict=True)] or [[]] * len(
        Clock._fields
    )
    return SQL(
        "SELECT * FROM unnest(%s::int[], %s::int[], %s::text[], %s::int[], "
        "%s::date[], %s::int[])"
        " AS clock(company_id, warehouse_id, zone, calendar_key, today, buffer_days)",
        *columns,
    )


def zone_sql(now: datetime) -> SQL:
    """Return the days of the warehouses as a relation ``(company_id, warehouse_id,
    zone, today)``.

    What :func:`read_clocks` finds, for those who need no calendar and have no query to
    spare: the promises are written while the user waits.
    """
    return SQL(
        """
        SELECT place.company_id, place.warehouse_id, place.zone,
               (%s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE place.zone)::date AS today
          FROM (SELECT company.id AS company_id, COALESCE(warehouse.id, 0)
              AS warehouse_id,
                       COALESCE(calendar.tz, partner.tz, 'UTC') AS zone
                  FROM res_company company
                  JOIN res_partner partner ON partner.id = company.partner_id
            CROSS JOIN LATERAL (SELECT id, adv_calendar_id FROM stock_warehouse
                                 WHERE company_id = company.id
                             UNION ALL SELECT NULL, NULL) warehouse
             LEFT JOIN resource_calendar calendar
                    ON calendar.id = COALESCE(warehouse.adv_calendar_id,
                        company.resource_calendar_id)) place
        """,
        now,
    )


def day_book_sql(calendars: Calendars, first: date, last: date) -> SQL:
    """Return the day books as a relation ``(calendar_key, day, opens, rank)``.

    A company without any calendar is open every day.
    """
    rows = [
        (key, *row)
        for key, (calendar, company) in calendars.items()
        if calendar
        for row in day_book(
            calendars.get_open_days(calendar, company, first, last), first, last
        )
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 4
    return SQL(
        "SELECT * FROM unnest(%s::int[], %s::date[], %s::date[], %s::int[]) AS "
        "book(calendar_key, day, opens, rank)",
        *columns,
    )
