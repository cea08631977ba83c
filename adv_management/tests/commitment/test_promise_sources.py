"""Where the promised date, quantity and amount of a line come from."""

from odoo import Command
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestPromiseSources(AdvCommon):
    def _promises(self, order):
        return [
            str(row.date_promise or "") for row in order.adv_commitment_ids.sorted("id")
        ]

    # Dates ----------------------------------------------------------------------------

    def test_delivery_date_of_the_order_promises_for_all_lines(self):
        slow = self._create_product("Sofa", sale_delay=20)
        order = self.sell(5, (slow, 1), promise="2026-03-10")
        self.assertEqual(self._promises(order), ["2026-03-10", "2026-03-10"])

    def test_delivery_date_is_a_local_day(self):
        order = self.sell(5, promise="2026-03-10 23:30:00")
        self.assertCommitment(
            order, date_first_promise="2026-03-11", date_headline="2026-03-11"
        )

    def test_lead_time_of_each_line_promises_without_a_delivery_date(self):
        quick, slow = (
            self._create_product("Lamp", sale_delay=3),
            self._create_product("Sofa", sale_delay=10),
        )
        order = self.sell((quick, 1), (slow, 1))
        self.assertEqual(self._promises(order), ["2026-03-05", "2026-03-12"])

    def test_shipped_together_is_promised_for_the_latest_line(self):
        quick, slow = (
            self._create_product("Lamp", sale_delay=3),
            self._create_product("Sofa", sale_delay=10),
        )
        order = self.sell((quick, 1), (slow, 1), picking_policy="one")
        self.assertEqual(self._promises(order), ["2026-03-12", "2026-03-12"])

    def test_without_date_and_lead_time_nothing_is_promised(self):
        order = self.sell(5)
        self.assertCommitment(
            order, status="unpromised", date_promise=False, date_first_promise=False
        )
        self.refresh("2026-05-04")
        self.assertCommitment(
            order, status="unpromised", due_count=0, first_due_count=0, delay_days=0
        )
        self.deliver(order, at="2026-05-05 09:00:00")
        self.assertCommitment(
            order,
            status="delivered",
            date_delivered="2026-05-05",
            due_count=0,
            on_time_count=0,
        )

    def test_unpromised_line_is_promised_by_the_wizard(self):
        order = self.sell(5)
        self.change_promise(order, "2026-03-12", "internal", at="2026-03-03 09:00:00")
        self.assertCommitment(
            order,
            date_first_promise="2026-03-12",
            date_headline="2026-03-12",
            status="on_time",
        )

    def test_unpromised_line_is_promised_by_a_date_on_the_order(self):
        order = self.sell(5)
        with self.act("2026-03-03 09:00:00"):
            order.commitment_date = "2026-03-12 12:00:00"
            self._run_engine()
        self.assertCommitment(
            order, date_first_promise="2026-03-12", date_promise="2026-03-12"
        )

    def test_promise_already_past_at_confirmation_is_late_at_once(self):
        order = self.sell(5, promise="2026-02-26")
        self.assertCommitment(
            order, status="late", delay_days=4, delay_working_days=2, due_count=1
        )

    # Quantities and amounts -----------------------------------------------------------

    def _dozens(self, qty, **vals):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = {
            "product_id": self.product.id,
            "product_uom_qty": qty,
            "product_uom_id": dozen.id,
            **vals,
        }
        return self.sell(promise="2026-03-10", order_line=[Command.create(line)])

    def test_dozens_are_promised_in_the_product_unit(self):
        order = self._dozens(2)
        self.assertCommitment(
            order,
            qty_first_promise=24,
            qty_ordered=24,
            qty_open=24,
            product_uom_id=self.env.ref("uom.product_uom_unit"),
        )

    def test_delivery_in_dozens_counts_in_units(self):
        self.env["ir.config_parameter"].set_param("stock.propagate_uom", "1")
        order = self._dozens(2)
        with self.act("2026-03-09 09:00:00"):
            move = order.picking_ids.move_ids
            self.assertEqual(move.product_uom, self.env.ref("uom.product_uom_dozen"))
            move.quantity = 1.5
            move.picked = True
            self._validate(order.picking_ids)
            self._run_engine()
        self.assertCommitment(
            order, qty_delivered=18, qty_open=6, qty_on_time=18, status="on_time"
        )
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, qty_delivered=24, status="delivered", otif_count=1)

    def test_open_amount_is_net_of_discount(self):
        order = self._dozens(2, price_unit=120, discount=25)
        self.assertCommitment(order, amount_open=180)
        self.deliver(order, 12, at="2026-03-09 09:00:00")
        self.assertCommitment(order, amount_open=90, qty_open=12)
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, amount_open=0, qty_open=0)

    def _tax_included(self):
        france = {
            "company_id": self.company.id,
            "country_id": self.env.ref("base.fr").id,
        }
        group = self.env["account.tax.group"].create({"name": "VAT", **france})
        return self.env["account.tax"].create(
            {
                "name": "20 % included",
                "amount": 20,
                "price_include_override": "tax_included",
                "tax_group_id": group.id,
                **france,
            }
        )

    def test_open_amount_excludes_taxes_included_in_the_price(self):
        line = {"product_id": self.product.id, "product_uom_qty": 5, "price_unit": 12}
        order = self.sell(promise="2026-03-10", order_line=[Command.create(line)])
        self.assertCommitment(order, amount_open=60)
        order.order_line.tax_ids = self._tax_included()
        self.refresh("2026-03-03")
        self.assertCommitment(order, amount_open=50)

    def test_open_amount_is_what_the_order_says_to_the_cent(self):
        """The price of a piece is rounded: its multiple is not the order's amount."""
        for price, discount, amount in ((0.0333, 0, 33.3), (9.99, 33, 6693.3)):
            line = {
                "product_id": self.product.id,
                "product_uom_qty": 1000,
                "price_unit": price,
                "discount": discount,
            }
            order = self.sell(promise="2026-03-10", order_line=[Command.create(line)])
            self.assertEqual(order.amount_untaxed, amount)
            self.assertCommitment(order, amount_open=amount)
            self.deliver(order, 500, at="2026-03-03 09:00:00")
            self.assertCommitment(order, amount_open=amount / 2)

    def test_open_amount_follows_a_price_changed_later(self):
        order = self.sell(5, promise="2026-03-10")
        self.assertCommitment(order, amount_open=50)
        order.order_line.price_unit = 8
        self.refresh("2026-03-03")
        self.assertCommitment(order, amount_open=40)

    def test_open_amount_is_in_the_currency_of_the_order(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Export", "currency_id": dollar.id}
        )
        line = {"product_id": self.product.id, "product_uom_qty": 3, "price_unit": 9}
        order = self.sell(
            promise="2026-03-10",
            pricelist_id=pricelist.id,
            order_line=[Command.create(line)],
        )
        self.assertCommitment(order, currency_id=dollar, amount_open=27)

    def test_product_sold_by_thirds_is_complete_when_odoo_says_so(self):
        order = self._dozens(1 / 3)
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, status="delivered", qty_open=0, otif_count=1)
