from odoo import api, fields, models
from odoo.exceptions import UserError

from . import queries


class AdvCommitmentRevision(models.Model):
    """One change of a promise: append-only, so that no rate can be gamed.

    Dates: only what the customer asked for or accepted moves the promise. Quantities:
    what the customer asked for changes what was ordered; what we cut ourselves does
    not. Causes that people chose and dates that they told stand here as well.
    """

    _name = "adv.commitment.revision"
    _description = "Commitment Revision"
    _order = "date_effective desc, id desc"

    commitment_id = fields.Many2one(
        "adv.commitment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    product_id = fields.Many2one(related="commitment_id.product_id")
    kind = fields.Selection(
        [
            ("date", "Date"),
            ("quantity", "Quantity"),
            ("cause", "Cause"),
            ("announced", "Announced date"),
        ],
        required=True,
        readonly=True,
    )
    origin = fields.Selection(
        [("customer", "Customer"), ("internal", "Internal")],
        required=True,
        readonly=True,
        help="Who wanted the change.",
    )
    is_accepted = fields.Boolean("Accepted by the Customer", readonly=True)
    proof = fields.Selection(
        [("mail", "E-mail"), ("portal", "Portal"), ("call", "Call note")],
        readonly=True,
        help="How the customer asked for or accepted the change.",
    )
    source = fields.Selection(
        [
            ("wizard", "Change promise"),
            ("order", "Delivery date changed on the order"),
            ("reconfirmed", "Order confirmed again"),
            ("increase", "Quantity raised on the order"),
            ("decrease", "Quantity lowered on the order"),
            ("rest_cancelled", "Rest cancelled"),
            ("order_cancelled", "Order cancelled"),
            ("restored", "Cut taken back"),
            ("reclassified", "Reclassified"),
            ("cause", "Cause chosen"),
            ("announced", "Date told to the customer"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    date_old = fields.Date("Previous Date", readonly=True)
    date_new = fields.Date("New Date", readonly=True)
    qty_delta = fields.Float("Quantity Change", digits="Product Unit", readonly=True)
    date_effective = fields.Date(
        "Changed on", required=True, readonly=True, help="Local date of the change."
    )
    cause_id = fields.Many2one(
        "adv.delay.cause",
        "Chosen Cause",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one("res.users", "Changed by", readonly=True)
    is_pending = fields.Boolean(
        readonly=True, help="The promise does not show this change yet."
    )

    _pending_idx = models.Index("(commitment_id) WHERE is_pending")

    def write(self, vals):
        """Refuse: a history that can be edited proves nothing."""
        if vals:
            raise UserError(
                self.env._(
                    "The history of a promise cannot be changed. Record a new change "
                    "instead."
                )
            )
        return super().write(vals)

    @api.depends("commitment_id", "date_effective")
    def _compute_display_name(self):
        for revision in self:
            revision.display_name = (
                f"{revision.commitment_id.display_name} ({revision.date_effective})"
            )

    def action_reclassify_as_customer(self):
        """Record that the customer asked for these cuts: they lower what was ordered.

        Two rows are appended for each cut, on the day of the cut: one that takes the
        internal cut back, one in the customer's name.

        :raise UserError: if a revision is not an internal cut, or no longer one
        """
        commitments = self.commitment_id
        commitments.check_access("write")
        if any(
            cut.kind != "quantity" or cut.origin != "internal" or cut.qty_delta >= 0
            for cut in self
        ):
            raise UserError(
                self.env._(
                    "Only a cut that counts as ours can be put in the customer's name."
                )
            )
        if any(
            not cuts._is_still_ours() for cuts in self.grouped("commitment_id").values()
        ):
            raise UserError(
                self.env._(
                    "This cut was taken back or is in the customer's name already."
                )
            )
        # Of two who do so at once the second is refused by the database and asked again
        # by Odoo: then he finds it done.
        self.env.cr.execute(queries.settle_decisions(self.ids), log_exceptions=False)
        # sudo: nobody may write the history by hand; the caller's right on the
        # commitments has just been checked and the values come from the rows
        # themselves. Measuring reads moves and calendars the user need not see.
        self.sudo().create(
            [vals for cut in self for vals in cut._prepare_reclassification_vals()]
        )
        commitments._touch(commitments.sale_line_id.ids)
        commitments.sudo()._measure_now(commitments.sale_line_id.ids)
        return True

    def _is_still_ours(self):
        """Return whether these cuts of one commitment have not been taken back
        meanwhile.
        """
        history = self.commitment_id.revision_ids.filtered(
            lambda revision: revision.origin == "internal"
        )
        return sum(history.mapped("qty_delta")) <= sum(self.mapped("qty_delta"))

    def _prepare_reclassification_vals(self):
        self.ensure_one()
        common = {
            "commitment_id": self.commitment_id.id,
            "order_id": self.order_id.id,
            "company_id": self.company_id.id,
            "kind": "quantity",
            "source": "reclassified",
            "date_effective": self.date_effective,
            "user_id": self.env.uid,
        }
        return [
            {**common, "origin": "internal", "qty_delta": -self.qty_delta},
            {
                **common,
                "origin": "customer",
                "is_accepted": True,
                "qty_delta": self.qty_delta,
            },
        ]
