"""Articles, dates and duplicates: what the desk keys in, right and wrong."""

from datetime import timedelta

from odoo import Command, fields

from .case import Case


class GoodsCases:
    """A chair that is sold by the piece, and what can be wrong about ordering it."""

    def case_archived_product(self):
        gone, other = self._create_product("Lampe"), self._create_product("Tapis")
        bad = self.quote((gone, 1))
        (gone + other).action_archive()
        return Case(
            good=self.quote(1),
            bad=bad,
            worsen=lambda order: self.add_line(order, other),
            spoil=lambda order: self.add_line(order, other),
        )

    def case_never_bought(self):
        new, other = self._create_product("Lampe"), self._create_product("Tapis")
        self.sell(1)
        self.sell(1, at="2026-03-03 08:00:00")
        return Case(
            good=self.quote(1),
            bad=self.quote((new, 1)),
            worsen=lambda order: self.add_line(order, other),
            spoil=lambda order: self.add_line(order, other),
            params={"threshold": 2},
        )

    def case_unit(self):
        dozen, pack = map(self.env.ref, ("uom.product_uom_dozen", self._pack))
        bad = self.quote(1)
        bad.order_line.product_uom_id = dozen
        return Case(
            good=self.quote(1),
            bad=bad,
            worsen=lambda order: order.order_line.write({"product_uom_id": pack.id}),
            spoil=lambda order: self.add_line(
                order, self.product, product_uom_id=dozen.id
            ),
        )

    def case_requested_date_too_early(self):
        self.product.sale_delay = 10
        slow = self._create_product("Buffet", sale_delay=90)
        return Case(
            good=self.quote(1, adv_date_requested=self.day_in(20)),
            bad=self.quote(1, adv_date_requested=self.day_in(5)),
            worsen=lambda order: order.write({"adv_date_requested": self.day_in(4)}),
            spoil=lambda order: self.add_line(order, slow),
        )

    def case_requested_date_past(self):
        return Case(
            good=self.quote(1, adv_date_requested=self.day_in(20)),
            bad=self.quote(1, adv_date_requested=self.day_in(-3)),
            worsen=lambda order: order.write({"adv_date_requested": self.day_in(-4)}),
        )

    def case_requested_date_closed(self):
        monday = self.day_in(20 - self.day_in(20).weekday())
        saturday, sunday = monday + timedelta(5), monday + timedelta(6)
        return Case(
            good=self.quote(1, adv_date_requested=monday),
            bad=self.quote(1, adv_date_requested=saturday),
            worsen=lambda order: order.write({"adv_date_requested": sunday}),
        )

    def case_expired_quotation(self):
        return Case(
            good=self.quote(1, validity_date=self.day_in(1)),
            bad=self.quote(1, validity_date=self.day_in(-1)),
            worsen=lambda order: order.write({"validity_date": self.day_in(-9)}),
        )

    def case_price_agreement(self):
        lists = self.env["product.pricelist"].create(
            [{"name": name} for name in ("Net", "2024", "2025")]
        )
        good, bad = (self.quote(1, pricelist_id=each.id) for each in lists[:2])
        lists[1:].action_archive()
        return Case(
            good=good,
            bad=bad,
            worsen=lambda order: order.write({"pricelist_id": lists[2].id}),
        )

    def case_duplicate_order(self):
        self.sell(1, client_order_ref="PO-0042")
        self.sell(5, client_order_ref="PO-0077")
        return Case(
            good=self.quote(2, client_order_ref="PO 43"),
            bad=self.quote(3, client_order_ref="po 42"),
            worsen=lambda order: order.write({"client_order_ref": "po77"}),
            spoil=lambda order: order.write({"client_order_ref": "PO 00042"}),
        )

    # Doing ----------------------------------------------------------------------------

    _pack = "uom.product_uom_pack_6"

    def day_in(self, days):
        """Return a day from today on: the cases are played without a frozen clock."""
        return fields.Date.today() + timedelta(days)

    def add_line(self, order, product, qty=1, **vals):
        line = {"product_id": product.id, "product_uom_qty": qty, **vals}
        order.write({"order_line": [Command.create(line)]})
