from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MessageCommon


@tagged("post_install", "-at_install")
class TestDeskRights(MessageCommon):
    """What our own texts ask the desk to do, the desk may do."""

    def test_an_assistant_enters_the_address_that_is_missing(self):
        self.partner.with_user(self.paule).email = "new@garage.example"
        contact = (
            self.env["res.partner"]
            .with_user(self.paule)
            .create(
                {
                    "name": "Jeanne",
                    "parent_id": self.partner.id,
                    "adv_gets_delays": True,
                }
            )
        )
        self.assertEqual(contact.commercial_partner_id, self.partner)

    def test_an_assistant_sets_the_rhythm_of_the_report(self):
        self.partner.with_user(self.paule).write(
            {"adv_report_schedule": "weekly", "adv_report_weekday": "2"}
        )
        self.assertEqual(self.partner.adv_report_schedule, "weekly")

    def test_a_salesperson_does_not(self):
        luc = self._create_user("luc", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.partner.with_user(luc).adv_report_schedule = "weekly"
