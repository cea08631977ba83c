from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from .loose_link import READING, LooseMany2one
from .queries.facts import OPEN_STATES

_SHORT = ("draft", "confirmed", "partially_available")
# From the worst to the best news about goods that have not left.
_READINESS = {
    "draft": 0,
    "confirmed": 1,
    "partially_available": 2,
    "waiting": 3,
    "assigned": 4,
}


class Goods(NamedTuple):
    """What a line's goods do: all that the sentences about them need."""

    step: models.BaseModel  # the open move that comes next, the worst of them
    supply: models.BaseModel  # the incoming move that it waits for
    is_stocked: bool  # some of it lies on the shelf, free or not
    is_ordered: bool  # some of it is on its way, whoever gets it


class AdvCommitmentEvidence(models.AbstractModel):
    """Names what decides when a line can leave: stock, a receipt, or nothing at all.

    The engine has found the incoming move that decides (``evidence_move_id``); other
    addons know what it stands for and name it (``_name_supply``, ``_get_supply_day``).
    """

    _name = "adv.commitment.evidence"
    _description = "Evidence of Commitments"

    evidence_move_id = LooseMany2one(
        "stock.move",
        "Move Waited for",
        readonly=True,
        index="btree_not_null",
        help="The incoming goods that decide when this line can leave.",
    )
    cause_id = fields.Many2one(
        "adv.delay.cause", index="btree_not_null", ondelete="restrict"
    )
    is_cause_manual = fields.Boolean(
        "Cause Chosen",
        readonly=True,
        help="A person chose the cause; it is not proposed any more.",
    )
    evidence_picking_id = fields.Many2one(
        related="evidence_move_id.picking_id", string="Receipt Waited for"
    )
    evidence_partner_id = fields.Many2one(
        related="evidence_move_id.picking_id.partner_id", string="Waits for Supplier"
    )
    evidence_name = fields.Char("Waits for", compute="_compute_evidence_name")
    responsibility = fields.Selection(related="cause_id.responsibility")

    def _fetch_query(self, query, fields):
        reading = self.with_context(**{READING: True})
        return (
            super(AdvCommitmentEvidence, reading)
            ._fetch_query(query, fields)
            .with_env(self.env)
        )

    @api.depends("evidence_move_id.state", "status")
    @api.depends_context("lang")
    def _compute_evidence_name(self):
        for commitment in self:
            # sudo: whoever may read the promise may know what it waits for.
            move = commitment.sudo()._get_open_evidence()
            commitment.evidence_name = bool(move) and commitment.sudo()._name_supply(
                move
            )

    def action_open_evidence(self):
        """Return the action that opens what the goods wait for, if they do."""
        record = self._get_evidence_record()
        return bool(record) and record._get_records_action()

    def _get_evidence_record(self):
        """Return the document to open: the transfer of the incoming move."""
        return self.evidence_move_id.picking_id or self.evidence_move_id

    # ----------------------------------------------------------------------------------
    # The facts, for all rows at once
    # ----------------------------------------------------------------------------------

    def _get_goods(self):
        """Return ``{commitment: Goods}``."""
        steps = self._get_next_steps()
        supplies = self._get_supplies(steps)
        short = self.env["stock.move"].union(*supplies.values(), *steps.values())
        products = short.filtered(lambda move: move.state in _SHORT).product_id
        shelves = short.location_id.warehouse_id.lot_stock_id
        stocked = self._get_stocked(products, shelves)
        ordered = self._get_ordered(products)
        goods = {}
        for commitment in self:
            step = steps.get(commitment.sale_line_id, short.browse())
            place = (step.product_id, step.location_id.warehouse_id)
            goods[commitment] = Goods(
                step, supplies[commitment], place in stocked, place in ordered
            )
        return goods

    def _get_next_steps(self):
        """Return ``{order line: open move}``: what happens next, the worst news."""
        moves = self.env["stock.move"].search_fetch(
            Domain("sale_line_id", "in", self.filtered("qty_open").sale_line_id.ids)
            & Domain("state", "in", OPEN_STATES)
            & Domain("location_dest_usage", "!=", "supplier")
            & Domain("location_usage", "!=", "customer"),
            [
                "sale_line_id",
                "state",
                "date",
                "picking_id",
                "reference",
                "product_id",
                "product_uom_qty",
                "quantity",
                "location_id",
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

    def _get_open_evidence(self):
        """Return the incoming move that decides, unless it came in meanwhile."""
        return self.evidence_move_id.filtered(lambda move: move.state in OPEN_STATES)

    def _get_supplies(self, steps):
        """Return ``{commitment: incoming move}``: what decides, else what comes next.

        :param steps: the open move of each order line
        """
        supplies = {}
        for commitment in self:
            supply = commitment._get_open_evidence()
            step = steps.get(commitment.sale_line_id, supply.browse())
            if not supply and step.state == "waiting":
                sources = step.move_orig_ids
                supply = sources.filtered(lambda move: move.state in OPEN_STATES)
                supply = supply.sorted("date")[-1:]
            supplies[commitment] = supply
        # read together what is said of them one by one
        found = self.env["stock.move"].union(*supplies.values()).ids
        return {
            commitment: supply.with_prefetch(found)
            for commitment, supply in supplies.items()
        }

    def _get_stocked(self, products, shelves):
        """Return the ``{(product, warehouse)}`` of which something is on the shelf."""
        groups = self.env["stock.quant"]._read_group(
            Domain("product_id", "in", products.ids)
            & Domain("location_id", "child_of", shelves.ids)
            & Domain("location_id.usage", "=", "internal")
            & Domain("quantity", ">", 0),
            ["product_id", "warehouse_id"],
        )
        return set(groups)

    def _get_ordered(self, products):
        """Return the ``{(product, warehouse)}`` of which something is coming in."""
        moves = self.env["stock.move"].search_fetch(
            Domain("product_id", "in", products.ids)
            & Domain("state", "in", OPEN_STATES)
            & Domain("picking_code", "=", "incoming")
            & Domain("location_usage", "!=", "customer"),
            ["product_id", "location_dest_id"],
        )
        return {(move.product_id, move.location_dest_id.warehouse_id) for move in moves}

    # ----------------------------------------------------------------------------------
    # In words
    # ----------------------------------------------------------------------------------

    def _explain_goods(self, goods):
        """Say what the goods wait for."""
        if self.is_hold:
            return self.env._("On hold: no delivery is being prepared.")
        if goods.supply:
            sentences = [
                self._explain_shortage(goods),
                self._explain_supply(goods.supply),
                not self.date_predicted
                and self.env._("What is on order does not suffice."),
            ]
        elif not goods.step:
            return self.env._("No delivery is planned.")
        elif goods.step.state == "assigned":
            return self._explain_reserved(goods.step)
        elif self.date_predicted:
            return self._explain_unreserved(goods)
        else:
            sentences = [self._explain_shortage(goods), self._explain_nothing(goods)]
        return " ".join(filter(None, sentences))

    def _explain_reserved(self, step):
        day = self._to_local_date(step.date)
        facts = self._name_step(step)
        if day < self._get_today():
            return self.env._(
                "Goods reserved in %(transfer)s, which should have left %(day)s.",
                **facts,
            )
        if self.status == "will_be_late" and day == self.date_predicted:
            return self.env._("Goods reserved in %(transfer)s.", **facts)
        return self.env._(
            "Goods reserved in %(transfer)s, planned for %(day)s.", **facts
        )

    def _explain_unreserved(self, goods):
        """Say why the goods are expected although nothing decides about them."""
        facts = self._name_step(goods.step)
        if goods.step.state == "waiting":
            return self.env._("%(transfer)s waits for goods.", **facts)
        if goods.is_stocked:
            return self.env._(
                "In stock, not reserved yet in %(transfer)s, planned for %(day)s.",
                **facts,
            )
        return self.env._("Out of stock. What is requested is not confirmed.")

    def _explain_shortage(self, goods):
        step = goods.step
        if step.state == "partially_available":
            return self.env._(
                "Only %(reserved)s of %(demand)s in stock for %(transfer)s.",
                reserved=self._quantity(step.quantity),
                demand=self._quantity(step.product_uom_qty),
                transfer=self._name_transfer(step),
            )
        if step.state not in _SHORT or step == goods.supply:
            return ""
        if goods.is_stocked:
            return self.env._("The stock does not suffice for this order.")
        return self.env._("Out of stock.")

    def _explain_nothing(self, goods):
        if goods.is_ordered:
            return self.env._("What is on order does not suffice.")
        return self.env._("Nothing is on order.")

    def _explain_supply(self, move):
        day = self._get_supply_day(move)
        facts = {"supply": self._name_supply(move), "day": self._in_words(day)}
        if move.state == "draft":
            return self.env._(
                "Waits for %(supply)s, due %(day)s, not confirmed.", **facts
            )
        if day < self._get_today():
            return self.env._("Waits for %(supply)s, due %(day)s, still open.", **facts)
        return self.env._("Waits for %(supply)s, due %(day)s.", **facts)

    def _name_step(self, step):
        return {
            "transfer": self._name_transfer(step),
            "day": self._in_words(self._to_local_date(step.date)),
        }

    @api.model
    def _name_transfer(self, move):
        """Return the number of a move's transfer; moves without one go from to."""
        return move.picking_id.name or move.reference or move.display_name

    def _name_supply(self, move):
        """Return the name of what comes in: what it is, its number, who sends it."""
        name = self._name_transfer(move)
        if move.location_id.usage != "supplier":
            return self.env._("transfer %(name)s", name=name)
        if partner := move.picking_id.partner_id:
            return self.env._(
                "receipt %(name)s of %(partner)s", name=name, partner=partner.name
            )
        return self.env._("receipt %(name)s", name=name)

    def _get_supply_day(self, move):
        """Return the local date on which an incoming move is expected."""
        return self._to_local_date(move.date)
