"""What an address asks for: on the operation, the slip and the order."""

from lxml import html

from odoo.tests import Form, tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestInstructions(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dock = cls.env["res.partner"].create(
            {
                "name": "Quai Nord",
                "parent_id": cls.partner.id,
                "type": "delivery",
                "street": "3 rue du Port",
            }
        )
        cls.dock.write(
            {
                "adv_needs_appointment": True,
                "adv_appointment_contact": "01 23 45 67 89",
                "adv_opening_hours": "Mon-Fri 7:30-11:30",
                "adv_largest_truck": "truck_12",
                "adv_needs_tail_lift": True,
                "adv_delivery_contact": "Mr Morel",
                "adv_documents": "Slip in two copies",
                "adv_labels": "Order number",
                "adv_delivery_note": "Back gate",
            }
        )
        cls.order = cls.sell(10, promise="2026-03-10", partner_shipping_id=cls.dock.id)
        cls.picking = cls.order.picking_ids

    def test_every_instruction_is_worded_once(self):
        self.assertEqual(
            self.picking._adv_get_instructions(),
            [
                ("Appointment:", "to be booked with 01 23 45 67 89"),
                ("Opening hours:", "Mon-Fri 7:30-11:30"),
                ("Vehicle:", "Truck up to 12 t, with a tail lift"),
                ("Contact on site:", "Mr Morel"),
                ("Documents to enclose:", "Slip in two copies"),
                ("Labels required:", "Order number"),
                ("Note:", "Back gate"),
            ],
        )

    def test_appointment_without_a_contact_is_still_an_appointment(self):
        self.dock.adv_appointment_contact = False
        self.assertEqual(
            self.picking._adv_get_instructions()[0],
            ("Appointment:", "to be booked before the delivery"),
        )

    def test_contact_for_bookings_alone_asks_for_none(self):
        self.dock.adv_needs_appointment = False
        self.assertEqual(self.picking._adv_get_instructions()[0][0], "Opening hours:")
        self.assertFalse(self.picking.adv_appointment)

    def test_address_that_asks_for_nothing_follows_its_company(self):
        self.partner.adv_opening_hours = "Company hours"
        other = self.dock.copy({"name": "Quai Sud", "parent_id": self.partner.id})
        order = self.sell(1, partner_shipping_id=other.id)
        self.assertEqual(
            order.picking_ids._adv_get_instructions(),
            [("Opening hours:", "Company hours")],
        )
        self.assertEqual(order.adv_delivery_summary, "Opening hours: Company hours")

    def test_nothing_asked_shows_nothing(self):
        order = self.sell(1, partner_id=self.partner.copy().id)
        self.assertFalse(order.picking_ids.adv_instructions)
        self.assertFalse(order.adv_delivery_summary)
        self.assertNotIn("Delivery instructions", self._print(order.picking_ids))

    def test_receipts_show_none(self):
        receipt = self.receive(self.product, 5, "2026-03-05", partner_id=self.dock.id)
        self.assertFalse(receipt.picking_id.adv_instructions)

    def test_each_step_shows_how_the_goods_are_delivered(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.sell(10, promise="2026-03-10", partner_shipping_id=self.dock.id)
        step = order.picking_ids.filtered(
            lambda picking: picking.picking_type_code == "internal"
        )
        self.assertIn("Order number", step[0].adv_instructions)

    def test_texts_of_customers_are_shown_as_typed(self):
        self.dock.adv_labels = "<script>alert(1)</script>"
        self.assertIn("&lt;script&gt;", self.picking.adv_instructions)

    def test_storeman_sees_them_on_the_operation(self):
        storeman = self._create_user("jean", "stock.group_stock_user")
        form = Form(self.picking.with_user(storeman))
        self.assertIn("Back gate", form.adv_instructions)
        self.assertEqual(
            self.picking.with_user(storeman).adv_appointment, "By appointment"
        )
        self.assertEqual(str(form.adv_date_promise), "2026-03-10")

    def test_assistant_types_them_on_the_contact(self):
        assistant = self._create_user(
            "paule", "adv_management.group_adv_user", "base.group_partner_manager"
        )
        with Form(self.partner.with_user(assistant)) as form:
            form.adv_opening_hours = "Every morning"
        self.assertEqual(self.partner.adv_opening_hours, "Every morning")

    def test_order_sums_them_up_in_one_line(self):
        self.assertEqual(
            self.order.adv_delivery_summary.partition(" · ")[0],
            "Appointment: to be booked with 01 23 45 67 89",
        )

    def test_summary_of_a_long_note_stays_one_line(self):
        self.dock.adv_delivery_note = "Back gate.\nRing twice."
        self.assertTrue(
            self.order.adv_delivery_summary.endswith("Note: Back gate. Ring twice.")
        )

    def test_many_transfers_cost_no_more_queries_than_one(self):
        orders = self.order.browse().union(
            *(self.sell(1, partner_shipping_id=self.dock.id) for _each in range(5))
        )

        def count(pickings):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            pickings.mapped("adv_instructions")
            return self.env.cr.sql_log_count - before

        count(self.picking)
        many = self.picking.browse(orders.picking_ids.ids)
        self.assertEqual(count(many), count(self.picking))

    # On paper -------------------------------------------------------------------------

    def _render(self, pickings, report="stock.report_deliveryslip"):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            report, pickings.ids
        )
        return content.decode()

    def _print(self, *args):
        slips = self._render(*args).split("<!DOCTYPE html>")
        texts = [html.fromstring(slip).text_content() for slip in slips if slip.strip()]
        return " ".join(" ".join(texts).split())

    def test_slip_and_picking_list_carry_them(self):
        for report in ("stock.report_deliveryslip", "stock.report_picking"):
            with self.subTest(report=report):
                text = self._print(self.picking, report)
                self.assertIn(
                    "Delivery instructions Appointment: to be booked with 01 23 45 67"
                    " 89 Opening hours: Mon-Fri 7:30-11:30 Vehicle: Truck up to 12 t,"
                    " with a tail lift Contact on site: Mr Morel Documents to enclose"
                    ": Slip in two copies Labels required: Order number Note: Back"
                    " gate",
                    text.replace(":", ":")
                    .replace("  ", " ")
                    .replace("7:30", "7:30")
                    .replace("11:30", "11:30"),
                )

    def test_tags_that_a_customer_typed_are_printed_as_text(self):
        self.dock.adv_delivery_note = "<script>alert(1)</script><img src=x>"
        for report in ("stock.report_deliveryslip", "stock.report_picking"):
            with self.subTest(report=report):
                markup = self._render(self.picking, report)
                self.assertNotIn("<script>alert(1)", markup)
                self.assertNotIn("<img src=x", markup)
                self.assertIn(
                    "<script>alert(1)</script><img src=x>",
                    self._print(self.picking, report),
                )

    def test_slips_of_two_customers_carry_each_his_own(self):
        other = self.env["res.partner"].create(
            {"name": "Other", "adv_labels": "Blue label"}
        )
        order = self.sell(1, partner_id=other.id)
        text = self._print(self.picking | order.picking_ids)
        self.assertEqual(text.count("Delivery instructions"), 2)
        self.assertIn("Blue label", text)
        self.assertEqual(text.count("Order number"), 1)
