"""What visitors may type, and who may read, change and forge what they answered."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PortalCase

TUESDAY = "2026-03-03 09:00:00"


@tagged("post_install", "-at_install")
class TestVisitors(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.sell(10, promise="2026-03-10", adv_user_id=cls.desk.id)
        cls.message = cls.notify(cls.order, "2026-03-17")
        cls.token = cls.get_token(cls.order, cls.message)

    # What a visitor types -------------------------------------------------------------

    def test_what_a_visitor_types_stays_text(self):
        evil = "<script>alert(1)</script> <a href='http://evil.example'>x</a>\nline 2"
        self.answer(self.token, "part", at=TUESDAY, comment=evil)
        self.assertEqual(self.get_answers(self.order).comment, evil)
        for markup in (self.order.activity_ids.note, self.order.message_ids[0].body):
            self.assertNotIn("<script", markup)
            self.assertNotIn("<a ", markup)
            self.assertIn("&lt;script&gt;alert(1)", markup)
            self.assertIn("<br>line 2", markup)

    def test_what_a_visitor_types_is_shown_again_as_text(self):
        page = self.answer(
            self.token, "call", at=TUESDAY, phone='"><b>', comment="</textarea><b>"
        )
        self.assertEqual(page.status_code, 422)
        self.assertIn("Please check the telephone number", self.get_text(page))
        self.assertNotIn("<b>", page.text)
        self.assertFalse(self.get_answers(self.order))

    def test_form_is_checked_before_anything_happens(self):
        for kind, params, words in (
            ("", {}, "choose one of the answers"),
            ("other", {}, "choose one of the answers"),
            ("call", {"phone": " "}, "at which number"),
            ("call", {"phone": "1" * 33}, "check the telephone number"),
            ("part", {"comment": "x" * 1001}, "too long"),
        ):
            page = self.answer(self.token, kind, at=TUESDAY, **params)
            self.assertEqual(page.status_code, 422)
            self.assertIn(words, self.get_text(page))
        self.assertFalse(self.get_answers(self.order))

    def test_characters_that_cannot_be_seen_are_left_out(self):
        self.answer(self.token, "part", at=TUESDAY, comment="a\x00b\u202ec\r\nd")
        self.assertEqual(self.get_answers(self.order).comment, "abc\nd")

    def test_form_of_another_session_is_refused(self):
        with mute_logger("odoo.http"):
            page = self.answer(self.token, "accept", at=TUESDAY, csrf_token="forged")
        self.assertEqual(page.status_code, 400)
        self.assertFalse(self.get_answers(self.order))

    # Who may do what with answers -----------------------------------------------------

    def test_answers_are_append_only(self):
        self.answer(self.token, "part", at=TUESDAY)
        answer = self.get_answers(self.order)
        with self.assertRaises(UserError):
            answer.comment = "Changed"
        manager = self._create_user("marc", "adv_management.group_adv_manager")
        for operation in ("write", "create", "unlink"):
            with self.assertRaises(AccessError):
                answer.with_user(manager).check_access(operation)

    def test_answers_are_read_by_whoever_reads_the_order(self):
        self.order.user_id = self.desk
        self.answer(self.token, "part", at=TUESDAY)
        answer = self.get_answers(self.order)
        salesman = self._create_user("luc", "sales_team.group_sale_salesman")
        foreign = new_test_user(
            self.env,
            "stranger",
            "adv_management.group_adv_manager",
            company_id=self.env.ref("base.main_company").id,
        )
        portal = new_test_user(self.env, "outside", "base.group_portal")
        self.assertTrue(answer.with_user(self.desk).has_access("read"))
        for user in (salesman, foreign, portal):
            row = answer.with_user(user).with_context(allowed_company_ids=False)
            self.assertFalse(row.has_access("read"), user.login)

    def test_employee_sees_the_page_and_answers_nothing(self):
        self.authenticate("paule", "paule")
        page = self.open(self.token, at=TUESDAY)
        self.assertIn("Only the customer can answer here", self.get_text(page))
        self.assertNotIn('name="kind"', page.text)
        self.assertEqual(self.answer(self.token, "accept", at=TUESDAY).status_code, 403)
        self.assertFalse(self.get_answers(self.order))
