from odoo import fields, models


class AdvOrderConfirm(models.TransientModel):
    """Tells what became of each order that was to be confirmed."""

    _name = "adv.order.confirm"
    _description = "Orders Confirmed One by One"

    line_ids = fields.One2many("adv.order.confirm.line", "confirm_id", "Orders")
    confirmed_count = fields.Integer(readonly=True)
    left_count = fields.Integer("Not confirmed", readonly=True)


class AdvOrderConfirmLine(models.TransientModel):
    """What became of one order."""

    _name = "adv.order.confirm.line"
    _description = "Outcome of a Confirmation"

    confirm_id = fields.Many2one(
        "adv.order.confirm", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade")
    partner_id = fields.Many2one(related="order_id.partner_id")
    outcome = fields.Selection(
        [
            ("confirmed", "Confirmed"),
            ("parked", "Confirmed, parked"),
            ("stopped", "Stopped"),
            ("refused", "Refused"),
        ],
        required=True,
    )
    text = fields.Text("Why")

    def action_open(self):
        """Return the action that opens the order."""
        return self.order_id._get_records_action()
