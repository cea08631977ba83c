"""When the goods can leave: shared stock, receipts, whom they serve first."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestSupply(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scarce = cls._create_product("Fonte", stock=0)

    # Shared stock ---------------------------------------------------------------------

    def test_who_was_promised_first_is_served_first(self):
        self._set_stock(self.scarce, 10)
        self.warehouse.out_type_id.reservation_method = "manual"
        receipt = self.receive(self.scarce, 6, "2026-03-25")
        late = self.sell((self.scarce, 8), promise="2026-03-30")
        soon = self.sell((self.scarce, 6), promise="2026-03-12")
        self.refresh("2026-03-03")
        self.assertCommitment(soon, status="on_time")
        self.assertCommitment(
            late,
            status="on_time",
            date_predicted="2026-03-25",
            evidence_move_id=receipt,
        )

    def test_a_new_promise_takes_the_goods_of_a_later_one(self):
        self._set_stock(self.scarce, 5)
        self.warehouse.out_type_id.reservation_method = "manual"
        later = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(later, status="on_time")
        sooner = self.sell((self.scarce, 5), promise="2026-03-16")
        self.assertCommitment(sooner, status="on_time")
        self.assertCommitment(later, status="will_be_late", date_predicted=False)

    def test_what_is_reserved_is_taken_from_nobody(self):
        self._set_stock(self.scarce, 5)
        later = self.sell((self.scarce, 5), promise="2026-03-30")
        sooner = self.sell((self.scarce, 5), promise="2026-03-16")
        self.assertCommitment(later, status="on_time")
        self.assertCommitment(sooner, status="will_be_late", date_predicted=False)

    def test_goods_given_back_serve_who_waits(self):
        self._set_stock(self.scarce, 5)
        first = self.sell((self.scarce, 5), promise="2026-03-16")
        second = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(second, status="will_be_late")
        self.cancel_rest(first, at="2026-03-04 09:00:00")
        self.assertCommitment(second, status="on_time", date_predicted="2026-03-30")

    # Receipts -------------------------------------------------------------------------

    def test_nothing_coming_will_be_late(self):
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(order, status="will_be_late", date_predicted=False)

    def test_draft_receipt_is_a_risk(self):
        self.receive(self.scarce, 5, "2026-03-10", confirm=False)
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-10")

    def test_overdue_receipt_counts_from_today(self):
        self.receive(self.scarce, 5, "2026-03-04")
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.refresh("2026-03-09")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-09")

    def test_receipt_close_to_the_promise_is_a_risk(self):
        receipt = self.receive(self.scarce, 5, "2026-03-12")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCommitment(order, status="at_risk", date_predicted="2026-03-12")
        with self.act("2026-03-03 09:00:00"):
            receipt.date = "2026-03-11 10:00:00"
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-11")

    def test_receipt_after_the_promise_makes_late(self):
        self.receive(self.scarce, 5, "2026-03-18")
        order = self.sell((self.scarce, 5), promise="2026-03-13")
        self.assertCommitment(
            order,
            status="will_be_late",
            date_predicted="2026-03-18",
            date_promise="2026-03-13",
        )

    def test_receipt_for_all_refreshes_who_waits(self):
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        self.assertCommitment(order, status="will_be_late")
        receipt = self.receive(self.scarce, 5, "2026-03-10", at="2026-03-03 08:00:00")
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-10")
        with self.act("2026-03-04 08:00:00"):
            receipt.date = "2026-04-07 10:00:00"
            self._run_engine()
        self.assertCommitment(order, status="will_be_late", date_predicted="2026-04-07")
        with self.act("2026-03-05 08:00:00"):
            self._set_stock(self.scarce, 5)
            receipt.picking_id.action_cancel()
            self._run_engine()
        self.assertCommitment(order, status="on_time")

    def test_receipt_that_came_in_covers_the_order(self):
        receipt = self.receive(self.scarce, 5, "2026-03-10")
        order = self.sell((self.scarce, 5), promise="2026-03-30")
        with self.act("2026-03-06 09:00:00"):
            receipt.write({"quantity": 5, "picked": True})
            self._validate(receipt.picking_id)
            self._run_engine()
        self.assertCommitment(order, status="on_time", date_predicted="2026-03-30")
