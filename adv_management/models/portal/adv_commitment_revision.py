from odoo import fields, models


class AdvCommitmentRevision(models.Model):
    """A promise that a customer changed by his link names the answer as its proof."""

    _name = "adv.commitment.revision"
    _inherit = ["adv.commitment.revision"]

    source = fields.Selection(
        selection_add=[("portal", "Answer of the customer")],
        ondelete={"portal": "cascade"},
    )
    answer_id = fields.Many2one(
        "adv.customer.answer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
