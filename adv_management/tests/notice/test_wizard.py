from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TUESDAY, WEDNESDAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestWizard(NoticeCommon):
    """From alerts to one draft per customer."""

    def test_three_orders_of_a_customer_are_one_message(self):
        orders = self.env["sale.order"].union(
            *(self.sell_slipping(10, client_order_ref=ref) for ref in "ABC")
        )
        message = self.preview(orders)
        self.assertValues(
            message,
            kind="delay",
            state="draft",
            partner_id=self.partner,
            company_id=self.company,
            contact_ids=self.partner,
            user_id=self.paule,
            order_ids=orders,
        )
        self.assertDates(
            message, *((order, "2026-03-10", "2026-03-19") for order in orders)
        )
        for order in orders:
            self.assertIn(order.name, message.body)
        self.assertIn("03/19/2026", message.body)
        self.send(message)
        self.assertEqual(
            [mail["email_to"] for mail in self._mails],
            [['"Garage Martin" <martin@garage.example>']],
        )

    def test_each_customer_has_a_message_of_his_own(self):
        hotel = self.create_customer("Hôtel du Lac")
        orders = self.sell_slipping(10) | self.sell_slipping(5, partner_id=hotel.id)
        first, second = self.preview(orders)
        self.assertEqual((first | second).partner_id, self.partner | hotel)
        self.assertNotIn(second.order_ids.name, first.body)

    def test_screen_shows_customers_and_remarks_where_there_are_some(self):
        first = self.sell_slipping(10)
        wizard = self.open_wizard(self.get_alerts(first))
        self.assertValues(wizard, is_one_customer=True, has_notes=False)
        self.preview(first)
        hotel = self.create_customer("Hôtel du Lac")
        both = first | self.sell_slipping(5, partner_id=hotel.id)
        wizard = self.open_wizard(self.get_alerts(both))
        self.assertValues(wizard, is_one_customer=False, has_notes=True)

    def test_orders_of_the_contacts_are_the_customers(self):
        contact = self.create_customer("Anne", parent_id=self.partner.id)
        orders = self.sell_slipping(10) | self.sell_slipping(5, partner_id=contact.id)
        self.assertEqual(self.preview(orders).partner_id, self.partner)

    def test_from_the_list_of_calls(self):
        order = self.sell_slipping(10)
        wizard = self.open_wizard(order.adv_commitment_ids)
        self.assertDates(
            self.press_preview(wizard), (order, "2026-03-10", "2026-03-19")
        )

    def test_what_is_not_late_is_left_alone(self):
        fine = self.sell(10, promise="2026-03-10")
        with self.assertRaisesRegex(UserError, "no delay to tell"):
            self.open_wizard(fine.adv_commitment_ids)
        mixed = self.sell_slipping(10, (self.product, 5))
        wizard = self.open_wizard(mixed.adv_commitment_ids | fine.adv_commitment_ids)
        self.assertEqual(wizard.line_ids.product_id, self.missing)

    def test_unticked_lines_are_left_out(self):
        orders = self.sell_slipping(10) | self.sell_slipping(5)
        wizard = self.open_wizard(self.get_alerts(orders))
        wizard.line_ids.filtered(
            lambda line: line.order_id == orders[0]
        ).is_included = 0
        self.assertDates(
            self.press_preview(wizard), (orders[1], "2026-03-10", "2026-03-19")
        )

    def test_pressed_twice_makes_one(self):
        order = self.sell_slipping(10)
        wizard = self.open_wizard(self.get_alerts(order))
        first = self.press_preview(wizard)
        self.assertEqual(self.press_preview(wizard), first)
        again = self.open_wizard(self.get_alerts(order))
        self.assertEqual(again.line_ids.note, "A message about it has not left yet.")
        again.line_ids.is_included = True
        self.assertEqual(self.press_preview(again), first)

    def test_what_was_cancelled_can_be_written_again(self):
        order = self.sell_slipping(10)
        first = self.preview(order)
        with self.act(TUESDAY):
            first.with_user(self.paule).action_cancel()
        second = self.preview(order)
        self.assertNotEqual(second, first)
        self.assertEqual(second.state, "draft")

    def test_another_date_replaces_the_draft(self):
        orders = self.sell_slipping(10) | self.sell_slipping(5)
        first = self.preview(orders)
        wizard = self.open_wizard(self.get_alerts(orders[0]))
        wizard.line_ids.write({"date_new": "2026-03-25", "is_included": True})
        second = self.press_preview(wizard)
        self.assertDates(second, (orders[0], "2026-03-10", "2026-03-25"))
        self.assertDates(first, (orders[1], "2026-03-10", "2026-03-19"))
        self.assertNotIn(orders[0].name, first.body)
        self.assertEqual(first.order_ids, orders[1])

    def test_until_when_we_will_tell(self):
        orders = self.sell_late(10) | self.sell_late(5)
        wizard = self.open_wizard(self.get_alerts(orders))
        wizard.write({"date_reply": "2026-03-06"})
        wizard._onchange_date_reply()
        message = self.press_preview(wizard)
        self.assertEqual(
            [str(day) for day in message.line_ids.mapped("date_reply")],
            ["2026-03-06", "2026-03-06"],
        )
        self.assertIn("you will hear it by", message.body)
        self.assertIn("03/06/2026", message.body)
        self.send(message)
        self.assertFalse(orders.adv_commitment_ids.filtered("date_announced"))
        self.assertEqual(set(self.get_alerts(orders).mapped("state")), {"informed"})
        self.assertEqual(
            [
                (activity.user_id, str(activity.date_deadline), activity.summary)
                for activity in message.activity_ids
            ],
            [(self.paule, "2026-03-06", "Tell the customer the new date")],
        )

    # What the customer must not see --------------------------------------------------

    def test_nothing_internal_reaches_the_customer(self):
        supplier = self.create_customer("Bois du Nord")
        order = self.sell_late(10)
        self.receive(self.missing, 10, "2026-03-17", partner_id=supplier.id)
        commitment = order.adv_commitment_ids
        self.assertEqual(commitment.evidence_partner_id, supplier)
        self.assertTrue(commitment.cause_id)
        message = self.preview(order)
        self.send(message)
        [mail] = self._mails
        for text in (message.body, message.subject, mail["body"]):
            for secret in (
                "Bois du Nord",
                commitment.cause_id.name,
                commitment.evidence_picking_id.name,
                "03/17/2026",
                "March 17",
            ):
                self.assertNotIn(secret, text)
        self.assertIn("03/19/2026", mail["body"])

    def test_customers_read_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        hotel = self.create_customer("Hôtel du Lac", lang="fr_FR")
        orders = self.sell_slipping(10) | self.sell_slipping(5, partner_id=hotel.id)
        english, french = self.preview(orders).sorted(
            lambda message: message.partner_id == hotel
        )
        self.assertIn("03/19/2026", english.body)
        self.assertIn("19/03/2026", french.body)
        self.assertEqual(french.lang, "fr_FR")

    # Who may --------------------------------------------------------------------------

    def test_others_may_not_write_to_customers(self):
        order = self.sell_slipping(10)
        salesman = self._create_user("luc", "sales_team.group_sale_salesman_all_leads")
        for records in (self.get_alerts(order), order.adv_commitment_ids):
            with self.assertRaises(AccessError):
                records.with_user(salesman).action_inform_customer()
        with self.assertRaises(AccessError):
            self.env["adv.delay.notice"].with_user(salesman).create({})

    def test_forged_lines_of_another_company_are_refused(self):
        order = self.sell_slipping(10)
        stranger = self._create_user("zoe", "adv_management.group_adv_user")
        other = self.env["res.company"].create({"name": "Other"})
        stranger.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        wizard = (
            self.env["adv.delay.notice"]
            .with_user(stranger)
            .with_context(allowed_company_ids=other.ids)
            .create(
                {
                    "line_ids": [
                        Command.create(
                            {
                                "commitment_id": order.adv_commitment_ids.id,
                                "date_new": "2026-03-19",
                                "is_included": True,
                            }
                        )
                    ]
                }
            )
        )
        with self.assertRaises(AccessError), self.act(TUESDAY):
            wizard.action_preview()
        self.assertFalse(self.messages.search([]))

    def test_two_companies_write_separately(self):
        other = self.env["res.company"].create(
            {
                "name": "Delorme Export",
                "resource_calendar_id": self.calendar.id,
                "adv_notice_mode": "manual",
            }
        )
        self.env.user.company_ids += other
        self.paule.company_ids += other
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        both = (self.company | other).ids
        abroad = self.sell_late(
            5, company_id=other.id, warehouse_id=warehouse.id
        ).with_context(allowed_company_ids=both)
        home = self.sell_slipping(10).with_context(allowed_company_ids=both)
        alerts = self.get_alerts(home | abroad).with_context(allowed_company_ids=both)
        wizard = self.open_wizard(alerts).with_context(allowed_company_ids=both)
        wizard.line_ids.write({"date_new": "2026-03-19", "is_included": True})
        messages = self.press_preview(wizard)
        self.assertEqual(messages.company_id, self.company | other)
        self.assertEqual(len(messages), 2)
        other.adv_notice_mode = "off"
        with self.assertRaisesRegex(UserError, "off in Delorme Export"):
            self.open_wizard(alerts, WEDNESDAY)
