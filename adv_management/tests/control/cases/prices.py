"""Prices, quantities and totals as agreed, and not."""

from .case import Case


class PriceCases:
    """Chairs at 10, which cost 8 and are come by six where it matters."""

    def case_price(self):
        return self._spoil_line({"price_unit": 12}, {"price_unit": 13})

    def case_discount(self):
        return self._spoil_line({"discount": 20}, {"discount": 25})

    def case_margin(self):
        self.product.standard_price = 8
        return self._spoil_line({"price_unit": 8}, {"price_unit": 7})

    def case_free_price(self):
        return self._spoil_line({"price_unit": 0}, {"product_uom_qty": 200})

    def case_usual_quantity(self):
        for day in ("09", "10", "11"):
            self.sell(60, at=f"2026-02-{day} 08:00:00")
        return self._spoil_line({"product_uom_qty": 600}, {"product_uom_qty": 700})

    def case_packaging(self):
        self.product.uom_ids = self.env.ref("uom.product_uom_pack_6")
        return self._spoil_line({"product_uom_qty": 61}, {"product_uom_qty": 62})

    def case_minimum_order(self):
        case = self._spoil_line({"product_uom_qty": 59}, {"product_uom_qty": 58})
        return case._replace(params={"threshold": 600})

    def case_control_totals(self):
        case = self._spoil_line({"product_uom_qty": 59}, {"product_uom_qty": 58})
        (case.good | case.bad).adv_control_amount_untaxed = 600
        return case

    def _spoil_line(self, wrong, worse):
        """Return the case of a line that is right with 60 chairs at 10."""
        bad = self.quote(60)
        bad.order_line.write(wrong)
        return Case(
            self.quote(60),
            bad,
            worsen=lambda order: order.order_line.write(worse),
            spoil=lambda order: order.order_line.write(wrong),
        )
