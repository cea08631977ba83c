from odoo import fields, models


class AdvCommitmentTodo(models.Model):
    """Order lines whose facts changed and whose commitment waits to be measured again.

    Append-only for users' transactions, emptied by the engine. Plain integers instead
    of many2one fields: a foreign key would lock the order line while it is being worked
    on.
    """

    _name = "adv.commitment.todo"
    _description = "Commitment to Refresh"
    _log_access = False

    sale_line_id = fields.Integer(required=True)
    user_id = fields.Integer(help="Who caused the change.")
    date_seen = fields.Datetime(
        required=True, help="When the change reached the database."
    )
