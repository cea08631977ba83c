from typing import NamedTuple

from odoo import models

from ..commitment.adv_commitment_engine import OPEN_STATUSES
from ..commitment.queries.facts import OPEN_STATES


class PortalLine(NamedTuple):
    """What a customer may know of a line's delivery: no prediction, no cause."""

    name: str
    quantity: str  # in words: what is still to deliver, else what was ordered
    date_promise: object
    date_announced: object  # only while it is news
    date_delivered: object
    state: str  # open, delivered, cancelled


class AdvCommitment(models.Model):
    """A promise as its customer may see it."""

    _name = "adv.commitment"
    _inherit = ["adv.commitment"]

    def _prepare_portal_line(self):
        is_open = self.status in OPEN_STATUSES
        is_news = is_open and self.date_announced != self.date_promise
        return PortalLine(
            name=self.sale_line_id.name.partition("\n")[0],
            quantity=self._quantity(self.qty_open if is_open else self.qty_ordered),
            date_promise=self.date_promise,
            date_announced=is_news and self.date_announced,
            date_delivered=self.date_delivered,
            state="open" if is_open else self.status,
        )

    def _get_quantities_there(self):
        """Return ``{commitment: quantity that could leave today}``: what is reserved
        for it, and what lies free in its warehouse.
        """
        there = {}
        for warehouse, commitments in self.grouped("warehouse_id").items():
            products = commitments.product_id.with_context(warehouse_id=warehouse.id)
            free = {product.id: product.free_qty for product in products}
            for each in commitments:
                quantity = each._get_reserved() + max(free[each.product_id.id], 0)
                there[each] = min(quantity, each.qty_open)
        return there

    def _get_reserved(self):
        """Return what is reserved for this line in its open transfers."""
        moves = self.sale_line_id.move_ids.filtered(
            lambda move: (
                move.state in OPEN_STATES
                and move.product_id == self.product_id
                and move.location_id.usage == "internal"
            )
        )
        return sum(
            move.product_uom._compute_quantity(move.quantity, self.product_uom_id)
            for move in moves
        )
