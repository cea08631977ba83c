from odoo import api, fields, models
from odoo.tools import SQL

from ..models.kpi.adv_kpi_fact import rate_field


class AdvPromiseReport(models.Model):
    """What we promise against what we do: one row per delivered line.

    Against the first promise. Days are calendar days from the confirmation, delays are
    working days as the ledger counts them. The supplier is the product's first vendor.
    """

    _name = "adv.promise.report"
    _inherit = "adv.kpi.fact"
    _description = "Promise Realism"
    _auto = False
    _order = "date_delivered desc, id desc"
    _rec_name = "commitment_id"
    _depends = {
        "adv.commitment": [
            "order_id",
            "product_id",
            "partner_id",
            "team_id",
            "adv_user_id",
            "company_id",
            "date_confirmed",
            "date_first_promise",
            "date_delivered",
            "first_delay_working_days",
            "first_on_time_count",
            "status",
        ],
        "product.product": ["product_tmpl_id"],
        "product.supplierinfo": [
            "partner_id",
            "product_id",
            "product_tmpl_id",
            "company_id",
            "sequence",
        ],
    }

    commitment_id = fields.Many2one("adv.commitment", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    supplier_id = fields.Many2one("res.partner", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    adv_user_id = fields.Many2one("res.users", "Order Desk Owner", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_confirmed = fields.Date("Confirmed on", readonly=True)
    date_first_promise = fields.Date("First Promise", readonly=True)
    date_delivered = fields.Date("Delivered on", readonly=True)
    lead_promised_days = fields.Integer(
        "Days Promised",
        readonly=True,
        aggregator="avg",
        help="From the confirmation to the first promise.",
    )
    lead_real_days = fields.Integer(
        "Days Taken",
        readonly=True,
        aggregator="avg",
        help="From the confirmation to the delivery.",
    )
    delay_working_days = fields.Float(
        "Mean Delay (working days)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Against the first promise; early deliveries are negative.",
    )
    delay_median = fields.Float(
        "Median Delay (working days)",
        readonly=True,
        aggregator="avg",
        help="Half of the lines were delivered sooner: a few very late lines do not "
        "change it.",
    )
    kept_share = fields.Float(
        "Promises Kept",
        readonly=True,
        aggregator="avg",
        help="Share of the lines delivered by the first promise.",
    )

    promise_realism = rate_field("promise_realism")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT commitment.id, commitment.id AS commitment_id, commitment.order_id,
                   commitment.product_id, vendor.partner_id AS supplier_id,
                   commitment.partner_id, commitment.team_id, commitment.adv_user_id,
                   commitment.company_id, commitment.date_confirmed,
                   commitment.date_first_promise, commitment.date_delivered,
                   commitment.date_first_promise - commitment.date_confirmed
                       AS lead_promised_days,
                   commitment.date_delivered - commitment.date_confirmed
                       AS lead_real_days,
                   commitment.first_delay_working_days AS delay_working_days,
                   commitment.first_delay_working_days::float8 AS delay_median,
                   commitment.first_on_time_count::float8 AS kept_share
              FROM adv_commitment commitment
         LEFT JOIN (SELECT DISTINCT ON (company.id, product.id)
                           company.id AS company_id, product.id AS product_id,
                           info.partner_id
                      FROM product_supplierinfo info
                      JOIN product_product product
                        ON product.product_tmpl_id = info.product_tmpl_id
                       AND product.id = COALESCE(info.product_id, product.id)
                      JOIN res_company company
                        ON company.id = COALESCE(info.company_id, company.id)
                  ORDER BY company.id, product.id, info.sequence, info.id) vendor
                ON vendor.product_id = commitment.product_id
               AND vendor.company_id = commitment.company_id
             WHERE commitment.status = 'delivered'
               AND commitment.date_first_promise >= commitment.date_confirmed
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != "delay_median:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)",
            self._field_to_sql(self._table, "delay_median", query),
        )

    @api.depends("commitment_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.commitment_id.display_name
