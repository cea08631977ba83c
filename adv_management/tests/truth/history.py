"""One random history: what is sold, delivered, promised and received, and its diary."""

from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields

from .book import Book
from .days import Days
from .facts import Facts
from .supply import Supply
from .truth import Truth

HOUR = timedelta(hours=1)


class History:
    """A company at work: orders, receipts, the clock, and a :class:`Book` per line.

    Actions take small numbers, so that any sequence of them makes sense; what cannot
    be done at the moment is left out.
    """

    def __init__(self, test, frozen, closed=()):
        self.test = test
        self.env = test.env
        self.frozen = frozen
        self.days = Days(closed)
        self.orders = self.env["sale.order"]
        self.receipts = self.env["stock.picking"]
        self.books = {}
        self.diary = []

    # Time -----------------------------------------------------------------------------

    @property
    def now(self):
        return fields.Datetime.now()

    @property
    def today(self):
        return self.days.local(self.now)

    def pass_time(self, hours):
        self.frozen.move_to(self.now + hours * HOUR)

    def moment(self, in_days):
        """Return the naive UTC noon of a day from now."""
        day = self.today + timedelta(days=in_days)
        return fields.Datetime.to_datetime(f"{day} 12:00:00")

    # Who and what ---------------------------------------------------------------------

    def pick(self, records, index):
        return records[index % len(records)] if records else records

    def order(self, index, *states):
        return self.pick(
            self.orders.filtered(lambda order: order.state in states), index
        )

    def line(self, index):
        return self.pick(self.orders.order_line.sorted("id"), index)

    def tell(self, *words):
        self.diary.append(" ".join(map(str, (self.now, *words))))

    # Diary ----------------------------------------------------------------------------

    def open_books(self):
        """Begin the diary of lines that have just been promised."""
        self.env.cr.flush()  # as the end of a transaction, or a savepoint
        for line in self.orders.order_line - self.env["sale.order.line"].union(
            *self.books
        ):
            facts = Facts(line)
            if line.state == "sale" and facts.line_qty > 0:
                self.books[line] = Book(line, facts.line_qty, self.promise_of(line))

    def look(self):
        """Write down what the last actions promised, raised or cut."""
        self.open_books()
        for line, book in self.books.items():
            book.look(self.today, Facts(line))

    def promise_of(self, line):
        """Return the day that Odoo promises: the order's, else by the lead times."""
        order = line.order_id
        moment = order.commitment_date
        if not moment:
            together = order.order_line if order.picking_policy == "one" else line
            moment = max(
                (
                    each._expected_date()
                    for each in together
                    if each.customer_lead > 0 and each.product_uom_qty > 0
                ),
                default=None,
            )
        return self.days.local(moment) if moment else None

    def give_first_dates(self, order, statuses):
        """Note the first promise of lines that had none, at a date given later."""
        for line, truth in self.truths(order.order_line).items():
            book, day = self.books[line], self.promise_of(line)
            if day and not book.date_promise and truth._status() in statuses:
                book.change_date(day, is_asked=False, is_agreed=False, is_missed=False)

    def truths(self, lines=None):
        """Return ``{line: Truth}`` of today."""
        supply = Supply(self.test.warehouse, self.books, self.days, self.today)
        return {
            line: Truth(book, self.days, self.today, supply, self._mates(line))
            for line, book in self.books.items()
            if lines is None or line in lines
        }

    def _mates(self, line):
        """Return the facts of the other lines that leave together with this one."""
        delivery = Facts(line).delivery
        others = delivery.move_ids.sale_line_id - line if delivery else ()
        return [facts for facts in map(Facts, others) if facts.delivery == delivery]

    # Selling --------------------------------------------------------------------------

    def sell(self, goods, promise, *, together=False):
        """Confirm an order of ``(product index, quantity)``, promised in days."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.test.partner.id,
                "company_id": self.test.company.id,
                "commitment_date": promise is not None and self.moment(promise),
                "picking_policy": "one" if together else "direct",
                "order_line": [self._line(*each) for each in goods],
            }
        )
        self.tell(
            "sell",
            order.id,
            goods,
            "promise in",
            promise,
            "together" if together else "",
        )
        order.action_confirm()
        self.orders |= order

    def _line(self, index, qty):
        product = self.test.goods[index % len(self.test.goods)]
        vals = {"product_id": product.id, "product_uom_qty": qty}
        if qty % 5 == 1:
            dozen = self.env.ref("uom.product_uom_dozen")
            vals = {**vals, "product_uom_id": dozen.id, "product_uom_qty": 1}
        return Command.create(vals)

    def do_add_line(self, a, b, c):
        order = self.order(a, "sale")
        if order and len(order.order_line) < 4:
            self.tell("add line", order.id, b, c)
            order.order_line = [self._line(b, 1 + c % 9)]

    def do_set_quantity(self, a, b, _c):
        line = self.line(a)
        if line and line.state == "sale":
            qty = b % 14
            self.tell("quantity", line.id, line.product_uom_qty, "->", qty)
            line.product_uom_qty = qty

    def do_discount(self, a, b, _c):
        line = self.line(a)
        if line:
            line.discount = b

    def do_cancel_order(self, a, _b, _c):
        order = self.order(a, "sale")
        if order:
            self.tell("cancel order", order.id)
            order._action_cancel()

    def do_confirm_again(self, a, b, c):
        order = self.order(a, "cancel")
        if order:
            self.tell("confirm again", order.id, "in", b % 15 if c % 2 else None)
            order.action_draft()
            if c % 2:
                order.commitment_date = self.moment(b % 15)
            order.action_confirm()
            self.give_first_dates(
                order,
                ("unpromised", "cancelled"),
            )

    # Promising ------------------------------------------------------------------------

    def do_change_promise(self, a, b, c):
        """Change the promise of an order or of one line by the wizard, now and then
        while the engine holds it: it then applies the change later.
        """
        answer = ("customer", "accepted", "internal")[c % 3]
        day = self.today + timedelta(days=b % 15)
        order = self.order(a, "sale")
        lines = order.order_line if c % 2 else self.line(a)
        changed = {
            line: truth
            for line, truth in self.truths(lines).items()
            if truth._status() not in ("delivered", "cancelled")
        }
        if not changed:
            return
        self.tell("promise", [line.id for line in changed], day, answer)
        commitments = self.env["adv.commitment"].search(
            [("sale_line_id", "in", [line.id for line in lines])]
        )
        wizard = self.env["adv.commitment.promise"].create(
            {
                "commitment_ids": [Command.set(commitments.ids)],
                "date_new": day,
                "answer": answer,
                "proof": "mail",
                "reason": "Test",
            }
        )
        Ledger = self.test.registry["adv.commitment"]
        held = patch.object(Ledger, "_lock_free", lambda self, line_ids: [])
        with held if (a + b) % 2 else nullcontext():
            wizard.action_apply()
        for line, truth in changed.items():
            self.books[line].change_date(
                day,
                is_asked=answer == "customer",
                is_agreed=answer != "internal",
                is_missed=truth.is_first_missed,
            )

    def do_type_date(self, a, b, _c):
        """Overwrite the order's date without saying who wants it, as an import does."""
        order = self.order(a, "sale")
        if order:
            moment = self.moment(b % 15)
            self.tell("type date", order.id, moment)
            truths = self.truths(order.order_line)
            order.commitment_date = moment
            for line, truth in truths.items():
                if truth._status() == "unpromised":
                    self.books[line].change_date(
                        self.days.local(moment),
                        is_asked=False,
                        is_agreed=False,
                        is_missed=False,
                    )

    def do_put_in_customers_name(self, a, _b, _c):
        """Say of the last cut of a line that the customer had asked for it."""
        book = self.books.get(self.line(a))
        if not book or book.cut <= 0 or book.cuts[-1][1] <= 0:
            return
        day, qty = book.cuts[-1]
        revision = self.env["adv.commitment.revision"].search(
            [
                ("commitment_id.sale_line_id", "=", book.line.id),
                ("origin", "=", "internal"),
                ("qty_delta", "=", -qty),
                ("date_effective", "=", day),
            ],
            limit=1,
        )
        if qty <= book.cut and revision:
            self.tell("the customer asked for the cut", book.line.id, day, qty)
            revision.action_reclassify_as_customer()
            book.put_in_customers_name(day, qty, Facts(book.line))
