"""Why a customer must be called, in words."""

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestExplanation(AdvCommon):
    def explain(self, order, today):
        """Return what the screen says about an order's only promise on a day."""
        self.refresh(today)
        commitment = order.adv_commitment_ids
        commitment.invalidate_recordset(["explanation"])
        with freeze_time(f"{today} 11:00:00"):
            return commitment.explanation

    def test_late_goods_that_lie_ready(self):
        order = self.sell(100, promise="2026-03-10")
        self.deliver(order, 60, at="2026-03-09 10:00:00")
        rest = order.picking_ids.filtered(lambda picking: picking.state == "assigned")
        self.assertEqual(
            self.explain(order, "2026-03-13"),
            "Promised March 10, 3 working days late. 40 of 100 still to deliver. "
            f"Goods reserved in {rest.name}, which should have left March 10.",
        )

    def test_one_day_late_is_said_in_the_singular(self):
        order = self.sell(5, promise="2026-03-10")
        self.assertIn(
            "March 10, 1 working day late.", self.explain(order, "2026-03-11")
        )

    def test_late_only_over_the_week_end_names_no_days(self):
        order = self.sell(5, promise="2026-03-13")
        self.assertIn(
            "Promised March 13, not delivered.", self.explain(order, "2026-03-14")
        )

    def test_promise_that_we_put_off_ourselves(self):
        order = self.sell(10, promise="2026-03-10")
        self.change_promise(
            order,
            "2026-03-17",
            "internal",
            at="2026-03-04 09:00:00",
            reason="Press broken",
        )
        self.assertEqual(
            self.explain(order, "2026-03-04"),
            "Promised March 10, planned for March 17: 5 working days too late. "
            "10 still to deliver. "
            f"Goods reserved in {order.picking_ids.name}. We put it off: Press broken.",
        )

    def _receive(self, product, qty, date, warehouse=None):
        """Plan a receipt of a product from a supplier."""
        picking_type = (warehouse or self.warehouse).in_type_id
        suppliers = self.env.ref("stock.stock_location_suppliers")
        stock = picking_type.default_location_dest_id
        partner = self.env["res.partner"].create({"name": "Bois du Nord"})
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "partner_id": partner.id,
                "location_id": suppliers.id,
                "location_dest_id": stock.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": qty,
                            "location_id": suppliers.id,
                            "location_dest_id": stock.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.date = date
        return picking

    def test_goods_out_of_stock_name_the_next_receipt(self):
        product = self._create_product("Armoire", stock=4)
        order = self.sell((product, 10), promise="2026-03-10")
        receipt = self._receive(product, 20, "2026-03-20 10:00:00")
        delivery = order.picking_ids.name
        self.assertEqual(
            self.explain(order, "2026-03-12"),
            "Promised March 10, 2 working days late. 10 still to deliver. "
            f"Only 4 of 10 in stock for {delivery}. "
            f"Waits for receipt {receipt.name} of Bois du Nord, due March 20.",
        )
        self.assertIn(
            f"Waits for receipt {receipt.name} of Bois du Nord, due March 20, still "
            "open.",
            self.explain(order, "2026-03-24"),
        )

    def test_goods_at_the_dock_are_not_in_stock(self):
        scarce = self._create_product("Fonte", stock=0)
        quarantine = self.warehouse.lot_stock_id.copy(
            {"location_id": self.warehouse.view_location_id.id}
        )
        self.env["stock.quant"]._update_available_quantity(scarce, quarantine, 9)
        order = self.sell((scarce, 5), promise="2026-03-10")
        self.assertIn(
            "Out of stock. Nothing is on order.", self.explain(order, "2026-03-03")
        )

    def test_receipt_without_a_transfer_is_named_by_its_way(self):
        scarce = self._create_product("Fonte", stock=0)
        receipt = self.receive(scarce, 5, "2026-03-09")
        receipt.picking_id = False
        receipt.reference = False
        order = self.sell((scarce, 5), promise="2026-03-10")
        self.assertIn(
            f"Waits for receipt {receipt.display_name}, due March 9.",
            self.explain(order, "2026-03-03"),
        )

    def test_goods_that_nobody_orders(self):
        product = self._create_product("Armoire", stock=0)
        order = self.sell((product, 10), promise="2026-03-10")
        self.assertIn(
            "10 still to deliver. Out of stock. Nothing is on order.",
            self.explain(order, "2026-03-09"),
        )

    def test_receipt_for_another_warehouse_is_not_named(self):
        product = self._create_product("Armoire", stock=0)
        other = self.env["stock.warehouse"].create(
            {"name": "Lyon", "code": "LYO", "company_id": self.company.id}
        )
        order = self.sell((product, 10), promise="2026-03-10")
        self._receive(product, 20, "2026-03-20 10:00:00", warehouse=other)
        self.assertIn("Nothing is on order.", self.explain(order, "2026-03-09"))

    def test_outcome_of_what_was_delivered(self):
        kept = self.sell(10, promise="2026-03-10")
        missed = self.sell(10, promise="2026-03-10")
        self.deliver(kept, at="2026-03-09 10:00:00")
        self.deliver(missed, at="2026-03-12 10:00:00")
        self.assertEqual(
            self.explain(kept, "2026-03-12"),
            "Promised March 10, delivered March 9, on time.",
        )
        self.assertEqual(
            self.explain(missed, "2026-03-12"),
            "Promised March 10, delivered March 12, 2 working days late.",
        )

    def test_rest_that_was_refused_is_not_hidden(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 8, at="2026-03-09 10:00:00", backorder=False)
        self.assertEqual(
            self.explain(order, "2026-03-12"),
            "Promised March 10, delivered March 9, on time. "
            "Only 8 of 10, the rest was cancelled.",
        )

    def test_another_year_is_named(self):
        order = self.sell(10, promise="2026-03-10")
        self.assertIn("Promised March 10, 2026,", self.explain(order, "2027-03-11"))

    def test_queries_do_not_grow_with_the_rows(self):
        commitments = self.env["adv.commitment"]

        def count(orders):
            rows = commitments.browse(orders.adv_commitment_ids.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.mapped("explanation")
            return self.env.cr.sql_log_count - before

        orders = self.env["sale.order"]
        for _each in range(6):
            product = self._create_product("Armoire", stock=4)
            orders |= self.sell((product, 5), (self.product, 2), promise="2026-03-10")
            self._receive(product, 20, "2026-03-20 10:00:00")
        self.refresh("2026-03-12")
        count(orders[:1])  # fills what is cached for good
        self.assertLessEqual(count(orders), count(orders[:2]))


@tagged("post_install", "-at_install")
class TestCallList(AdvCommon):
    def test_worst_customer_comes_first_with_a_phone_number(self):
        second = self.partner.copy({"name": "Menuiserie Adam", "phone": "04 05 06"})
        self.sell(10, promise="2026-03-10")
        self.sell(1, promise="2026-03-05", partner_id=second.id)
        self.refresh("2026-03-12")
        commitments = self.env["adv.commitment"].with_context(adv_call_list=True)
        result = commitments.web_read_group(
            [("company_id", "=", self.company.id)],
            ["partner_id"],
            order="late_working_days desc, amount_open desc",
        )
        self.assertEqual(
            [
                (group["partner_id"][1], group["late_working_days:max"])
                for group in result["groups"]
            ],
            [("Menuiserie Adam · 04 05 06", 5), ("Garage Martin", 2)],
        )

    def test_statuses_stand_from_the_most_to_the_least_urgent(self):
        self.sell(10, promise="2026-03-31")
        self.sell(10, promise="2026-03-05")
        self.refresh("2026-03-12")
        commitments = self.env["adv.commitment"].with_context(read_group_expand=True)
        groups = commitments.formatted_read_group(
            [("company_id", "=", self.company.id)], ["status"], ["__count"]
        )
        self.assertEqual([group["status"] for group in groups], ["late", "on_time"])
