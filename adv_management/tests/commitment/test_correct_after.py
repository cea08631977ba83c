"""The ledger stays right whatever is done to documents and products afterwards."""

from odoo import Command
from odoo.tests import tagged

from ..common import MONDAY, AdvCommon


@tagged("post_install", "-at_install")
class TestImports(AdvCommon):
    """Files loaded by the import of Odoo's lists."""

    def _load(self, model, fields, *rows, at=MONDAY):
        with self.act(at):
            result = self.env[model].load(fields, [list(row) for row in rows])
            self._run_engine()
        self.assertFalse(result["messages"])
        return self.env[model].browse(result["ids"])

    def test_confirmed_orders_with_their_lines(self):
        fields = ["partner_id/.id", "commitment_date", "state"]
        fields += ["order_line/product_id/.id", "order_line/product_uom_qty"]
        lamp = self._create_product("Lamp")
        orders = self._load(
            "sale.order",
            fields,
            [str(self.partner.id), "2026-03-10 12:00:00", "sale"]
            + [str(self.product.id), "10"],
            ["", "", "", str(lamp.id), "3"],
            [str(self.partner.id), "2026-03-11 12:00:00", "sale"]
            + [str(self.product.id), "4"],
        )
        rows = orders.adv_commitment_ids.sorted("id")
        self.assertEqual(rows.mapped("qty_open"), [10, 3, 4])
        self.assertEqual(
            [str(row.date_promise) for row in rows],
            ["2026-03-10", "2026-03-10", "2026-03-11"],
        )

    def test_quantity_raised_and_date_moved_by_file(self):
        order = self.sell(10, promise="2026-03-10")
        self._load(
            "sale.order",
            [".id", "commitment_date", "order_line/.id", "order_line/product_uom_qty"],
            [str(order.id), "2026-03-17 12:00:00", str(order.order_line.id), "12"],
            at="2026-03-04 09:00:00",
        )
        self.assertCommitment(
            order, qty_ordered=12, qty_open=12, date_promise="2026-03-10"
        )
        self.assertEqual(
            self.get_cuts(order), [("customer", "increase", 2, "2026-03-04")]
        )
        [moved] = order.adv_commitment_ids.revision_ids.filtered(
            lambda revision: revision.kind == "date"
        )
        self.assertEqual((moved.source, str(moved.date_new)), ("order", "2026-03-17"))
        self.assertFalse(moved.is_accepted)


@tagged("post_install", "-at_install")
class TestProducts(AdvCommon):
    def test_unit_of_the_product_replaced(self):
        """Odoo takes ten pieces for ten dozens from then on: so does the ledger."""
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 4, at="2026-03-05 09:00:00")
        dozen = self.env.ref("uom.product_uom_dozen")
        with self.act("2026-03-06 09:00:00"):
            self.product.uom_id = dozen
            self._run_engine()
        self.assertEqual(order.order_line.product_uom_id, dozen)
        self.assertCommitment(
            order,
            product_uom_id=dozen,
            qty_ordered=10,
            qty_delivered=4,
            qty_open=6,
            amount_open=60,
        )
        self.assertFalse(order.adv_commitment_ids.revision_ids)
        self.deliver(order, at="2026-03-09 09:00:00")
        self.assertCommitment(order, qty_delivered=10, otif_count=1)

    def test_archived_product_is_still_owed_and_delivered(self):
        order = self.sell(10, promise="2026-03-10")
        self.product.product_tmpl_id.active = False
        self.assertFalse(self.product.active)
        self.set_quantity(order, 12, at="2026-03-04 09:00:00")
        self.assertCommitment(order, qty_ordered=12, qty_open=12, status="on_time")
        self.deliver(order, at="2026-03-09 09:00:00")
        self.assertCommitment(order, qty_delivered=12, otif_count=1)

    def test_product_archived_before_the_confirmation_is_promised(self):
        order = self.sell(10, promise="2026-03-10", confirm=False)
        self.product.product_tmpl_id.active = False
        with self.act(MONDAY):
            order.action_confirm()
            self._run_engine()
        self.assertCommitment(order, qty_open=10, status="on_time")

    def test_supply_of_an_archived_product_moves_the_prediction(self):
        product = self._create_product("Vase", stock=0)
        receipt = self.receive(product, 10, "2026-03-06")
        order = self.sell((product, 10), promise="2026-03-10")
        product.product_tmpl_id.active = False
        with self.act("2026-03-04 09:00:00"):
            receipt.date = "2026-03-12 10:00:00"
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-12")


