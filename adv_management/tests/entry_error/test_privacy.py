from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import TUESDAY, ErrorCase


@tagged("post_install", "-at_install")
class TestPrivacy(ErrorCase):
    """Whose an error is nobody learns but that person, until all were informed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.group_allow_export").user_ids += (
            cls.anna | cls.bert | cls.marie
        )
        cls.order = cls.sell_as(cls.anna, 5)
        cls.correct(cls.order.order_line, product_uom_qty=9)
        cls.error = cls.find(cls.order)

    def ways_to_learn(self, user):
        """Return what a user learns of the author by each way in."""
        self.env.invalidate_all()
        errors = self.errors.with_user(user)
        mine = errors.browse(self.error.id)
        here = [("order_id", "=", self.order.id)]
        return {
            "read": mine.read(["author_id"])[0]["author_id"] and "anna",
            "search": bool(errors.search([*here, ("author_id", "=", self.anna.id)])),
            "name": bool(errors.search([*here, ("author_id", "ilike", "anna")])),
            "export": bool(mine.export_data(["author_id/id"])["datas"][0][0]),
        }

    NOTHING = {
        "read": False,
        "search": False,
        "name": False,
        "export": False,
    }
    ALL = {
        "read": "anna",
        "search": True,
        "name": True,
        "export": True,
    }

    def open_names(self, staff, council, user=None):
        with self.act("2026-03-05 09:00:00"):
            self.env["adv.entry.error.names"].with_user(user or self.marie).create(
                {
                    "adv_staff_informed_date": staff,
                    "adv_council_informed_date": council,
                }
            ).action_apply()

    def test_at_first_only_the_author_knows(self):
        self.assertEqual(self.ways_to_learn(self.anna), self.ALL)
        for user in (self.bert, self.marie):
            with self.subTest(user=user.login):
                self.assertEqual(self.ways_to_learn(user), self.NOTHING)

    def test_managers_know_once_council_and_staff_were_informed(self):
        self.open_names("2026-03-01", False)
        self.assertEqual(self.ways_to_learn(self.marie), self.NOTHING)
        self.open_names("2026-03-01", "2026-03-03")
        self.assertEqual(self.ways_to_learn(self.marie), self.ALL)
        self.assertEqual(self.ways_to_learn(self.bert), self.NOTHING)

    def test_what_was_found_before_they_knew_stays_hidden(self):
        self.open_names("2026-03-01", "2026-03-04")
        self.assertEqual(self.ways_to_learn(self.marie), self.NOTHING)

    def test_only_managers_open_names_and_not_in_the_future(self):
        with self.assertRaises(AccessError):
            self.open_names("2026-03-01", "2026-03-01", user=self.bert)
        with self.assertRaises(ValidationError):
            self.open_names("2026-03-01", "2026-03-06")

    def test_errors_are_added_up_by_no_person(self):
        self.open_names("2026-03-01", "2026-03-03")
        for user in (self.anna, self.marie):
            for name in ("author_id", "decided_by_id", "adv_user_id"):
                with self.assertRaises(UserError):
                    self.errors.with_user(user)._read_group([], [name], ["__count"])

    def test_the_stored_author_is_closed_to_everybody(self):
        for user in (self.anna, self.bert, self.marie):
            error = self.error.with_user(user)
            for way in (
                lambda error=error: error.read(["author_user_id"]),
                lambda error=error: error.search([("author_user_id", "!=", False)]),
                lambda error=error: error._read_group([], ["author_user_id"]),
            ):
                with self.assertRaises(AccessError):
                    way()
            self.assertNotIn("author_user_id", error.fields_get())

    def test_what_one_has_read_in_a_request_the_other_does_not_get(self):
        self.assertEqual(self.error.author_id, self.anna)
        self.assertFalse(self.error.with_user(self.marie).author_id)
        self.assertFalse(self.error.with_user(self.marie).sudo().author_id)
        self.assertFalse(self.error.with_user(self.marie).author_id)

    def test_who_recorded_it_tells_nothing(self):
        log = self.error.sudo()
        self.assertNotIn(self.anna, log.create_uid | log.write_uid)

    def test_names_are_forgotten_with_the_field_log(self):
        self.company.adv_field_log_months = 1
        with self.act("2026-04-02 09:00:00"):
            self.errors._gc_authors()
        self.env.invalidate_all()
        self.assertTrue(self.error.author_user_id)
        with self.act("2026-04-04 09:00:00"):
            self.errors._gc_authors()
        self.env.invalidate_all()
        self.assertFalse(self.error.author_user_id)

    def test_companies_and_customers_of_others(self):
        main = self.env.ref("base.main_company")
        stranger = new_test_user(
            self.env,
            "stranger",
            "adv_management.group_adv_manager",
            company_id=main.id,
            company_ids=[Command.set(main.ids)],
        )
        sam = self._create_user("sam", "sales_team.group_sale_salesman")
        here = [("order_id", "=", self.order.id)]
        self.assertFalse(
            self.errors.with_user(stranger)
            .with_context(allowed_company_ids=main.ids)
            .search(here)
        )
        self.order.user_id = self.marie
        self.assertFalse(self.errors.with_user(sam).search(here))
        self.order.user_id = sam
        self.assertTrue(self.errors.with_user(sam).search(here))
        for group in ("base.group_user", "base.group_portal"):
            user = self._create_user(f"x_{group}", group)
            with self.assertRaises(AccessError):
                self.errors.with_user(user).search(here)

    def test_a_salesperson_sees_his_own_errors_wherever(self):
        sam = self._create_user("sam", "sales_team.group_sale_salesman_all_leads")
        order = self.sell_as(sam, 5)
        self.correct(order.order_line, product_uom_qty=9)
        error = self.find(order)
        sam.group_ids = self.env.ref("sales_team.group_sale_salesman")
        order.user_id = self.marie
        self.assertEqual(error.with_user(sam).author_id, sam)
        error.with_user(sam)._contest("Not mine")
        self.assertTrue(error.is_contested)

    def test_settings_keep_the_dates(self):
        with self.act(TUESDAY):
            settings = self.env["res.config.settings"].create(
                {"adv_staff_informed_date": "2026-03-01"}
            )
            settings.execute()
        self.assertEqual(
            self.company.adv_staff_informed_date, fields.Date.to_date("2026-03-01")
        )
