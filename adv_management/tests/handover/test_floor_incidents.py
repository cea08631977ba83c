"""What the warehouse tells the order desk, and what follows from it."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import AdvCommon

FRIDAY = "2026-03-06 09:00:00"


@tagged("post_install", "-at_install")
class TestFloorIncidents(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.storeman = cls._create_user("jean", "stock.group_stock_user")
        cls.assistant = cls._create_user("paule", "adv_management.group_adv_user")
        cls.salesman = cls._create_user("luc", "sales_team.group_sale_salesman")
        cls.scarce = cls._create_product("Fonte", stock=3)
        cls.order = cls.sell(
            10,
            (cls.scarce, 5),
            promise="2026-03-10",
            adv_user_id=cls.assistant.id,
            user_id=cls.salesman.id,
        )
        cls.picking = cls.order.picking_ids

    def _form(self, kind="shortage", picking=None, user=None):
        return Form(
            self.env["adv.floor.incident.declare"]
            .with_user(user or self.storeman)
            .with_context(
                default_picking_id=(picking or self.picking).id, default_kind=kind
            )
        )

    def _declare(self, kind="shortage", *, picking=None, user=None, **vals):
        with self.act(FRIDAY):
            form = self._form(kind, picking, user)
            for name, value in vals.items():
                form[name] = value
            form.save().action_declare()
        return self.env["adv.floor.incident"].search([], limit=1)

    def _causes(self):
        return [promise.cause_id.code for promise in self.order.adv_commitment_ids]

    def test_shortage_names_what_is_missing(self):
        incident = self._declare(note="Counted twice")
        self.assertRecordValues(
            incident,
            [
                {
                    "kind": "shortage",
                    "state": "open",
                    "picking_id": self.picking.id,
                    "order_id": self.order.id,
                    "partner_id": self.partner.id,
                    "company_id": self.company.id,
                    "user_id": self.storeman.id,
                    "owner_id": self.assistant.id,
                    "note": "Counted twice",
                    "goods": "Fonte: 2",
                }
            ],
        )
        self.assertEqual(str(incident.date_reported), FRIDAY)

    def test_shortage_sets_the_cause_of_the_missing_goods_alone(self):
        chair, iron = self.order.adv_commitment_ids
        before = chair.cause_id
        self._declare()
        self.assertEqual(iron.cause_id.code, "shortage")
        self.assertTrue(iron.is_cause_manual)
        self.assertEqual(chair.cause_id, before)
        self.refresh("2026-03-12")
        self.assertEqual(iron.cause_id.code, "shortage")

    def test_each_kind_has_its_cause(self):
        for kind, code in (
            ("address", "administrative"),
            ("refused", "customer_request"),
            ("carrier", "carrier"),
        ):
            with self.subTest(kind=kind):
                self._declare(kind)
                self.assertEqual(self._causes(), [code, code])

    def test_what_was_delivered_keeps_its_cause(self):
        done = self.deliver(self.order, [10, 0], at="2026-03-05 09:00:00")
        chair, iron = self.order.adv_commitment_ids
        self._declare("carrier", picking=done)
        self.assertFalse(chair.cause_id)
        self.assertNotEqual(iron.cause_id.code, "carrier")

    def test_owner_is_called_with_the_note(self):
        incident = self._declare(note="Counted twice")
        activity = incident.activity_ids
        self.assertEqual(activity.user_id, self.assistant)
        self.assertIn("Fonte: 2", activity.note)
        self.assertIn("Counted twice", activity.note)

    def test_without_owner_the_salesperson_is_called(self):
        self.order.adv_user_id = False
        self.assertEqual(self._declare().activity_ids.user_id, self.salesman)

    def test_without_owner_the_desk_of_the_settings_is_called(self):
        self.order.adv_user_id = False
        self.company.adv_alert_user_id = self.assistant
        self.assertEqual(self._declare().activity_ids.user_id, self.assistant)

    def test_without_anybody_it_waits_in_the_list(self):
        self.order.write({"adv_user_id": False, "user_id": False})
        incident = self._declare()
        self.assertFalse(incident.activity_ids)
        self.assertEqual(incident.state, "open")

    def test_order_and_transfer_tell_it(self):
        self._declare(note="Counted twice")
        for record in (self.order, self.picking):
            self.assertIn("Counted twice", record.message_ids[0].body)
            self.assertEqual(record.message_ids[0].author_id, self.storeman.partner_id)

    def _photo(self, user):
        attachments = self.env["ir.attachment"].with_user(user)
        return attachments.create({"name": "photo.png", "raw": b"x"}).sudo()

    def _declare_with(self, photos):
        with self.act(FRIDAY):
            wizard = self._form("carrier").save()
            wizard.sudo().attachment_ids = photos
            self.env.invalidate_all()
            wizard.action_declare()
        return self.env["adv.floor.incident"].search([], limit=1)

    def test_photo_belongs_to_the_incident(self):
        photo = self._photo(self.storeman)
        incident = self._declare_with(photo)
        self.assertEqual(incident.attachment_ids, photo)
        self.assertEqual(photo.res_id, incident.id)
        photos = incident.with_user(self.assistant).attachment_ids
        self.assertEqual(photos.mapped("raw"), [b"x"])

    def test_nobody_takes_the_attachments_of_others(self):
        foreign = self._photo(self.assistant)
        self.assertFalse(self._declare_with(foreign).attachment_ids)
        self.assertFalse(foreign.res_id)

    def test_quantity_can_be_corrected(self):
        with self.act(FRIDAY):
            form = self._form()
            with form.line_ids.edit(0) as line:
                line.qty = 4
            form.save().action_declare()
        incident = self.env["adv.floor.incident"].search([], limit=1)
        self.assertEqual(incident.goods, "Chaise: 4, Fonte: 2")

    # Bad input ------------------------------------------------------------------------

    def test_quantities_that_cannot_be_are_refused(self):
        for qty in (-1, 11):
            with self.subTest(qty=qty):
                form = self._form()
                with form.line_ids.edit(0) as line:
                    line.qty = qty
                with self.assertRaisesRegex(ValidationError, "from 0 to 10"):
                    form.save().action_declare()

    def test_shortage_of_nothing_is_refused(self):
        order = self.sell(1, promise="2026-03-10")
        form = self._form(picking=order.picking_ids)
        with self.assertRaisesRegex(ValidationError, "how much is missing"):
            form.save().action_declare()

    def test_receipts_and_cancelled_transfers_are_refused(self):
        receipt = self.receive(self.product, 5, "2026-03-05").picking_id
        with self.assertRaisesRegex(UserError, "does not deliver"):
            self._declare("carrier", picking=receipt)
        self.cancel_rest(self.order, at="2026-03-05 09:00:00")
        with self.assertRaisesRegex(UserError, "cancelled"):
            self._declare("carrier")

    def test_goods_of_another_transfer_are_left_out(self):
        other = self.sell(5, promise="2026-03-10")
        with self.act(FRIDAY):
            wizard = self._form("carrier").save()
            wizard.line_ids[0].move_id = other.picking_ids.move_ids
            wizard.line_ids[0].qty = 1
            wizard.action_declare()
        self.assertNotEqual(other.adv_commitment_ids.cause_id.code, "carrier")

    def test_delivery_without_an_order_is_told_too(self):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "partner_id": self.partner.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 1,
                            "location_id": self.warehouse.lot_stock_id.id,
                            "location_dest_id": self.env.ref(
                                "stock.stock_location_customers"
                            ).id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        incident = self._declare("carrier", picking=picking)
        self.assertEqual(incident.goods, "Chaise: 1")
        self.assertFalse(incident.order_id)

    # Closing --------------------------------------------------------------------------

    def test_assistant_closes_it_and_is_done(self):
        incident = self._declare()
        with self.act("2026-03-06 10:00:00"):
            incident.with_user(self.assistant).action_close()
        self.assertEqual(incident.state, "closed")
        self.assertEqual(str(incident.date_closed), "2026-03-06 10:00:00")
        self.assertFalse(incident.activity_ids)
        incident.with_user(self.assistant).action_reopen()
        self.assertFalse(incident.date_closed)

    # Rights ---------------------------------------------------------------------------

    def test_warehouse_neither_forges_nor_closes_incidents(self):
        incident = self._declare()
        mine = incident.with_user(self.storeman)
        self.assertEqual(mine.goods, "Fonte: 2")
        for call in (
            lambda: mine.action_close(),
            lambda: mine.write({"note": "No"}),
            lambda: mine.create({"kind": "carrier", "company_id": self.company.id}),
            lambda: mine.unlink(),
            lambda: (
                self.order.adv_commitment_ids[1]
                .with_user(self.storeman)
                .write({"cause_id": False})
            ),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_others_report_nothing(self):
        for user in (self.salesman, self._create_user("eve", "base.group_user")):
            with self.assertRaises(AccessError):
                self._declare("carrier", user=user)

    def test_salesperson_reads_those_of_his_customers(self):
        other = self.sell(5, promise="2026-03-10", user_id=self.assistant.id)
        mine = self._declare("carrier")
        self._declare("carrier", picking=other.picking_ids)
        found = self.env["adv.floor.incident"].with_user(self.salesman).search([])
        self.assertEqual(found, mine)
        self.assertEqual(found.line_ids.mapped("qty"), [10, 5])

    def test_other_companies_see_none(self):
        incident = self._declare("carrier")
        stranger = self._create_user("max", "adv_management.group_adv_manager")
        other = self.env["res.company"].create({"name": "Other"})
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        abroad = incident.with_user(stranger).with_context(
            allowed_company_ids=other.ids
        )
        for record in (abroad, abroad.browse(incident.id)):
            with self.assertRaises(AccessError):
                record.read(["kind"])
        with self.assertRaises(AccessError):
            self.env["adv.floor.incident.line"].with_user(stranger).browse(
                incident.line_ids.ids
            ).read(["qty"])
        self.picking.invalidate_recordset()
        with self.assertRaises(AccessError):
            self._declare("carrier", user=stranger)

    def test_what_the_warehouse_reported_cannot_be_typed(self):
        incident = self._declare(note="Counted twice").with_user(self.assistant)
        for vals in (
            {"note": "Nothing"},
            {"kind": "carrier"},
            {"user_id": self.assistant.id},
            {"order_id": False},
            {"state": "closed"},
        ):
            with self.assertRaises(UserError):
                incident.write(vals)
        incident.action_close()
        self.assertEqual(incident.state, "closed")
