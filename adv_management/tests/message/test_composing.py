from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOON, MessageCommon

_LOG = "odoo.addons.adv_management.models.message.adv_customer_message_composing"


@tagged("post_install", "-at_install")
class TestComposing(MessageCommon):
    """To whom a message goes, and what happens when it cannot be written."""

    # One key, one message -------------------------------------------------------------

    def test_a_known_key_gives_the_message_that_is_there(self):
        first = self.compose("a")
        first.body = "<p>Changed by a person</p>"
        again = self.compose("b", "a", "b")
        self.assertEqual(again[1], first)
        self.assertEqual(again[0], again[2])
        self.assertEqual(len(set(again)), 2)
        self.assertIn("Changed by a person", again[1].body)

    def test_each_company_has_its_own_keys(self):
        other = self.env["res.company"].create({"name": "Delorme Suisse"})
        self.env.user.company_ids += other
        first = self.compose("a")
        self.assertNotEqual(self.compose("a", company_id=other.id), first)

    # To whom --------------------------------------------------------------------------

    def test_who_ticked_the_box_is_written_to(self):
        buyer = self.contact("Jeanne", adv_gets_delays=True)
        clerk = self.contact("Karim", adv_gets_reports=True)
        self.assertEqual(self.compose("a").contact_ids, buyer)
        self.assertEqual(self.compose("b", kind="recovery").contact_ids, buyer)
        self.assertEqual(self.compose("c", kind="open_orders").contact_ids, clerk)
        self.assertEqual(
            self.compose("d", kind="acknowledgement").contact_ids, self.partner
        )

    def test_the_customer_itself_may_tick_the_box(self):
        buyer = self.contact("Jeanne", adv_gets_delays=True)
        self.partner.adv_gets_delays = True
        self.assertEqual(self.compose().contact_ids, self.partner | buyer)

    def test_without_a_box_the_contact_of_the_order_is_written_to(self):
        buyer = self.contact("Jeanne")
        order = self.sell(1, partner_id=buyer.id)
        message = self.compose(order_ids=[Command.set(order.ids)])
        self.assertEqual(message.contact_ids, buyer)

    def test_archived_contacts_and_those_without_an_address_are_left_out(self):
        self.contact("Jeanne", adv_gets_delays=True, active=False)
        self.contact("Karim", email="", adv_gets_delays=True)
        self.assertEqual(self.compose().contact_ids, self.partner)

    def test_boxes_of_another_customer_do_not_count(self):
        self.contact("Jeanne", customer=self.other, adv_gets_delays=True)
        self.assertEqual(self.compose().contact_ids, self.partner)

    def test_given_recipients_are_kept(self):
        buyer = self.contact("Jeanne")
        self.contact("Karim", adv_gets_delays=True)
        message = self.compose(contact_ids=[Command.set(buyer.ids)])
        self.assertEqual(message.contact_ids, buyer)

    def test_without_any_address_it_fails_and_calls_its_owner(self):
        self.partner.email = False
        message = self.compose()
        self.assertEqual(message.state, "failed")
        self.assertIn(
            "nobody to write to: neither Garage Martin", message.failure_reason
        )
        self.assertEqual(message.activity_ids.user_id, self.paule)

    def test_an_invalid_address_fails_and_is_named(self):
        self.partner.email = "martin at garage"
        message = self.compose()
        self.assertEqual(message.state, "failed")
        self.assertIn("Garage Martin (martin at garage)", message.failure_reason)
        self.partner.email = "martin@garage.example"
        message.with_user(self.paule).action_retry()
        self.assertEqual((message.state, message.failure_reason), ("draft", False))
        self.assertFalse(message.activity_ids)

    def test_one_invalid_address_of_two_is_named_and_the_other_is_written_to(self):
        self.contact("Jeanne", email="jeanne@", adv_gets_delays=True)
        karim = self.contact("Karim", adv_gets_delays=True)
        message = self.compose()
        self.assertEqual(message.state, "draft")
        self.assertIn("Jeanne (jeanne@)", message.failure_reason)
        self.send(message)
        self.assertEqual(self.mails(message).recipient_ids, karim)

    # What cannot be written -----------------------------------------------------------

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", _LOG)
    def test_a_template_that_raises_fails_its_message_only(self):
        template = self.env.ref("adv_management.mail_template_adv_delay")
        template.subject = "{{ 1 / (object.partner_id.name != 'Hôtel du Lac') }}"
        with self.act(NOON):
            good, bad, recovery = self.env["adv.customer.message"]._compose(
                [
                    {
                        "kind": kind,
                        "key": f"{kind} {partner.id}",
                        "company_id": self.company.id,
                        "partner_id": partner.id,
                        "user_id": self.paule.id,
                    }
                    for kind, partner in (
                        ("delay", self.partner),
                        ("delay", self.other),
                        ("recovery", self.other),
                    )
                ]
            )
        self.assertEqual(
            [good.state, bad.state, recovery.state], ["draft", "failed", "draft"]
        )
        self.assertIn("template cannot be used", bad.failure_reason)
        self.assertIn("division by zero", bad.failure_reason)
        self.assertEqual(bad.activity_ids.user_id, self.paule)
        template.subject = "New date"
        bad.with_user(self.paule).action_retry()
        self.assertEqual((bad.state, bad.subject), ("draft", "New date"))

    @mute_logger(_LOG)
    def test_a_deleted_template_fails_its_messages(self):
        self.env.ref("adv_management.mail_template_adv_delay").unlink()
        self.assertEqual(self.compose().state, "failed")

    def test_whoever_has_left_the_desk_signs_nothing(self):
        marc = self._create_user("marc", "adv_management.group_adv_manager")
        self.partner.adv_user_id = marc
        self.paule.active = False
        message = self.compose()
        self.assertEqual(message.user_id, marc)
        self.assertIn(marc.name, message.body)
        self.assertNotIn(self.paule.name, message.body)