@tagged("post_install", "-at_install")
class TestDocuments(AdvCommon):
    def test_draft_receipt_deleted(self):
        product = self._create_product("Vase", stock=0)
        receipt = self.receive(product, 10, "2026-03-06", confirm=False)
        order = self.sell((product, 10), promise="2026-03-10")
        self.assertCommitment(order, status="at_risk", evidence_move_id=receipt)
        with self.act("2026-03-04 09:00:00"):
            receipt.unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            [row] = order.adv_commitment_ids.read(
                ["evidence_move_id", "evidence_picking_id", "evidence_name"]
            )
            self.assertEqual(set(row.values()), {False, row["id"]})
            self._run_engine()
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted=False,
            evidence_move_id=self.env["stock.move"],
        )

    def test_draft_delivery_made_by_hand_and_deleted(self):
        order = self.sell(10, promise="2026-03-10")
        [move] = order.picking_ids.move_ids
        self.cancel_rest(order, at="2026-03-04 09:00:00")
        self.assertCommitment(order, status="cancelled", qty_open=0)
        with self.act("2026-03-05 09:00:00"):
            draft = move.picking_id.copy({"move_ids": []})
            move.copy({"picking_id": draft.id, "sale_line_id": order.order_line.id})
            self.assertEqual(draft.move_ids.state, "draft")
            self._run_engine()
        # a draft is served after all others
        self.assertCommitment(order, status="at_risk", qty_open=10)
        with self.act("2026-03-06 09:00:00"):
            draft.move_ids.unlink()
            self._run_engine()
        self.assertCommitment(order, status="cancelled", qty_open=0, due_count=0)
        self.assertEqual(
            self.get_cuts(order),
            [
                ("internal", "rest_cancelled", -10, "2026-03-04"),
                ("internal", "restored", 10, "2026-03-05"),
                ("internal", "rest_cancelled", -10, "2026-03-06"),
            ],
        )

    def test_locked_order_unlocked_and_edited(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-04 09:00:00"):
            order.action_lock()
            order.action_unlock()
            order.order_line.product_uom_qty = 7
            order.order_line = [
                Command.create({"product_id": self.product.id, "product_uom_qty": 2})
            ]
            self._run_engine()
        first, second = order.adv_commitment_ids.sorted("id")
        self.assertEqual((first.qty_ordered, first.qty_open), (10, 7))
        self.assertEqual((second.qty_first_promise, second.qty_open), (2, 2))
        self.assertEqual(
            self.get_cuts(order), [("internal", "decrease", -3, "2026-03-04")]
        )

    def test_line_duplicated_on_a_confirmed_order_promises_for_itself(self):
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-04 09:00:00"):
            order.order_line.copy({"order_id": order.id})
            self._run_engine()
        rows = order.adv_commitment_ids.sorted("id")
        self.assertEqual(rows.mapped("qty_open"), [10, 10])
        self.assertEqual(
            [str(row.date_confirmed) for row in rows], ["2026-03-02", "2026-03-04"]
        )

    def test_one_of_two_transfers_dated_back(self):
        order = self.sell(10, promise="2026-03-10")
        self.deliver(order, 6, at="2026-03-09 09:00:00")
        rest = self.deliver(order, at="2026-03-12 09:00:00")
        self.assertCommitment(
            order, qty_on_time=6, on_time_count=0, date_delivered="2026-03-12"
        )
        with self.act("2026-03-13 09:00:00"):
            rest.date_done = "2026-03-10 22:30:00"  # half an hour before midnight
            self._run_engine()
        self.assertCommitment(
            order,
            qty_on_time=10,
            on_time_count=1,
            otif_count=1,
            date_delivered="2026-03-10",
            delay_days=0,
        )

    def test_corrected_transfer_corrected_back(self):
        order = self.sell(10, promise="2026-03-10")
        [detail] = self.deliver(order, at="2026-03-09 09:00:00").move_line_ids
        for day, qty, rates in (
            ("2026-03-11 09:00:00", 7, [1, 0, 0, 0]),
            ("2026-03-12 09:00:00", 10, [1, 1, 1, 1]),
        ):
            with self.act(day):
                detail.quantity = qty
                self._run_engine()
            self.assertCommitment(order, qty_delivered=qty)
            self.assertEqual(self.get_rates(order), rates, qty)
