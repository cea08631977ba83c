from bisect import bisect_left, bisect_right

from odoo import api, fields, models
from odoo.fields import Domain

from .clock import MARGIN, MAX_SPAN, _open_days, calendar_of
from .queries.facts import OPEN_STATES

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
        "evidence_move_id",
    )
    @api.depends_context("lang")
    def _compute_explanation(self):
        # sudo: whoever may read the promise may know which transfer it waits for; only
        # references, dates and quantities of transfers are shown, no prices.
        commitments = self.sudo()
        mates = commitments._get_latest_mates()
        goods = commitments.union(*mates.values())._get_goods()
        changes = commitments._get_changes()
        slips = commitments._get_slips()
        planned = commitments._get_planned()
        for commitment, facts in zip(self, commitments, strict=True):
            mate = mates.get(facts, facts)
            sentences = facts._explain(
                mate,
                goods[mate],
                changes.get(facts),
                slips.get(facts),
                planned.get((facts.sale_line_id, facts.product_id), 0),
            )
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

    def _get_slips(self):
        """Return ``{commitment: working days}`` that predictions exceed promises by."""
        slipping = self.filtered(
            lambda each: each.status == "will_be_late" and each.date_predicted
        )
        # the next open day after a promise on a closed one is still in time
        return {
            commitment: bisect_right(opens, commitment.date_predicted)
            - bisect_left(opens, commitment.date_promise)
            - 1
            for commitment, opens in slipping._get_open_days().items()
        }

    def _get_open_days(self):
        """Return ``{commitment: open days in order}``, around promise and prediction.

        Commitments without a calendar, or with dates beyond all reason, are left out.
        """
        today = fields.Date.today()
        books = {}
        sane = self.filtered(
            lambda each: all(
                abs(day - today) < MAX_SPAN
                for day in (each.date_promise, each.date_predicted)
                if day
            )
        )
        for (company, warehouse), same in sane.grouped(
            lambda each: (each.company_id, each.warehouse_id)
        ).items():
            calendar = calendar_of(company, warehouse)
            days = [*same.mapped("date_promise"), *same.mapped("date_predicted")]
            days = list(filter(None, days))
            if calendar and days:
                first, last = min(days) - MARGIN, max(days) + MARGIN
                opens = sorted(_open_days(calendar, company, first, last))
                books |= dict.fromkeys(same, opens)
        return books

    def _get_planned(self):
        """Return ``{(order line, product): quantity}`` of the open transfers out."""
        groups = self.env["stock.move"]._read_group(
            Domain("sale_line_id", "in", self.filtered("qty_open").sale_line_id.ids)
            & Domain("state", "in", OPEN_STATES)
            & Domain("location_usage", "!=", "customer"),
            ["sale_line_id", "product_id"],
            ["product_qty:sum"],
        )
        return {(line, product): qty for line, product, qty in groups}

    def _get_changes(self):
        """Return ``{commitment: revision}``: the last change, if no date shows it:
        a date set without the customer, or whatever waits to be applied.
        """
        revisions = self.env["adv.commitment.revision"].search(
            Domain("commitment_id", "in", self.ids)
            & (Domain("kind", "=", "date") | Domain("is_pending", "=", True)),
            order="id",
        )
        last = {revision.commitment_id: revision for revision in revisions}
        return {
            commitment: revision
            for commitment, revision in last.items()
            if revision.is_pending or not revision.is_accepted
        }
