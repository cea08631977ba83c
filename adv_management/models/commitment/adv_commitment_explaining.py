from odoo import api, fields, models
from odoo.fields import Domain

_OPEN_MOVES = ("draft", "waiting", "confirmed", "partially_available", "assigned")
_SHORT = ("draft", "confirmed", "partially_available")
# From the worst to the best news about goods that have not left.
_READINESS = {
    "draft": 0,
    "confirmed": 1,
    "partially_available": 2,
    "waiting": 3,
    "assigned": 4,
}
_CALL_ORDER = ("late_working_days:max", "amount_open:sum")
# As Odoo's colours go: red, orange, yellow, blue, green, grey.
_COLORS = {
    "late": 1,
    "will_be_late": 2,
    "at_risk": 3,
    "unpromised": 4,
    "on_time": 10,
    "delivered": 7,
    "cancelled": 12,
}


class AdvCommitmentExplaining(models.AbstractModel):
    """Says in words how a promise stands and why, for whoever calls the customer.

    Nothing here is stored: it is read for the rows on the screen, in a fixed number of
    queries, whatever their number.
    """

    _name = "adv.commitment.explaining"
    _description = "Commitments in Words"

    explanation = fields.Text(
        compute="_compute_explanation",
        help="What was promised, what is still to deliver, what it waits for.",
    )
    status_color = fields.Integer(compute="_compute_status_color")
    contact_phone = fields.Char("Phone", compute="_compute_contact")
    contact_email = fields.Char("E-mail", compute="_compute_contact")

    # ----------------------------------------------------------------------------------
    # Fields
    # ----------------------------------------------------------------------------------

    @api.depends("status")
    def _compute_status_color(self):
        for commitment in self:
            commitment.status_color = _COLORS.get(commitment.status, 0)

    @api.depends(
        "order_id.partner_id.phone",
        "order_id.partner_id.email",
        "partner_id.phone",
        "partner_id.email",
    )
    def _compute_contact(self):
        for commitment in self:
            contact, customer = commitment.order_id.partner_id, commitment.partner_id
            commitment.contact_phone = contact.phone or customer.phone
            commitment.contact_email = contact.email or customer.email

    @api.depends(
        "status",
        "date_promise",
        "date_predicted",
        "date_announced",
        "qty_open",
        "delay_working_days",
    )
    @api.depends_context("lang")
    def _compute_explanation(self):
        # sudo: whoever may read the promise may know which transfer it waits for; only
        # references, dates and quantities of transfers are shown, no prices.
        commitments = self.sudo()
        steps = commitments._get_next_steps()
        receipts = commitments._get_next_receipts(steps)
        changes = commitments._get_postponements()
        for commitment, facts in zip(self, commitments, strict=True):
            sentences = facts._explain(steps, receipts, changes)
            commitment.explanation = " ".join(filter(None, sentences))

    @api.model
    @api.readonly
    def web_read_group(
        self,
        domain,
        groupby,
        aggregates=(),
        limit=None,
        offset=0,
        order=None,
        **kwargs,
    ):
        """Have the worst customer first in every view of the list of calls.

        Groups can be ordered only by what is aggregated, and a kanban asks for nothing.
        """
        if self.env.context.get("adv_call_list"):
            aggregates = list(dict.fromkeys([*aggregates, *_CALL_ORDER]))
        return super().web_read_group(
            domain, groupby, aggregates, limit, offset, order, **kwargs
        )

    @api.model
    @api.readonly
    def formatted_read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        """Show the phone number beside the customer on a list of calls."""
        groups = super().formatted_read_group(
            domain, groupby, aggregates, having, offset, limit, order
        )
        if self.env.context.get("adv_call_list") and "partner_id" in groupby:
            self._add_phones([group for group in groups if group["partner_id"]])
        return groups

    @api.model
    def _add_phones(self, groups):
        ids = [group["partner_id"][0] for group in groups]
        phones = {
            partner.id: partner.phone
            for partner in self.env["res.partner"].browse(ids)
            if partner.phone
        }
        for group in groups:
            partner_id, name = group["partner_id"]
            if partner_id in phones:
                group["partner_id"] = (partner_id, f"{name} · {phones[partner_id]}")

    # ----------------------------------------------------------------------------------
    # What the words are made of, for all rows at once
    # ----------------------------------------------------------------------------------

    def _get_next_steps(self):
        """Return ``{order line: open move}``: what happens next, the worst news."""
        moves = self.env["stock.move"].search_fetch(
            Domain("sale_line_id", "in", self.filtered("qty_open").sale_line_id.ids)
            & Domain("state", "in", _OPEN_MOVES)
            & Domain("location_dest_usage", "!=", "supplier")
            & Domain("location_usage", "!=", "customer"),
            [
                "sale_line_id",
                "state",
                "date",
                "picking_id",
                "reference",
                "product_uom_qty",
                "quantity",
                "move_orig_ids",
            ],
        )
        steps = {}
        for line, same in moves.grouped("sale_line_id").items():
            first = same.filtered(lambda move, own=same: not move.move_orig_ids & own)
            worst = (first or same).sorted(
                lambda move: (_READINESS[move.state], move.date)
            )[0]
            steps[line] = worst.with_prefetch(moves.ids)
        return steps

    def _get_next_receipts(self, steps):
        """Return ``{move: incoming move}``: the supply that missing goods wait for.

        What a move was ordered for, else the product's next receipt at its warehouse.
        """
        moves = self.env["stock.move"].union(*steps.values())
        receipts = {
            move: move.move_orig_ids.filtered(
                lambda orig: orig.state in _OPEN_MOVES
            ).sorted("date")[:1]
            for move in moves.filtered(lambda move: move.state == "waiting")
        }
        short = moves.filtered(lambda move: move.state in _SHORT)
        coming = self._get_coming(short.product_id) if short else {}
        for move in short:
            place = (move.product_id, move.location_id.warehouse_id)
            receipts[move] = coming.get(place, moves.browse())
        found = moves.union(*receipts.values()).ids
        return {
            move: receipt.with_prefetch(found) for move, receipt in receipts.items()
        }

    def _get_coming(self, products):
        """Return ``{(product, warehouse): incoming move}``, the earliest of each."""
        moves = self.env["stock.move"].search_fetch(
            Domain("product_id", "in", products.ids)
            & Domain("state", "in", _OPEN_MOVES)
            & Domain("picking_code", "=", "incoming")
            & Domain("location_usage", "!=", "customer"),
            ["product_id", "date", "picking_id", "reference", "location_dest_id"],
            order="date, id",
        )
        coming = {}
        for move in moves:
            place = (move.product_id, move.location_dest_id.warehouse_id)
            coming.setdefault(place, move)
        return coming

    def _get_postponements(self):
        """Return ``{commitment: revision}``: the last date set without the customer."""
        revisions = self.env["adv.commitment.revision"].search(
            Domain("commitment_id", "in", self.ids) & Domain("kind", "=", "date"),
            order="id",
        )
        last = {revision.commitment_id: revision for revision in revisions}
        return {
            commitment: revision
            for commitment, revision in last.items()
            if not revision.is_accepted
        }
