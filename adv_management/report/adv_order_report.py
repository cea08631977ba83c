from odoo import api, fields, models
from odoo.tools import SQL

from ..models.kpi.adv_kpi_fact import rate_field

# What no hand of the desk has typed: counted apart. No channel counts as by hand.
MACHINE_CHANNELS = ("portal", "website", "edi", "pos", "import")


class AdvOrderReport(models.Model):
    """How well orders are entered: one row per order that was ever confirmed.

    Placed on the day of its first confirmation and counted as it was then; what is
    cancelled later stays. Errors are those that somebody confirmed: *escaped* ones were
    found after the confirmation and are the desk's own, *caught* ones before.
    """

    _name = "adv.order.report"
    _inherit = ["adv.kpi.fact", "adv.kpi.nameless"]
    _description = "Order Entry"
    _auto = False
    _order = "date_confirmed_local desc, id desc"
    _rec_name = "order_id"
    _depends = {
        "adv.order.confirmation": ["order_id", "date_confirmed_local", "line_count"],
        "sale.order": [
            "company_id",
            "partner_id",
            "team_id",
            "adv_user_id",
            "adv_channel",
            "adv_date_received",
        ],
        "res.partner": ["commercial_partner_id"],
        "adv.entry.error": [
            "order_id",
            "line_key",
            "type_id",
            "escaped_count",
            "caught_count",
        ],
        "adv.entry.error.type": ["level"],
    }

    order_id = fields.Many2one("sale.order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, help="The company that buys."
    )
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    adv_user_id = fields.Many2one("res.users", "Order Desk Owner", readonly=True)
    channel = fields.Selection(
        selection=lambda self: self.env["sale.order"]._fields["adv_channel"].selection,
        readonly=True,
    )
    is_manual = fields.Boolean(
        "Entered by Hand",
        readonly=True,
        help="Not by the portal, the website, an import, EDI or a point of sale. "
        "Orders of which the channel is not known count as entered by hand.",
    )
    date_confirmed_local = fields.Date(
        "First Confirmed on", readonly=True, help="The day on the company's own clock."
    )
    date_received = fields.Datetime("Received on", readonly=True)
    order_count = fields.Integer("Orders", readonly=True)
    line_count = fields.Integer(
        "Product Lines", readonly=True, help="As they were at the first confirmation."
    )
    error_order_count = fields.Integer("Orders with Errors", readonly=True)
    error_line_count = fields.Integer(
        "Lines with Errors",
        readonly=True,
        help="A line with several errors counts once.",
    )
    error_count = fields.Integer(
        "Errors",
        readonly=True,
        help="Entry errors of the desk found after the confirmation.",
    )
    caught_count = fields.Integer(
        "Errors Caught",
        readonly=True,
        help="Entry errors found before the confirmation.",
    )
    right_first_time_count = fields.Integer(
        "Orders without Error",
        readonly=True,
        help="No entry error was found, neither before nor after the confirmation.",
    )

    order_error_rate = rate_field("order_error_rate")
    line_error_rate = rate_field("line_error_rate")
    errors_per_hundred_orders = rate_field("errors_per_hundred_orders")
    right_first_time_rate = rate_field("right_first_time_rate")

    @property
    def _table_query(self):
        # The errors are few beside the orders, and found by an index of their own.
        return SQL(
            """
            SELECT confirmation.id, confirmation.order_id, sale.company_id,
                   customer.commercial_partner_id AS partner_id, sale.team_id,
                   sale.adv_user_id, sale.adv_channel AS channel,
                   COALESCE(sale.adv_channel, 'manual') NOT IN %(machines)s
                       AS is_manual,
                   confirmation.date_confirmed_local,
                   sale.adv_date_received AS date_received,
                   1 AS order_count,
                   COALESCE(confirmation.line_count, 0) AS line_count,
                   LEAST(COALESCE(error.escaped, 0), 1) AS error_order_count,
                   COALESCE(error.lines, 0) AS error_line_count,
                   COALESCE(error.escaped, 0) AS error_count,
                   COALESCE(error.caught, 0) AS caught_count,
                   (error.order_id IS NULL)::int AS right_first_time_count
              FROM adv_order_confirmation confirmation
              JOIN sale_order sale ON sale.id = confirmation.order_id
         LEFT JOIN res_partner customer ON customer.id = sale.partner_id
         LEFT JOIN (%(errors)s) error ON error.order_id = confirmation.order_id
            """,
            machines=MACHINE_CHANNELS,
            errors=self._get_error_query(),
        )

    @api.model
    def _get_error_query(self):
        """Return the errors that count by order; lines deleted since count too."""
        return SQL(
            """
            SELECT found.order_id,
                   SUM(found.escaped_count)::int AS escaped,
                   SUM(found.caught_count)::int AS caught,
                   (COUNT(DISTINCT found.line_key) FILTER (
                       WHERE found.escaped_count = 1 AND kind.level = 'line'
                   ))::int AS lines
              FROM adv_entry_error found
              JOIN adv_entry_error_type kind ON kind.id = found.type_id
             WHERE found.escaped_count = 1 OR found.caught_count = 1
             GROUP BY found.order_id
            """
        )

    @api.depends("order_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.order_id.display_name

    def action_open_order(self):
        """Return the action that opens these orders."""
        return self.order_id._get_records_action()
