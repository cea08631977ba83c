from odoo import fields, models


class AdvEntryErrorType(models.Model):
    """What an order can get wrong when it is entered, in the words of the trade."""

    _name = "adv.entry.error.type"
    _description = "Entry Error Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    level = fields.Selection(
        [("line", "Order line"), ("order", "Order")],
        required=True,
        default="line",
        help="What is wrong: one line, which then counts in the line error rate, or "
        "the order as a whole.",
    )
    minutes = fields.Integer(
        "Minutes to repair",
        default=15,
        aggregator=None,
        help="What an error of this type costs in working time, unless somebody "
        "corrects it on the error.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Each entry error type needs a code of its own."
    )
    _minutes_check = models.Constraint(
        "CHECK (minutes >= 0)", "The minutes to repair cannot be negative."
    )
