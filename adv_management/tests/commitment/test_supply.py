"""When the goods can leave: upstream chain, shared stock, receipts."""

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestSupply(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create({"name": "Fonderie Morel"})
        cls.scarce = cls._create_product("Fonte", stock=0)

    def receive(self, product, qty, day, *, confirm=True, **vals):
        """Return the incoming move of goods expected on a day."""
        picking_type = self.warehouse.in_type_id
        picking = self.env["stock.picking"].create(
            {
                "partner_id": self.vendor.id,
                "picking_type_id": picking_type.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": picking_type.default_location_dest_id.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": qty,
                            "product_uom": product.uom_id.id,
                            "location_id": self.env.ref("stock.stock_location_suppliers").id,
                            "location_dest_id": picking_type.default_location_dest_id.id,
                            "date": f"{day} 10:00:00",
                            **vals,
                        }
                    )
                ],
            }
        )
        if confirm:
            picking.action_confirm()
        picking.move_ids.date = f"{day} 10:00:00"
        return picking.move_ids

    def test_who_was_promised_first_is_served_first(self):
        self._set_stock(self.scarce, 10)
        no_reservation = {"reservation_method": "manual"}
        self.warehouse.out_type_id.write(no_reservation)
        with freeze_time("2026-03-02 08:00:00"):
            receipt = self.receive(self.scarce, 6, "2026-03-25")
        late = self.sell((self.scarce, 8), promise="2026-03-30")
        soon = self.sell((self.scarce, 6), promise="2026-03-12")
        self.refresh_all("2026-03-03")
        self.assertCommitment(soon, status="on_time")
        self.assertCommitment(
            late, status="on_time", date_predicted="2026-03-25", evidence_move_id=receipt
        )

    def refresh_all(self, today):
        with freeze_time(f"{today} 11:00:00"):
            lines = self.env["adv.commitment"].search([("company_id", "=", self.company.id)]).sale_line_id
            self.env["adv.commitment"]._refresh(lines.ids)

    def test_nothing_coming_will_be_late(self):
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)

    def test_draft_receipt_is_a_risk(self):
        with freeze_time("2026-03-02 08:00:00"):
            self.receive(self.scarce, 5, "2026-03-10", confirm=False)
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-10")

    def test_overdue_receipt_counts_from_today(self):
        with freeze_time("2026-03-02 08:00:00"):
            self.receive(self.scarce, 5, "2026-03-04")
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-09")

    def test_receipt_after_the_promise_makes_late(self):
        with freeze_time("2026-03-02 08:00:00"):
            self.receive(self.scarce, 5, "2026-03-18")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-03-18", date_promise="2026-03-13")

    def test_receipt_for_all_refreshes_who_waits(self):
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(order, status="will_be_late")
        with freeze_time("2026-03-03 08:00:00"):
            receipt = self.receive(self.scarce, 5, "2026-03-10")
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-10")
        with freeze_time("2026-03-04 08:00:00"):
            receipt.date = "2026-04-07 10:00:00"
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-04-07")
        with freeze_time("2026-03-05 08:00:00"):
            self._set_stock(self.scarce, 5)
            receipt.picking_id.action_cancel()
            self._run_engine()
        self.assertCommitment(order, status="on_time")

    def test_a_new_promise_takes_the_goods_of_a_later_one(self):
        self._set_stock(self.scarce, 5)
        self.warehouse.out_type_id.reservation_method = "manual"
        later = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(later, status="on_time")
        sooner = self.sell((self.scarce, 5), promise="2026-03-16")
        self.assertCommitment(sooner, status="on_time")
        self.assertCommitment(later, status="will_be_late", date_predicted=False)
