"""What the stock moves of one order line say, record by record."""

from collections import namedtuple

OPEN = ("draft", "waiting", "confirmed", "partially_available", "assigned")

Passage = namedtuple("Passage", "moment id qty_out qty_back")


def is_outside(location):
    """Return whether goods in this location are out of our hands."""
    return location.usage == "customer" or (
        location.usage == "transit" and not location.company_id
    )


def is_open(move):
    return move.state in OPEN


def in_product_unit(qty, unit, product):
    return unit._compute_quantity(qty, product.uom_id, round=False)


class Facts:
    """Goods of an order line: gone, come back, on their way, given up."""

    def __init__(self, line):
        self.line = line
        self.moves = line.move_ids.filtered(
            lambda move: move.product_id == line.product_id
        )
        self.outbound = [move for move in self.moves if self._is_outbound(move)]
        self.open_moves = [move for move in self.outbound if is_open(move)]

    @property
    def line_qty(self):
        line = self.line
        return round(
            in_product_unit(line.product_uom_qty, line.product_uom_id, line.product_id),
            2,
        )

    @property
    def open_qty(self):
        """Return what is on its way out, counted on the last step there is."""
        return sum(
            move.product_qty
            for move in self.open_moves
            if not any(map(is_open, self._own(move.move_dest_ids)))
        )

    @property
    def delivery(self):
        """Return the transfer with all that is left, if it goes all at once."""
        pickings = {
            move.picking_id
            for move in self.open_moves
            if not any(map(is_open, self._own(move.move_dest_ids)))
        }
        [picking, *others] = pickings or [None]
        return None if others or not picking or picking.move_type != "one" else picking

    @property
    def given_up(self):
        """Return what was cancelled, or not kept in a backorder."""
        total = 0
        for move in self.outbound:
            if move.state == "cancel":
                total += move.product_qty
            elif move.state == "done":
                missing = max(move.product_uom_qty - move.quantity, 0)
                total += in_product_unit(missing, move.product_uom, move.product_id)
        return total

    @property
    def is_ready(self):
        """Return whether all that can be prepared now has its goods."""
        first = [
            move
            for move in self.open_moves
            if not any(map(is_open, self._own(move.move_orig_ids)))
        ]
        return bool(first) and all(move.state == "assigned" for move in first)

    def passages(self):
        """Return what crossed the door, in the order of its happening."""
        found = []
        for move in self.moves:
            gone = is_outside(move.location_dest_id)
            came = is_outside(move.location_id)
            if move.state == "done" and gone != came:
                qty = in_product_unit(move.quantity, move.product_uom, move.product_id)
                found.append(
                    Passage(move.date, move.id, qty if gone else 0, 0 if gone else qty)
                )
        return sorted(found)

    def peak(self):
        """Return the most the customer ever had at once."""
        net = peak = 0
        for passage in self.passages():
            net += passage.qty_out - passage.qty_back
            peak = max(peak, net)
        return peak

    def _own(self, moves):
        return moves.filtered(lambda move: move.sale_line_id == self.line)

    def _is_outbound(self, move):
        if is_outside(move.location_id):
            return False
        end = move.location_final_id or move.location_dest_id
        return is_outside(end) or any(map(is_open, self._own(move.move_dest_ids)))
