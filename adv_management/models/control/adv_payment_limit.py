from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.payment_limits import (
    DECADE,
    MONTH,
    MONTH_END,
    NET,
    Ceiling,
    latest_of,
)

GENERAL = "general"
PUBLIC = "public"
SECTOR = "sector"

_PERIODS = [
    (NET, "Days net"),
    (DECADE, "Days after the ten-day period"),
    (MONTH, "Days after the end of the month"),
    (MONTH_END, "Days end of month"),
]


class AdvPaymentLimit(models.Model):
    """How late an invoice may fall due by law: the general rule, that of public buyers,
    and those of the sectors that have their own.
    """

    _name = "adv.payment.limit"
    _description = "Legal Payment Limit"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty for a limit that holds for all companies."
    )
    country_id = fields.Many2one(
        "res.country",
        required=True,
        help="The law of this country: it holds where seller and customer are both "
        "there.",
    )
    kind = fields.Selection(
        [(GENERAL, "General rule"), (PUBLIC, "Public buyers"), (SECTOR, "Sector")],
        "Holds for",
        required=True,
        default=SECTOR,
        help="A sector's limit holds for the customers and the product categories that "
        "name it.",
    )
    start = fields.Selection(
        [("invoice", "Invoice date"), ("delivery", "Delivery")],
        "Counted from",
        required=True,
        default="invoice",
    )
    days = fields.Integer("Limit", required=True)
    period = fields.Selection(_PERIODS, "Limit counts", required=True, default=NET)
    other_days = fields.Integer(
        "Or else",
        help="A second way to count that the law allows as well: the later of both "
        "days is the limit. 0: there is none.",
    )
    other_period = fields.Selection(_PERIODS, "Second way counts")
    is_other_by_contract = fields.Boolean(
        "Only by contract",
        help="The second way to count holds only for customers in whose contract it is "
        "written.",
    )
    periodic_days = fields.Integer(
        "Periodic invoice",
        help="The limit of an invoice for the deliveries of a month. 0: the same "
        "limit.",
    )
    periodic_period = fields.Selection(_PERIODS, "Periodic invoice counts")
    source = fields.Char("Legal source", help="The article that sets the limit.")

    _days_positive = models.Constraint(
        "CHECK (days >= 0 AND coalesce(other_days, 0) >= 0"
        " AND coalesce(periodic_days, 0) >= 0)",
        "A payment limit is a number of days from 0 on.",
    )

    @api.constrains("other_days", "other_period", "periodic_days", "periodic_period")
    def _check_periods(self):
        for limit in self:
            if (limit.other_days and not limit.other_period) or (
                limit.periodic_days and not limit.periodic_period
            ):
                raise ValidationError(
                    self.env._(
                        "%(limit)s: say how these days are counted, net or from the "
                        "end of a period.",
                        limit=limit.display_name,
                    )
                )

    def _get_ceilings(self, *, is_periodic=False, has_contract=False):
        """Return the ways to count that hold for an invoice; the latest day counts."""
        self.ensure_one()
        if is_periodic and self.periodic_days:
            return [Ceiling(self.periodic_days, self.periodic_period)]
        ceilings = [Ceiling(self.days, self.period)]
        if self.other_days and (has_contract or not self.is_other_by_contract):
            ceilings.append(Ceiling(self.other_days, self.other_period))
        return ceilings

    def _get_latest_day(self, invoiced, delivered, **case):
        """Return the last day on which the invoice may fall due.

        :param invoiced, delivered: local dates, known or expected
        :param case: see ``_get_ceilings``
        """
        start = delivered if self.start == "delivery" else invoiced
        return latest_of(self._get_ceilings(**case), start)
