from odoo import fields, models


class AdvControlTodo(models.Model):
    """A document that passed a checkpoint and waits to be judged by what stops nobody.

    Append-only for users' transactions, emptied by the scheduled action. Plain columns:
    a foreign key would lock the document while somebody works on it.
    """

    _name = "adv.control.todo"
    _description = "Document to Check"
    _log_access = False

    model = fields.Char()
    res_id = fields.Integer()
    checkpoint = fields.Char()
    user_id = fields.Integer(help="Who passed the checkpoint.")
    date = fields.Datetime()
