from odoo import fields, models
from odoo.tools import SQL

from ..models.commitment.adv_commitment_engine import OPEN_STATUSES
from ..models.commitment.clock import zone_sql

_PLANNED = ("waiting", "confirmed", "partially_available", "assigned")


class AdvDemandReport(models.Model):
    """What may be sold soon, beside what is promised, on the shelf and coming in.

    One row per product, week, warehouse and kind of quantity, in the product's unit.
    Weeks are those of ISO 8601 on the warehouse's own clock; what is overdue is in the
    present one, and so is what lies on the shelf.
    """

    _name = "adv.demand.report"
    _description = "Demand by Product and Week"
    _auto = False
    _order = "product_id, date_week, kind"
    _rec_name = "product_id"
    _depends = {
        "sale.order": [
            "state",
            "commitment_date",
            "validity_date",
            "warehouse_id",
            "company_id",
        ],
        "sale.order.line": [
            "order_id",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "customer_lead",
            "display_type",
            "is_downpayment",
            "is_expense",
        ],
        "adv.commitment": [
            "product_id",
            "qty_open",
            "date_promise",
            "status",
            "warehouse_id",
        ],
        "stock.move": ["product_id", "product_qty", "state", "date", "location_id"],
        "stock.quant": ["product_id", "quantity", "location_id"],
        "stock.location": ["usage", "warehouse_id"],
        "uom.uom": ["factor"],
    }

    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Product Category", readonly=True)
    product_uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    date_week = fields.Date("Week of", readonly=True, help="The Monday of the week.")
    week = fields.Char(readonly=True, help="Year and number of the week (ISO 8601).")
    kind = fields.Selection(
        [
            ("quotation", "Open quotations"),
            ("confirmed", "Confirmed demand"),
            ("on_hand", "On hand"),
            ("incoming", "Incoming"),
        ],
        readonly=True,
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    qty_quotation = fields.Float("Quoted", digits="Product Unit", readonly=True)
    qty_confirmed = fields.Float("Confirmed", digits="Product Unit", readonly=True)
    qty_on_hand = fields.Float("On Hand", digits="Product Unit", readonly=True)
    qty_incoming = fields.Float("Incoming", digits="Product Unit", readonly=True)
    is_quoted = fields.Boolean(
        "Quoted Product", readonly=True, help="Some open quotation offers the product."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH clock AS MATERIALIZED (%s), week AS (%s)
            SELECT ROW_NUMBER() OVER (
                       ORDER BY week.company_id, week.product_id, week.date_week,
                                week.kind, week.warehouse_id) AS id,
                   week.*,
                   to_char(week.date_week, 'IYYY-"W"IW') AS week,
                   template.categ_id, template.uom_id AS product_uom_id,
                   %s,
                   bool_or(week.kind = 'quotation')
                       OVER (PARTITION BY week.company_id, week.product_id)
                       AS is_quoted
              FROM week
              JOIN product_product product ON product.id = week.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE week.quantity != 0
            """,
            zone_sql(fields.Datetime.now()),
            self._weeks(),
            self._columns(),
        )

    def _columns(self) -> SQL:
        """Return a column for each kind, so that they stand side by side and add up."""
        return SQL(", ").join(
            SQL(
                "CASE week.kind WHEN %s THEN week.quantity ELSE 0 END AS %s",
                kind,
                SQL.identifier(f"qty_{kind}"),
            )
            for kind, _label in self._fields["kind"].selection
        )

    def _weeks(self) -> SQL:
        """Return the quantities of each kind by week, the past in the present one."""
        flows = (
            self._quotations(),
            self._promises(),
            self._stock(),
            self._receipts(),
        )
        return SQL(
            """
            SELECT flow.kind, flow.product_id, flow.company_id, flow.warehouse_id,
                   date_trunc('week', GREATEST(flow.day, clock.today))::date
                       AS date_week,
                   SUM(flow.quantity) AS quantity
              FROM (%s) flow
              JOIN clock ON clock.company_id = flow.company_id
               AND clock.warehouse_id = COALESCE(flow.warehouse_id, 0)
          GROUP BY 1, 2, 3, 4, 5
            """,
            SQL(" UNION ALL ").join(flows),
        )

    def _quotations(self) -> SQL:
        """Return what is offered and may still be accepted.

        Wanted on the quotation's delivery date, else after its lead time from today, as
        Odoo expects it.
        """
        return SQL(
            """
            SELECT 'quotation' AS kind, line.product_id, sale.company_id,
                   warehouse.id AS warehouse_id,
                   COALESCE((sale.commitment_date AT TIME ZONE 'UTC'
                                 AT TIME ZONE clock.zone)::date,
                            clock.today + COALESCE(line.customer_lead, 0)::int) AS day,
                   line.product_uom_qty * unit.factor / product_unit.factor AS quantity
              FROM sale_order_line line
              JOIN sale_order sale ON sale.id = line.order_id
         LEFT JOIN stock_warehouse warehouse ON warehouse.id = sale.warehouse_id
               AND warehouse.company_id = sale.company_id
              JOIN clock ON clock.company_id = sale.company_id
               AND clock.warehouse_id = COALESCE(warehouse.id, 0)
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
               AND template.type = 'consu'
              JOIN uom_uom unit ON unit.id = line.product_uom_id
              JOIN uom_uom product_unit ON product_unit.id = template.uom_id
             WHERE sale.state IN ('draft', 'sent')
               AND (sale.validity_date IS NULL OR sale.validity_date >= clock.today)
               AND line.display_type IS NULL
               AND line.is_downpayment IS NOT TRUE
               AND line.is_expense IS NOT TRUE
               AND line.product_uom_qty > 0
            """
        )

    def _promises(self) -> SQL:
        """Return what is promised and still to deliver; without a date, now."""
        return SQL(
            """
            SELECT 'confirmed', product_id, company_id, warehouse_id,
                   date_promise, qty_open
              FROM adv_commitment
             WHERE status IN %s
            """,
            OPEN_STATUSES,
        )

    def _stock(self) -> SQL:
        """Return what lies in the warehouses, reserved or not."""
        return SQL(
            """
            SELECT 'on_hand', quant.product_id, warehouse.company_id, warehouse.id,
                   NULL::date, quant.quantity
              FROM stock_quant quant
              JOIN stock_location location ON location.id = quant.location_id
               AND location.usage = 'internal'
              JOIN stock_warehouse warehouse ON warehouse.id = location.warehouse_id
            """
        )

    def _receipts(self) -> SQL:
        """Return what is planned to come in, drafts left out."""
        return SQL(
            """
            SELECT 'incoming', move.product_id, warehouse.company_id, warehouse.id,
                   (move.date AT TIME ZONE 'UTC' AT TIME ZONE clock.zone)::date,
                   move.product_qty
              FROM stock_move move
              JOIN stock_location source ON source.id = move.location_id
               AND source.usage IN ('supplier', 'production', 'transit')
              JOIN stock_location place ON place.id = move.location_dest_id
               AND place.usage = 'internal'
              JOIN stock_warehouse warehouse ON warehouse.id = place.warehouse_id
              JOIN clock ON clock.company_id = warehouse.company_id
               AND clock.warehouse_id = warehouse.id
             WHERE move.state IN %s
            """,
            _PLANNED,
        )
