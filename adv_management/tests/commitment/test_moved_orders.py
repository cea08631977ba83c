"""Customers merged or changed, other companies and warehouses: the ledger follows."""

from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestPartners(AdvCommon):
    def _merge(self, partners, into):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((partners | into).ids, into)
        self.env.invalidate_all()

    def test_customer_merged_into_another(self):
        order = self.sell(10, promise="2026-03-10")
        other = self.env["res.partner"].create({"name": "Garage Martin SA"})
        with self.act("2026-03-04 09:00:00"):
            self._merge(self.partner, other)
            self._run_engine()
        self.assertEqual(order.partner_id, other)
        self.assertCommitment(order, partner_id=other, qty_open=10, status="on_time")
        self.deliver(order, at="2026-03-09 09:00:00")
        self.assertCommitment(order, otif_count=1)

    def test_contact_merged_into_the_contact_of_another_customer(self):
        contact = self.env["res.partner"].create(
            {"name": "Luc", "parent_id": self.partner.id}
        )
        order = self.sell(10, promise="2026-03-10", partner_id=contact.id)
        self.assertCommitment(order, partner_id=self.partner)
        firm = self.env["res.partner"].create({"name": "Delta", "is_company": True})
        other = self.env["res.partner"].create({"name": "Luc", "parent_id": firm.id})
        with self.act("2026-03-04 09:00:00"):
            self._merge(contact, other)
            order.order_line.product_uom_qty = 12
            self._run_engine()
        self.assertCommitment(order, partner_id=firm, qty_ordered=12)

    def test_deleted_customer_leaves_his_orders_to_their_contact(self):
        firm = self.env["res.partner"].create({"name": "Delta", "is_company": True})
        contact = self.env["res.partner"].create({"name": "Luc", "parent_id": firm.id})
        done, waiting = (
            self.sell(10, promise="2026-03-10", partner_id=contact.id) for _ in "ab"
        )
        self.deliver(done, at="2026-03-09 09:00:00")
        with self.act("2026-03-09 10:00:00"):
            firm.unlink()
            self.env.invalidate_all()
            self._run_engine()
        self.assertCommitment(done, partner_id=contact, otif_count=1)
        self.assertCommitment(waiting, partner_id=contact, qty_open=10)

    def test_customer_of_the_order_changed(self):
        order = self.sell(10, promise="2026-03-10")
        other = self.env["res.partner"].create({"name": "Garage Martin SA"})
        with self.act("2026-03-04 09:00:00"):
            order.partner_id = other
            self._run_engine()
        self.assertCommitment(order, partner_id=other, date_promise="2026-03-10")

    def test_archived_customer_is_delivered(self):
        order = self.sell(10, promise="2026-03-10")
        self.partner.active = False
        self.deliver(order, at="2026-03-09 09:00:00")
        self.assertCommitment(order, partner_id=self.partner, otif_count=1)


@tagged("post_install", "-at_install")
class TestPlaces(AdvCommon):
    def test_another_company_is_the_active_one(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.user.company_ids |= other
        companies = (other | self.company).ids
        order = self.sell(10, promise="2026-03-10", confirm=False)
        abroad = order.with_context(allowed_company_ids=companies)
        with self.act("2026-03-02 23:30:00"):  # the third in Paris
            abroad.action_confirm()
            abroad.env["adv.commitment"]._run_pending()
        self.assertCommitment(
            order,
            company_id=self.company,
            warehouse_id=self.warehouse,
            date_confirmed="2026-03-03",
            date_promise="2026-03-10",
        )
        with self.act("2026-03-10 23:30:00"):
            abroad.picking_ids.move_ids.write({"quantity": 10, "picked": True})
            self._validate(abroad.picking_ids)
            abroad.env["adv.commitment"]._run_pending()
        self.assertCommitment(order, date_delivered="2026-03-11", on_time_count=0)

    def _create_warehouse(self):
        return self.env["stock.warehouse"].create(
            {"name": "Lyon", "code": "LYO", "company_id": self.company.id}
        )

    def test_warehouse_changed_before_the_order_is_confirmed_again(self):
        lyon = self._create_warehouse()
        lyon.adv_calendar_id = self._create_calendar("Tokyo", "Asia/Tokyo")
        self._set_stock(self.product, 100, lyon)
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-03 09:00:00"):
            order._action_cancel()
            order.action_draft()
            order.warehouse_id = lyon
            order.action_confirm()
            self._run_engine()
        self.assertEqual(order.order_line.warehouse_id, lyon)
        self.assertCommitment(order, warehouse_id=lyon, qty_open=10, status="on_time")
        # the eleventh in Tokyo
        self.deliver(order, at="2026-03-10 16:00:00")
        self.assertCommitment(order, date_delivered="2026-03-11", on_time_count=0)

    def test_warehouse_of_a_confirmed_order_changed(self):
        lyon = self._create_warehouse()
        order = self.sell(10, promise="2026-03-10")
        with self.act("2026-03-03 09:00:00"):
            order.warehouse_id = lyon
            self._run_engine()
        self.assertCommitment(order, warehouse_id=lyon, qty_open=10, status="on_time")

    def test_archived_warehouse_keeps_its_clock(self):
        lyon = self._create_warehouse()
        lyon.adv_calendar_id = self._create_calendar("Tokyo", "Asia/Tokyo")
        self._set_stock(self.product, 10, lyon)
        order = self.sell(10, promise="2026-03-10", warehouse_id=lyon.id)
        self.deliver(order, at="2026-03-10 16:00:00")
        lyon.active = False
        with self.act("2026-03-12 09:00:00"):
            self.env["adv.commitment"]._refresh(order.order_line.ids)
        self.assertCommitment(
            order, warehouse_id=lyon, date_delivered="2026-03-11", on_time_count=0
        )
