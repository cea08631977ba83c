from collections import defaultdict
from datetime import timedelta

import pytz

from odoo import models
from odoo.tools.misc import format_date

from ...commitment.clock import LOOK_AHEAD, Calendars, calendar_of, zone_of
from ...field_log.adv_field_log import as_text
from ..finding import Finding

# Nobody keeps the closed days of a date typed as 2206.
_HORIZON = timedelta(days=3 * 366)
_NAMED = 3  # articles named in a text


class AdvControlCheckDates(models.AbstractModel):
    """Whether the date that the customer asks for can be kept, and the quotation still
    holds.

    The requested date is the one typed as such, else the delivery date, in the time
    zone of the order's warehouse. A confirmed order is judged as of the day of its
    confirmation: a date does not become wrong because it came.
    """

    _name = "adv.control.check.dates"
    _description = "Controls of Dates"

    def _find_requested_date_too_early(self, orders):
        """Yield the orders that ask for goods before Odoo's lead time of a line has
        passed; and their transit, where the company promises arrivals.
        """
        goods = self._product_lines(orders).filtered(
            lambda line: line.product_id.type == "consu"
        )
        lines = goods.grouped("order_id")
        for order in orders:
            name, day = self._get_requested(order)
            if not day or day < self._get_order_day(order):
                continue
            late = self._read_late(order, lines.get(order, goods.browse()), day)
            if late:
                text = self._word_too_early(day, late)
                yield self._prepare_date_finding(order, name, late.values(), text)

    def _find_requested_date_past(self, orders):
        """Yield the orders that ask for a day before they were confirmed, or before
        today.
        """
        for order in orders:
            name, day = self._get_requested(order)
            today = self._get_order_day(order)
            if day and day < today:
                text = self.env._(
                    "Asked for %(day)s, which is past",
                    day=format_date(self.env, day),
                )
                yield self._prepare_date_finding(order, name, [], text)

    def _find_requested_date_closed(self, orders):
        """Yield the orders that ask for a day on which their warehouse is closed, by
        its own calendar or the company's.
        """
        today, asked = self._today(), defaultdict(list)
        for order in orders:
            name, day = self._get_requested(order)
            calendar = calendar_of(order.company_id, order.warehouse_id)
            if calendar and day and abs(day - today) < _HORIZON:
                asked[calendar].append((order, name, day))
        for calendar, known in asked.items():
            days = [day for _order, _name, day in known]
            open_days = Calendars().get_open_days(
                calendar, self.env.company, min(days), max(days) + LOOK_AHEAD
            )
            for order, name, day in known:
                if day not in open_days:
                    yield self._find_closed(order, name, day, open_days)

    def _find_closed(self, order, name, day, open_days):
        later = [each for each in open_days if day < each <= day + LOOK_AHEAD]
        text = self.env._(
            "Asked for %(day)s, a closed day",
            day=format_date(self.env, day, date_format="EEEE d MMMM y"),
        )
        return self._prepare_date_finding(
            order, name, [min(later)] if later else [], text
        )

    def _find_expired_quotation(self, orders):
        """Yield the orders that accept a quotation after its validity.

        An order is accepted on the day it was signed or received, where that is known
        and came after the quotation; else today, or the day it was confirmed.
        """
        for order in orders:
            day = order.validity_date
            accepted = self._get_acceptance_day(order)
            if day and day < accepted:
                text = self.env._(
                    "The quotation was valid until %(day)s, the order is of %(order)s",
                    day=format_date(self.env, day),
                    order=format_date(self.env, accepted),
                )
                yield self._prepare_date_finding(order, "validity_date", [], text)

    # ----------------------------------------------------------------------------------
    # Which day
    # ----------------------------------------------------------------------------------

    def _get_requested(self, order):
        """Return the field that holds the day the customer asks for, and that day."""
        if order.adv_date_requested:
            return "adv_date_requested", order.adv_date_requested
        return "commitment_date", self._to_local_day(order, order.commitment_date)

    def _get_order_day(self, order):
        """Return the local day as of which an order is judged."""
        if order.state == "sale":
            return self._to_local_day(order, order.date_order)
        return self._today()

    def _get_acceptance_day(self, order):
        """Return the local day on which the customer accepted the quotation.

        What reached the desk before there was a quotation asked for one.
        """
        known = [
            moment
            for moment in (order.signed_on, order.adv_date_received)
            if moment and moment >= order.create_date
        ]
        known = [self._to_local_day(order, moment) for moment in known]
        return min([*known, self._get_order_day(order)])

    def _to_local_day(self, order, moment):
        """Return the local day of a naive UTC datetime at the order's warehouse."""
        if not moment:
            return None
        company = order.company_id
        zone = zone_of(company, calendar_of(company, order.warehouse_id))
        return pytz.utc.localize(moment).astimezone(pytz.timezone(zone)).date()

    def _read_late(self, order, lines, day):
        """Return ``{line: first local day}`` of the goods that leave after a day."""
        commitments = self.env["adv.commitment"]
        transit = commitments._get_transit_days(order)
        late = {}
        for line in lines:
            moment = line._expected_date()
            if transit:
                moment = commitments._shift_working_days(order, moment, transit)
            ready = self._to_local_day(order, moment)
            if ready > day:
                late[line] = ready
        return late

    # ----------------------------------------------------------------------------------
    # What is said of it
    # ----------------------------------------------------------------------------------

    def _word_too_early(self, day, late):
        names = [line.product_id.display_name for line in late]
        more = len(names) - _NAMED
        listed = ", ".join(names[:_NAMED])
        if more > 0:
            listed = self.env._(
                "%(articles)s and %(count)s more", articles=listed, count=more
            )
        return self.env._(
            "Asked for %(day)s: %(articles)s cannot leave before %(ready)s",
            day=format_date(self.env, day),
            articles=listed,
            ready=format_date(self.env, max(late.values())),
        )

    def _prepare_date_finding(self, order, name, possible, text):
        """Return the finding of a wrong date on the order itself.

        :param possible: the days of which the latest would be right
        """
        expected = max(possible, default=None)
        return Finding(
            order.id,
            text,
            field=name,
            seen=as_text(order[name]),
            expected=as_text(expected) or "",
        )
