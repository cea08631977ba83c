from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext, mute_logger

from ..frame.common import queries_about
from ..message.common import NOON
from .common import PapersCommon, read_sheet


@tagged("post_install", "-at_install")
class TestReports(PapersCommon):
    """The open-order report on demand: one mail a customer, with its file."""

    def press(self, *customers, at=NOON, user=None):
        customers = self.env["res.partner"].union(*customers)
        with self.act(at):
            return customers.with_user(
                user or self.paule
            ).action_adv_report_open_orders()

    def write_to(self, customer, at=NOON):
        action = self.press(customer, at=at)
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_a_mail_with_what_is_open_and_its_file(self):
        order = self.sell(10, promise="2026-03-10", client_order_ref="PO 778")
        self.deliver(order, 4, at="2026-03-03 09:00:00")
        message = self.write_to(self.partner)
        self.assertEqual(message.state, "draft")
        self.assertEqual(message.subject, "Your open orders on 03/03/2026")
        self.assertEqual(message.order_ids, order)
        words = " ".join(html2plaintext(message.body).split())
        self.assertIn(f"{order.name} PO 778 Chaise 6 Units 03/10/2026", words)
        self.assertIn("Partly shipped", words)
        [file] = message.attachment_ids
        self.assertEqual(file.name, "Open orders Garage Martin 2026-03-03.xlsx")
        sheet = read_sheet(file.with_user(self.paule).raw)
        self.assertEqual(sheet["A1"].value, "Open orders of Garage Martin")
        self.assertEqual([cell.value for cell in sheet[6]][4:7], [10, 4, 6])

    def test_causes_and_predictions_are_in_neither(self):
        short = self._create_product("Armoire", stock=0)
        self.sell((short, 5), promise="2026-03-10")
        self.receive(short, 5, "2026-03-25")
        message = self.write_to(self.partner)
        sheet = read_sheet(message.attachment_ids.raw)
        told = str([[cell.value for cell in row] for row in sheet]) + message.body
        for secret in ("03/25/2026", "2026, 3, 25", "hortage", "upplier", "redicted"):
            self.assertNotIn(secret, told)

    def test_a_long_report_is_in_the_file(self):
        self.sell(*[1] * 43)
        message = self.write_to(self.partner)
        self.assertIn("3 more lines", " ".join(html2plaintext(message.body).split()))
        self.assertEqual(read_sheet(message.attachment_ids.raw).max_row, 5 + 43)

    def test_where_nothing_is_open_nothing_is_written(self):
        with self.assertRaisesRegex(UserError, "Nothing is open for Garage Martin"):
            self.press(self.partner)

    def test_asked_twice_it_is_one_message_until_it_has_left(self):
        self.sell(10)
        first = self.write_to(self.partner)
        self.assertEqual(self.write_to(self.partner), first)
        self.send(first)
        second = self.write_to(self.partner)
        self.assertNotEqual(first, second)
        self.assertEqual(self.write_to(self.partner), second)

    def test_a_contact_s_button_is_the_customer_s_report(self):
        self.sell(10)
        self.assertEqual(self.write_to(self.contact("Agnes")).partner_id, self.partner)

    def test_the_wizard_shows_who_would_get_what(self):
        order = self.sell(1, 2, promise="2026-03-02")
        action = self.press(self.partner, self.other, at="2026-03-04 10:00:00")
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertRecordValues(
            wizard.line_ids,
            [
                {
                    "partner_id": self.partner.id,
                    "order_count": 1,
                    "line_count": 2,
                    "late_count": 2,
                },
                {
                    "partner_id": self.other.id,
                    "order_count": 0,
                    "line_count": 0,
                    "late_count": 0,
                },
            ],
        )
        with Form(wizard.with_user(self.paule)) as form:
            self.assertEqual((form.report_count, form.nothing_count), (1, 1))
        with self.act("2026-03-04 10:00:00"):
            wizard.with_user(self.paule).action_prepare()
        self.assertEqual(self.reports(self.partner, self.other).order_ids, order)
        self.assertEqual(self.reports(self.partner).state, "draft")

    def test_a_customer_taken_off_the_wizard_gets_none(self):
        self.sell(1)
        self.sell(1, partner_id=self.other.id)
        action = self.press(self.partner, self.other)
        wizard = (
            self.env[action["res_model"]].browse(action["res_id"]).with_user(self.paule)
        )
        wizard.line_ids.filtered(lambda each: each.partner_id == self.other).unlink()
        with self.act(NOON):
            wizard.action_send()
        self.assertEqual(self.reports(self.partner).state, "outgoing")
        self.assertFalse(self.reports(self.other))

    def test_the_wizard_on_nothing_open_says_so(self):
        action = self.press(self.partner, self.other)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "Nothing is open"):
            wizard.with_user(self.paule).action_send()

    def test_salespeople_do_not_send(self):
        luc = self._create_user("luc", "sales_team.group_sale_salesman")
        self.sell(10, user_id=luc.id)
        with self.assertRaises(AccessError):
            self.press(self.partner, user=luc)

    def test_a_template_that_raises_is_said_and_nothing_is_lost(self):
        self.sell(10)
        template = self.env.ref("adv_management.mail_template_adv_open_orders")
        template.body_html = '<p t-out="object.nonsense"/>'
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            message = self.write_to(self.partner)
        self.assertEqual(message.state, "failed")
        self.assertIn("nonsense", message.failure_reason)

    def test_many_reports_read_the_lines_once(self):
        customers = self.env["res.partner"].create(
            [{"name": f"C{n}", "email": f"c{n}@c.example"} for n in range(5)]
        )
        for customer in customers:
            self.sell(1, partner_id=customer.id)
        with (
            self.act(NOON),
            queries_about(self.env, "FROM adv_commitment commitment") as seen,
        ):
            customers._adv_compose_open_orders(self.company)
        self.assertEqual(len(seen), 1)
        self.assertEqual(len(self.reports(*customers).attachment_ids), 5)
