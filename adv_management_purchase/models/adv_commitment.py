from odoo import api, fields, models
from odoo.fields import Domain

from . import queries


class AdvCommitment(models.Model):
    """The promise that waits for a vendor."""

    _inherit = "adv.commitment"

    requested_line_ids = fields.Many2many(
        "purchase.order.line",
        string="Requested from Vendors",
        compute="_compute_requested_line_ids",
        compute_sudo=True,
        groups="base.group_user",
        help="Requests for quotation made for this delivery, not confirmed yet.",
    )

    @api.depends("status", "date_predicted")
    def _compute_requested_line_ids(self):
        lines = self.sale_line_id.ids
        requested = self.env["purchase.order.line"].search(
            Domain("order_id.state", "in", queries.DRAFT_STATES)
            & (
                Domain("sale_line_id", "in", lines)
                | Domain("move_dest_ids.sale_line_id", "in", lines)
            )
        )
        for commitment in self:
            line = commitment.sale_line_id
            commitment.requested_line_ids = requested.filtered(
                lambda bought, line=line: (
                    line in bought.sale_line_id | bought.move_dest_ids.sale_line_id
                )
            )

    @api.model
    def _get_sources(self):
        sources = super()._get_sources()
        return sources._replace(
            moment=queries.MOMENT,
            counts=queries.COUNTS,
            pledges=(*sources.pledges, queries.PLEDGES),
            orders=(*sources.orders, queries.ORDERS),
            offers=(*sources.offers, queries.OFFERS),
        )

    # In words -------------------------------------------------------------------------

    def _explain_step(self, step, receipt):
        requested = self.requested_line_ids[:1]
        if self.is_hold or not requested:
            # What decides is not always what comes next.
            return super()._explain_step(step, self._get_open_evidence() or receipt)
        return self.env._(
            "Waits for %(request)s, %(vendor)s: expected %(day)s, not confirmed.",
            request=requested.order_id.name,
            vendor=requested.order_id.partner_id.name,
            day=self._in_words(self._to_local_date(requested.date_planned)),
        )

    def _get_open_evidence(self):
        """Return the incoming move that decides, unless it came in meanwhile."""
        return self.evidence_move_id.filtered(
            lambda move: move.state not in ("done", "cancel")
        )

    def _explain_receipt(self, step, receipt):
        bought = receipt and receipt.purchase_line_id
        if not bought or bought.date_planned <= receipt.date:
            return super()._explain_receipt(step, receipt)
        return self.env._(
            "%(vendor)s delivers %(day)s only (%(purchase)s).",
            vendor=bought.order_id.partner_id.name,
            day=self._in_words(self._to_local_date(bought.date_planned)),
            purchase=bought.order_id.name,
        )
