from odoo import fields, models


class AdvCommitmentTodo(models.Model):
    """What changed and waits to be measured again: an order line, or a product.

    A row of a product stands for all open lines that may wait for it. Append-only for
    users' transactions, emptied by the engine. Plain integers instead of many2one
    fields: a foreign key would lock the order line while it is being worked on.
    """

    _name = "adv.commitment.todo"
    _description = "Commitment to Refresh"
    _log_access = False

    sale_line_id = fields.Integer()
    product_id = fields.Integer()
    user_id = fields.Integer(help="Who caused the change.")
    date_seen = fields.Datetime(help="When the change reached the database.")
    date_due = fields.Datetime(help="Not to be taken before.")
    # What tells later which of several changes it was
    line_qty = fields.Float("Quantity Noted", digits="Product Unit")
    order_state = fields.Char("State Noted")
