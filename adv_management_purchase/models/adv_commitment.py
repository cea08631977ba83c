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

    shelf_request_id = fields.Many2one(
        "purchase.order.line",
        compute="_compute_shelf_request_id",
        compute_sudo=True,
        groups="base.group_user",
        help="The last request for quotation for the shelf that is expected by the "
        "predicted date.",
    )

    @api.depends("product_id", "warehouse_id", "date_predicted")
    def _compute_shelf_request_id(self):
        requested = self.env["purchase.order.line"].search(
            Domain("product_id", "in", self.product_id.ids)
            & Domain("order_id.state", "in", queries.DRAFT_STATES)
            & Domain("move_dest_ids", "=", False)
            & Domain("sale_line_id", "=", False),
            order="date_planned, id",
        )
        places = requested.grouped(
            lambda bought: (
                bought.product_id,
                bought.order_id.picking_type_id.warehouse_id,
            )
        )
        for commitment in self:
            place = (commitment.product_id, commitment.warehouse_id)
            in_time = places.get(place, requested.browse()).filtered(
                lambda bought, each=commitment: (
                    each.date_predicted
                    and each._to_local_date(bought.date_planned) <= each.date_predicted
                )
            )
            commitment.shelf_request_id = in_time[-1:]

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

    def _explain_goods(self, goods):
        requested = self.requested_line_ids[:1]
        if self.is_hold or not requested:
            return super()._explain_goods(goods)
        return self._name_request(requested)

    def _explain_request(self):
        request = self.shelf_request_id
        return self._name_request(request) if request else super()._explain_request()

    def _name_request(self, requested):
        return self.env._(
            "Waits for request %(request)s to %(vendor)s: expected %(day)s, "
            "not confirmed.",
            request=requested.order_id.name,
            vendor=requested.order_id.partner_id.name,
            day=self._in_words(self._to_local_date(requested.date_planned)),
        )

    def _name_supply(self, move):
        purchase = move.purchase_line_id.order_id
        if not purchase:
            return super()._name_supply(move)
        facts = {
            "name": self._name_transfer(move),
            "vendor": purchase.partner_id.name,
            "purchase": purchase.name,
        }
        if move.location_dest_id.usage == "customer":
            return self.env._(
                "direct delivery %(name)s of %(vendor)s (purchase %(purchase)s)",
                **facts,
            )
        return self.env._(
            "receipt %(name)s of %(vendor)s (purchase %(purchase)s)", **facts
        )

    def _get_supply_day(self, move):
        """The goods come at the later of what vendor and planner say."""
        bought = move.purchase_line_id
        days = [super()._get_supply_day(move), self._to_local_date(bought.date_planned)]
        return max(filter(None, days))
