"""Open quotations by product and week beside what is promised, there and coming."""

from odoo import Command
from odoo.tests import tagged

from ..common import AdvCommon

WEDNESDAY = "2026-03-11 09:00:00"


@tagged("post_install", "-at_install")
class TestDemand(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._create_product("Fonte", stock=7)

    def _rows(self, *domain, at=WEDNESDAY):
        """Return ``(week, kind, quantity)`` of our product."""
        with self.act(at):
            self.env.invalidate_all()
            rows = self.env["adv.demand.report"].search(
                [("product_id", "=", self.goods.id), *domain]
            )
            return [(row.week, row.kind, row.quantity) for row in rows]

    def _quote(self, qty, promise=None, **vals):
        return self.sell((self.goods, qty), promise=promise, confirm=False, **vals)

    def test_all_kinds_stand_side_by_side(self):
        self._quote(4, "2026-03-18")
        self.sell((self.goods, 2), promise="2026-03-19")
        self.receive(self.goods, 9, "2026-03-17")
        self.assertEqual(
            self._rows(),
            [
                ("2026-W11", "on_hand", 7),
                ("2026-W12", "confirmed", 2),
                ("2026-W12", "incoming", 9),
                ("2026-W12", "quotation", 4),
            ],
        )

    def test_each_kind_has_its_column(self):
        self._quote(4, "2026-03-18")
        self.sell((self.goods, 2), promise="2026-03-19")
        self.receive(self.goods, 9, "2026-03-17")
        with self.act(WEDNESDAY):
            [sums] = self.env["adv.demand.report"]._read_group(
                [("product_id", "=", self.goods.id)],
                [],
                [
                    "qty_quotation:sum",
                    "qty_confirmed:sum",
                    "qty_on_hand:sum",
                    "qty_incoming:sum",
                ],
            )
        self.assertEqual(sums, (4, 2, 7, 9))

    def test_what_is_overdue_is_in_the_present_week(self):
        self._quote(4, "2026-03-04")
        self.sell((self.goods, 2), promise="2026-03-05")
        self.receive(self.goods, 9, "2026-03-03")
        self.assertEqual(
            self._rows(),
            [
                ("2026-W11", "confirmed", 2),
                ("2026-W11", "incoming", 9),
                ("2026-W11", "on_hand", 7),
                ("2026-W11", "quotation", 4),
            ],
        )

    def test_quotations_of_a_week_add_up(self):
        self._quote(4, "2026-03-16")
        self._quote(3, "2026-03-20").action_quotation_sent()
        self._quote(1, "2026-03-23")
        self.assertEqual(
            self._rows(("kind", "=", "quotation")),
            [("2026-W12", "quotation", 7), ("2026-W13", "quotation", 1)],
        )

    def test_expired_cancelled_and_confirmed_quotations_are_none(self):
        self._quote(4, "2026-03-18", validity_date="2026-03-10")
        self._quote(3, "2026-03-18", validity_date="2026-03-11")
        self._quote(5, "2026-03-18")._action_cancel()
        self.assertEqual(
            self._rows(("kind", "=", "quotation")), [("2026-W12", "quotation", 3)]
        )

    def test_validity_ends_with_the_company_s_own_day(self):
        self._quote(4, "2026-03-18", validity_date="2026-03-11")
        kind = ("kind", "=", "quotation")
        # half past eleven and half past midnight in Paris
        self.assertEqual(len(self._rows(kind, at="2026-03-11 22:30:00")), 1)
        self.assertEqual(len(self._rows(kind, at="2026-03-11 23:30:00")), 0)

    def test_week_begins_on_the_warehouse_s_own_monday(self):
        self._quote(4, "2026-03-15 23:30:00")
        self.assertEqual(
            self._rows(("kind", "=", "quotation")), [("2026-W12", "quotation", 4)]
        )
        self.assertEqual(
            self._rows(("kind", "=", "on_hand"), at="2026-03-15 23:30:00"),
            [("2026-W12", "on_hand", 7)],
        )

    def test_quotation_without_a_date_counts_from_its_lead_time(self):
        self.goods.sale_delay = 10
        self._quote(4)
        self.assertEqual(
            self._rows(("kind", "=", "quotation")), [("2026-W12", "quotation", 4)]
        )

    def test_turn_of_the_year_follows_iso(self):
        self._quote(4, "2027-01-02")
        self.assertEqual(
            self._rows(("kind", "=", "quotation")), [("2026-W53", "quotation", 4)]
        )

    def test_quantities_are_in_the_product_s_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._quote(2, "2026-03-18")
        order.order_line.product_uom_id = dozen
        self.assertEqual(
            self._rows(("kind", "=", "quotation")), [("2026-W12", "quotation", 24)]
        )
        with self.act("2026-03-11 08:00:00"):
            order.action_confirm()
            self._run_engine()
        self.assertEqual(
            self._rows(("kind", "=", "confirmed")), [("2026-W12", "confirmed", 24)]
        )

    def test_delivery_takes_goods_and_demand_away(self):
        order = self.sell((self.goods, 5), promise="2026-03-19")
        self.deliver(order, [2], at="2026-03-10 09:00:00")
        self.assertEqual(
            self._rows(),
            [("2026-W11", "on_hand", 5), ("2026-W12", "confirmed", 3)],
        )

    def test_services_notes_and_drafted_receipts_are_none(self):
        service = self.env["product.product"].create(
            {"name": "Pose", "type": "service"}
        )
        order = self._quote(4, "2026-03-18")
        order.order_line = [
            Command.create({"product_id": service.id}),
            Command.create({"display_type": "line_note", "name": "Note"}),
        ]
        self.receive(self.goods, 9, "2026-03-17", confirm=False)
        self.assertEqual(
            self._rows(),
            [("2026-W11", "on_hand", 7), ("2026-W12", "quotation", 4)],
        )
        with self.act(WEDNESDAY):
            found = self.env["adv.demand.report"].search(
                [("product_id", "=", service.id)]
            )
        self.assertFalse(found)

    def test_goods_on_their_way_through_the_warehouse_come_in_once(self):
        self.warehouse.reception_steps = "two_steps"
        move = self.receive(self.goods, 9, "2026-03-17")
        with self.act("2026-03-10 09:00:00"):
            move.quantity = 9
            move.picked = True
            self._validate(move.picking_id)
        self.assertEqual(self._rows(), [("2026-W11", "on_hand", 16)])

    def test_quoted_products_are_found_with_all_their_rows(self):
        self.assertEqual(self._rows(("is_quoted", "=", True)), [])
        self._quote(4, "2026-03-18")
        self.assertEqual(len(self._rows(("is_quoted", "=", True))), 2)

    def test_each_warehouse_and_company_has_its_own_rows(self):
        second = self.env["stock.warehouse"].create(
            {"name": "Lyon", "code": "LYO", "company_id": self.company.id}
        )
        self._set_stock(self.goods, 2, second)
        other = self.env["res.company"].create({"name": "Other"})
        elsewhere = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        self._set_stock(self.goods, 99, elsewhere)
        with self.act(WEDNESDAY):
            rows = self.env["adv.demand.report"].search(
                [("product_id", "=", self.goods.id)]
            )
            self.assertEqual(
                {(row.warehouse_id, row.quantity) for row in rows},
                {(self.warehouse, 7), (second, 2), (elsewhere, 99)},
            )
            assistant = self._create_user("paule", "adv_management.group_adv_user")
            mine = rows.with_user(assistant).search(
                [("product_id", "=", self.goods.id)]
            )
            self.assertEqual(sum(mine.mapped("quantity")), 9)

    def test_only_the_desk_reads_it(self):
        report = self.env["adv.demand.report"]
        for group, is_reader in (
            ("adv_management.group_adv_user", True),
            ("adv_management.group_adv_manager", True),
            ("stock.group_stock_user", False),
            ("base.group_user", False),
        ):
            user = self._create_user(group.partition(".")[2], group)
            self.assertEqual(report.with_user(user).has_access("read"), is_reader)
