import pytz

from odoo import api, fields, models

from .clock import calendar_of, shift_open_days, zone_of


class AdvCommitmentTransit(models.AbstractModel):
    """Promises of arrival: what must arrive by a day has to leave before.

    A company promises departures unless its settings say otherwise. Basis and transit
    are frozen with the promise; rates never mix what was not promised alike without
    saying so.
    """

    _name = "adv.commitment.transit"
    _description = "Transit of Commitments"

    basis = fields.Selection(
        [("departure", "Departure"), ("arrival", "Arrival")],
        "Promise of",
        readonly=True,
        help="What the promised day stands for: that the goods leave, or that they "
        "arrive.",
    )
    transit_days = fields.Integer(
        "Transit (working days)", readonly=True, aggregator="avg"
    )
    date_to_leave = fields.Date(
        "To Leave by",
        readonly=True,
        help="The last day on which the goods can leave to arrive by the promise.",
    )

    @api.model
    def _get_transit_days(self, order):
        """Return the working days that an order's goods travel to its customer.

        :return: None when the company promises departures
        """
        # sudo: whoever sells need not read the company's settings and zones.
        order = order.sudo()
        company = order.company_id
        if company.adv_promise_basis != "arrival":
            return None
        zones = order.env["adv.transit.zone"]
        days = zones._get_days(order.partner_shipping_id, company)
        return company.adv_transit_days if days is None else days

    @api.model
    def _shift_working_days(self, order, moment, days):
        """Return a naive UTC time, working days of the order's warehouse later.

        The local time of day stays. With negative days the time is earlier.
        """
        company = order.sudo().company_id
        calendar = calendar_of(company, order.sudo().warehouse_id)
        zone = pytz.timezone(zone_of(company, calendar))
        local = pytz.utc.localize(moment).astimezone(zone)
        day = shift_open_days(calendar, company, local.date(), days)
        shifted = zone.localize(local.replace(tzinfo=None) + (day - local.date()))
        return shifted.astimezone(pytz.utc).replace(tzinfo=None)

    def _to_departure(self, day):
        """Return the last local day on which goods promised for ``day`` may leave."""
        company = self.company_id
        calendar = calendar_of(company, self.warehouse_id)
        return shift_open_days(calendar, company, day, -self.transit_days)
