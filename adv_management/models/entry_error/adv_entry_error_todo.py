from odoo import fields, models


class AdvEntryErrorTodo(models.Model):
    """What the job has to look through for entry errors: a corrected order, a credit
    note, a return.

    Written with the change itself and taken by the scheduled action after its commit,
    so that nobody waits and nothing is looked at twice.
    """

    _name = "adv.entry.error.todo"
    _description = "Document to Look Through for Entry Errors"
    _log_access = False
    _rec_name = "id"

    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    move_id = fields.Many2one(
        "account.move",
        "Credit note",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        "Return",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    date_due = fields.Datetime(
        "Not before",
        readonly=True,
        help="What could not be looked through is tried again then.",
    )
