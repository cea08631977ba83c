"""Deliveries, invoices and credit notes, right and wrong."""

from ..billing import Billing
from .case import Case


class DocumentCases(Billing):
    """Ten chairs, delivered and invoiced as delivered."""

    def case_backorder_refused(self):
        self.partner.adv_refuses_backorders = True
        self.warehouse.out_type_id.create_backorder = "always"
        good, bad = self.sell(10).picking_ids, self.sell(10).picking_ids
        bad.move_ids.quantity = 4
        return Case(good=good, bad=bad)

    def case_invoice_quantity(self):
        good, bad = (self.ship(self.sell(10), [6]) for _each in range(2))
        return Case(good=self.bill(good), bad=self.bill(bad, {bad.order_line: 7}))

    def case_invoice_price(self):
        good, bad = (self.bill(self.ship(self.sell(10))) for _each in range(2))
        bad.invoice_line_ids.price_unit = 11
        return Case(good=good, bad=bad)

    def case_returned_not_credited(self):
        good, bad = self._return_some(), self._return_some()
        return Case(
            good=self.credit(good, {good.invoice_line_ids.sale_line_ids: 3}),
            bad=self.credit(bad, {bad.invoice_line_ids.sale_line_ids: 2}),
        )

    def case_credited_not_returned(self):
        good, bad = self._return_some(), self._return_some()
        return Case(
            good=self.credit(good, {good.invoice_line_ids.sale_line_ids: 3}),
            bad=self.credit(bad, {bad.invoice_line_ids.sale_line_ids: 10}),
        )

    def _return_some(self):
        """Return the posted invoice of an order of which three pieces came back."""
        order = self.ship(self.sell(10))
        invoice = self.bill(order, post=True)
        self.take_back(order.picking_ids, 3, at="2026-03-04 08:00:00")
        return invoice
