from odoo import fields, models


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
    company_id = fields.Many2one(related="message_id.company_id")
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    commitment_id = fields.Many2one(
        "adv.commitment", readonly=True, index="btree_not_null", ondelete="set null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Product", readonly=True)
    product_uom_qty = fields.Float("Quantity", digits="Product Unit", readonly=True)
    date_promise = fields.Date("Previous Date", readonly=True)
    date_announced = fields.Date("New Date", readonly=True)
