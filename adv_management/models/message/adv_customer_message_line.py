from odoo import api, fields, models
from odoo.tools.misc import formatLang


class AdvCustomerMessageLine(models.Model):
    """One promised line as the customer was told of it: a snapshot, kept as sent."""

    _name = "adv.customer.message.line"
    _description = "Customer Message Line"
    _order = "sequence, id"

    message_id = fields.Many2one(
        "adv.customer.message",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    commitment_id = fields.Many2one(
        "adv.commitment", readonly=True, index="btree_not_null", ondelete="set null"
    )
    client_order_ref = fields.Char(related="order_id.client_order_ref")
    sequence = fields.Integer(default=10, readonly=True)
    name = fields.Char("Product", readonly=True)
    product_uom_qty = fields.Float("Quantity", digits="Product Unit", readonly=True)
    product_uom_id = fields.Many2one(
        "uom.uom", "Unit", readonly=True, ondelete="set null"
    )
    quantity = fields.Char("Quantity in Words", compute="_compute_quantity")
    date_promise = fields.Date("Previous Date", readonly=True)
    date_announced = fields.Date("New Date", readonly=True)

    @api.depends("product_uom_qty", "product_uom_id")
    @api.depends_context("lang")
    def _compute_quantity(self):
        """Write quantities as the reader does, decimals only where there are some."""
        most = self.env["decimal.precision"].precision_get("Product Unit")
        for line in self:
            digits = most if line.product_uom_qty % 1 else 0
            number = formatLang(self.env, line.product_uom_qty, digits=digits)
            line.quantity = f"{number} {line.product_uom_id.name or ''}".strip()
