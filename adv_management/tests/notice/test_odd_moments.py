from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TUESDAY, WEDNESDAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestOddMoments(NoticeCommon):
    """What happens between the first look and the sending."""

    def test_order_cancelled_while_the_wizard_is_open(self):
        order = self.sell_slipping(10)
        wizard = self.open_wizard(self.get_alerts(order))
        with self.act(TUESDAY):
            order._action_cancel()
        with self.assertRaisesRegex(UserError, "late"):
            self.press_preview(wizard)
        self.assertFalse(self.messages.search([]))

    def test_one_of_two_orders_cancelled_while_the_wizard_is_open(self):
        kept, gone = self.sell_slipping(10), self.sell_slipping(5)
        wizard = self.open_wizard(self.get_alerts(kept | gone))
        with self.act(TUESDAY):
            gone._action_cancel()
        message = self.press_preview(wizard)
        self.assertEqual(message.order_ids, kept)
        self.assertNotIn(gone.name, message.body)

    def test_delivered_while_the_wizard_is_open(self):
        order = self.sell_slipping(10)
        wizard = self.open_wizard(self.get_alerts(order))
        self._set_stock(self.missing, 10)
        with self.act(TUESDAY):
            order.picking_ids.action_assign()
        self.deliver(order, at=TUESDAY)
        with self.assertRaisesRegex(UserError, "late"):
            self.press_preview(wizard)

    def test_a_colleague_dismisses_while_the_wizard_is_open(self):
        order = self.sell_slipping(10)
        alert = self.get_alerts(order)
        wizard = self.open_wizard(alert)
        with self.act(TUESDAY):
            alert.with_user(self.marc)._dismiss("Agreed by telephone")
        message = self.press_preview(wizard)
        self.send(message, TUESDAY)
        self.assertEqual((message.state, alert.state), ("sent", "informed"))

    def test_the_address_that_holds_is_the_one_of_the_sending(self):
        message = self.preview(self.sell_slipping(10))
        self.partner.email = "new@garage.example"
        self.send(message, WEDNESDAY)
        self.assertEqual(
            [mail["email_to"] for mail in self._mails],
            [['"Garage Martin" <new@garage.example>']],
        )

    def test_the_contact_was_archived_in_between(self):
        message = self.preview(self.sell_slipping(10))
        self.partner.active = False
        with self.act(WEDNESDAY):
            message.with_user(self.paule).action_send()
        self.assertEqual(message.state, "failed")
        self.assertIn("archived", message.failure_reason)

    def test_the_contact_was_deleted_in_between(self):
        contact = self.create_customer("Jeanne", parent_id=self.partner.id)
        contact.adv_gets_delays = True
        message = self.preview(self.sell_slipping(10))
        self.assertEqual(message.contact_ids, contact)
        contact.unlink()
        with self.act(WEDNESDAY):
            message.with_user(self.paule).action_send()
        self.assertEqual(message.state, "failed")
        self.assertIn("nobody to write to", message.failure_reason)

    def test_the_product_was_archived_in_between(self):
        order = self.sell_slipping(10)
        self.missing.active = False
        message = self.preview(order)
        self.send(message, TUESDAY)
        self.assertEqual(message.state, "sent")
        self.assertIn("Armoire", self._mails[0]["body"])

    def test_customer_without_a_language(self):
        self.partner.lang = False
        self.company.partner_id.lang = False
        message = self.preview(self.sell_slipping(10))
        self.assertEqual((message.state, message.lang), ("draft", "en_US"))

    def test_the_customers_language_was_switched_off(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.partner.lang = "fr_FR"
        message = self.preview(self.sell_slipping(10))
        self.assertEqual(message.lang, "fr_FR")
        self.env.cr.execute("UPDATE res_lang SET active = false WHERE code = 'fr_FR'")
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        self.send(message, TUESDAY)
        self.assertEqual(message.state, "sent")

    def test_the_desks_owner_was_archived_in_between(self):
        message = self.preview(self.sell_slipping(10))
        self.paule.active = False
        with self.act(TUESDAY):
            message.with_user(self.marc).action_send()
        self.run_queue(TUESDAY)
        self.assertEqual(message.state, "sent")
        self.assertIn("adv@delorme.example", self._mails[0]["email_from"])
