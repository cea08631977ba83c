"""Which order lines promise goods, and how much of them."""

from odoo import Command
from odoo.tests import tagged

from ..common import MONDAY, AdvCommon


@tagged("post_install", "-at_install")
class TestPromisedLines(AdvCommon):
    def _promised(self, *lines, **vals):
        """Return ``(product, quantity)`` of what an order with these lines promises."""
        order = self.sell(
            promise="2026-03-10",
            order_line=[Command.create(line) for line in lines],
            **vals,
        )
        return [(row.product_id, row.qty_ordered) for row in order.adv_commitment_ids]

    def _goods(self, qty=5, **vals):
        return {"product_id": self.product.id, "product_uom_qty": qty, **vals}

    def test_goods_promise_and_texts_do_not(self):
        section = {"display_type": "line_section", "name": "Furniture"}
        note = {"display_type": "line_note", "name": "Ring twice"}
        self.assertEqual(
            self._promised(section, self._goods(), note), [(self.product, 5)]
        )

    def test_goods_without_stock_keeping_promise_too(self):
        consumable = self._create_product("Screws", stock=0, is_storable=False)
        order = self.sell((consumable, 4), promise="2026-03-10")
        self.assertCommitment(order, qty_ordered=4, status="on_time")
        self.deliver(order, at="2026-03-10 09:00:00")
        self.assertCommitment(order, status="delivered", otif_count=1)

    def test_services_promise_nothing(self):
        service = self.env["product.product"].create(
            {"name": "Assembly", "type": "service"}
        )
        self.assertEqual(self._promised({"product_id": service.id}), [])

    def test_deposits_promise_nothing(self):
        self.assertEqual(
            self._promised(self._goods(qty=0, is_downpayment=True), self._goods()),
            [(self.product, 5)],
        )
        self.assertEqual(self._promised(self._goods(is_downpayment=True)), [])

    def test_re_invoiced_expenses_promise_nothing(self):
        self.assertEqual(self._promised(self._goods(is_expense=True)), [])

    def test_zero_and_negative_quantities_promise_nothing(self):
        self.assertEqual(self._promised(self._goods(qty=0)), [])
        self.assertEqual(self._promised(self._goods(qty=-3)), [])

    def _create_combo(self, **products):
        """Return a combo product that lets choose each of these products."""
        combos = self.env["product.combo"].create(
            [
                {
                    "name": name,
                    "combo_item_ids": [Command.create({"product_id": product.id})],
                }
                for name, product in products.items()
            ]
        )
        vals = {"name": "Corner", "type": "combo", "taxes_id": False}
        return self.env["product.product"].create({**vals, "combo_ids": combos.ids})

    def test_items_of_a_combo_promise_and_the_combo_does_not(self):
        other = self._create_product("Lamp")
        combo = self._create_combo(seat=self.product, light=other)
        order = self.sell((combo, 1), promise="2026-03-10", confirm=False)
        parent = order.order_line
        items = combo.combo_ids.combo_item_ids
        with self.act(MONDAY):
            order.order_line = [
                Command.create(
                    {
                        **self._goods(1, product_id=item.product_id.id),
                        "combo_item_id": item.id,
                        "linked_line_id": parent.id,
                    }
                )
                for item in items
            ]
            order.action_confirm()
            self._run_engine()
        self.assertEqual(order.adv_commitment_ids.product_id, self.product | other)
        self.assertNotIn(parent, order.adv_commitment_ids.sale_line_id)

    def test_draft_order_promises_nothing(self):
        order = self.sell(5, promise="2026-03-10", confirm=False)
        self.assertFalse(order.adv_commitment_ids)

    def test_line_added_to_a_confirmed_order_promises(self):
        order = self.sell(5, promise="2026-03-10")
        other = self._create_product("Lamp")
        with self.act("2026-03-04 08:00:00"):
            order.order_line = [
                Command.create({"product_id": other.id, "product_uom_qty": 2})
            ]
            self._run_engine()
        added = order.adv_commitment_ids.filtered(lambda row: row.product_id == other)
        self.assertCommitment(
            added,
            qty_first_promise=2,
            date_first_promise="2026-03-10",
            date_confirmed="2026-03-04",
        )

    def test_line_added_by_a_delivery_promises_once_raised(self):
        order = self.sell(5, promise="2026-03-10")
        other = self._create_product("Lamp")
        picking = order.picking_ids
        with self.act("2026-03-09 08:00:00"):
            picking.move_ids.write({"quantity": 5, "picked": True})
            self.env["stock.move"].create(
                {
                    "product_id": other.id,
                    "product_uom_qty": 1,
                    "picking_id": picking.id,
                    "location_id": picking.location_id.id,
                    "location_dest_id": picking.location_dest_id.id,
                    "quantity": 1,
                    "picked": True,
                }
            )
            self._validate(picking)
            self._run_engine()
        added = order.order_line.filtered(lambda line: line.product_id == other)
        self.assertEqual(added.product_uom_qty, 0)
        self.assertEqual(order.adv_commitment_ids.product_id, self.product)
        with self.act("2026-03-09 09:00:00"):
            added.product_uom_qty = 3
            self._run_engine()
        raised = order.adv_commitment_ids.filtered(lambda row: row.product_id == other)
        self.assertCommitment(
            raised,
            qty_ordered=3,
            qty_delivered=1,
            qty_open=2,
            date_promise="2026-03-10",
        )

    def test_line_of_zero_raised_later_promises_from_then_on(self):
        order = self.sell(0, promise="2026-03-10")
        self.assertFalse(order.adv_commitment_ids)
        with self.act("2026-03-05 08:00:00"):
            order.order_line.product_uom_qty = 7
            self._run_engine()
        self.assertCommitment(
            order, qty_first_promise=7, qty_ordered=7, date_confirmed="2026-03-05"
        )
        self.assertFalse(order.adv_commitment_ids.revision_ids)

    def test_row_names_customer_team_owner_and_warehouse(self):
        owner = self._create_user("paule", "adv_management.group_adv_user")
        team = self.env["crm.team"].create(
            {"name": "North", "company_id": self.company.id}
        )
        contact = self.env["res.partner"].create(
            {"name": "Workshop", "parent_id": self.partner.id}
        )
        order = self.sell(
            5,
            promise="2026-03-10",
            partner_id=contact.id,
            team_id=team.id,
            adv_user_id=owner.id,
            adv_date_requested="2026-03-06",
        )
        self.assertCommitment(
            order,
            partner_id=self.partner,
            team_id=team,
            adv_user_id=owner,
            warehouse_id=self.warehouse,
            company_id=self.company,
            date_requested="2026-03-06",
            date_confirmed="2026-03-02",
            is_hold=False,
        )
        order.write({"adv_user_id": False, "adv_date_requested": "2026-03-09"})
        self.refresh("2026-03-03")
        self.assertCommitment(
            order, adv_user_id=self.env["res.users"], date_requested="2026-03-09"
        )
