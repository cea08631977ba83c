"""Who gets which goods when: a queue at the counter, unit by unit."""

from collections import namedtuple

from .facts import OPEN, is_open

Leaf = namedtuple("Leaf", "day is_here is_doubtful")


class Supply:
    """Shelves and receipts of one warehouse as seen on one day.

    Who was promised first is served first: from what lies free, then from confirmed
    receipts by date, then from drafted ones. What is reserved is left to its owner.
    """

    def __init__(self, warehouse, books, days, today):
        self.shelf = warehouse.lot_stock_id
        self.books = books  # by order line
        self.days = days
        self.today = today
        self.shares = {}  # by product: {move: Leaf}

    def of_move(self, move):
        """Return when the goods are there that this first step of a chain needs."""
        if move.location_id.usage == "supplier":
            is_doubtful = move.state == "draft" or self._day(move) < self.today
            return Leaf(self._later(self._day(move)), False, is_doubtful)
        if move.state == "assigned" and self._missing(move) <= 0:
            return Leaf(self.today, True, False)
        if move in self._queue(move.product_id):
            return self._share(move.product_id)[move]
        is_doubtful = move.state == "draft" or self._day(move) < self.today
        return Leaf(self._later(self._day(move)), False, is_doubtful)

    def _day(self, move):
        return self.days.local(move.date)

    def _later(self, day):
        return max(day, self.today)

    @staticmethod
    def _missing(move):
        reserved = move.product_uom._compute_quantity(
            move.quantity, move.product_id.uom_id, round=False
        )
        return round(move.product_qty - reserved, 6)

    def _is_on_shelf(self, location):
        path = self.shelf.parent_path
        return location.usage == "internal" and location.parent_path.startswith(path)

    def _moves(self, product):
        return product.env["stock.move"].search([("product_id", "=", product.id)])

    def _queue(self, product):
        """Return the moves that take goods off the shelf, first promised first."""
        waiting = [
            move
            for move in self._moves(product)
            if is_open(move)
            and move.state != "draft"
            and self._is_on_shelf(move.location_id)
            and not self._is_on_shelf(move.location_dest_id)
            and not any(map(is_open, move.move_orig_ids))
        ]
        return sorted(waiting, key=lambda move: (self._promise(move), move.id))

    def _promise(self, move):
        book = self.books.get(move.sale_line_id)
        return (book and book.date_promise) or self._day(move)

    def _heap(self, product):
        """Return ``[quantity, Leaf]`` in the order in which it is handed out."""
        quants = product.env["stock.quant"].search([("product_id", "=", product.id)])
        free = sum(
            quant.quantity - quant.reserved_quantity
            for quant in quants
            if self._is_on_shelf(quant.location_id)
        )
        coming = [
            move
            for move in self._moves(product)
            if move.state in OPEN
            and move.location_id.usage != "customer"
            and self._is_on_shelf(move.location_final_id or move.location_dest_id)
            and not self._is_on_shelf(move.location_id)
            and self._spare(move) > 0
        ]
        coming.sort(
            key=lambda move: (
                move.state == "draft",
                self._later(self._day(move)),
                move.id,
            )
        )
        heap = [[max(free, 0), Leaf(self.today, True, False)]]
        for move in coming:
            day = self._day(move)
            is_doubtful = move.state == "draft" or day < self.today
            leaf = Leaf(self._later(day), False, is_doubtful)
            heap.append([self._spare(move), leaf])
        self._take(heap, max(-free, 0))
        return heap

    @staticmethod
    def _spare(move):
        """Return what a move brings that no next move takes."""
        taken = sum(move.move_dest_ids.filtered(is_open).mapped("product_qty"))
        return move.product_qty - taken

    def _share(self, product):
        if product not in self.shares:
            heap = self._heap(product)
            self.shares[product] = {
                move: self._take(heap, max(self._missing(move), 0))
                for move in self._queue(product)
            }
        return self.shares[product]

    @staticmethod
    def _take(heap, qty):
        """Take a quantity off the heap; return where its last unit comes from."""
        last = heap[0][1] if heap else Leaf(None, False, False)
        while qty > 1e-6:
            while heap and heap[0][0] <= 1e-6:
                heap.pop(0)
            if not heap:
                return Leaf(None, False, False)
            taken = min(qty, heap[0][0])
            heap[0][0] -= taken
            qty -= taken
            last = heap[0][1]
        return last
