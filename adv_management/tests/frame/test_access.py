from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import AdvCommon

DOORS = [
    "adv_user_id",
    "adv_channel",
    "adv_date_received",
    "adv_date_requested",
    "adv_date_first_confirmed",
    "adv_line_count",
]
# Model -> which of our people may read it.
READERS = {
    "adv.order.confirmation": {"salesman", "assistant", "credit", "manager"},
    "adv.commitment": {"salesman", "assistant", "credit", "manager"},
    "adv.commitment.revision": {"salesman", "assistant", "credit", "manager"},
    "adv.delay.alert": {"salesman", "assistant", "credit", "manager"},
    "adv.delay.alert.line": {"salesman", "assistant", "credit", "manager"},
    "adv.field.log": {"manager"},
    "adv.order.report": {"salesman", "assistant", "credit", "manager"},
}


@tagged("post_install", "-at_install")
class TestAccess(AdvCommon):
    """Everybody is tried as the wrong user: of another company, outside, or nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {
            "portal": "base.group_portal",
            "employee": "base.group_user",
            "storekeeper": "stock.group_stock_user",
            "accountant": "account.group_account_invoice",
            "salesman": "sales_team.group_sale_salesman",
            "assistant": "adv_management.group_adv_user",
            "credit": "adv_management.group_adv_credit",
            "manager": "adv_management.group_adv_manager",
        }
        cls.people = {
            name: new_test_user(
                cls.env, f"adv_{name}", group, company_id=cls.company.id
            )
            for name, group in groups.items()
        }
        cls.stranger = new_test_user(
            cls.env,
            "adv_stranger",
            "adv_management.group_adv_manager,adv_management.group_adv_credit",
            company_id=cls.env.ref("base.main_company").id,
        )
        missing = cls._create_product("Armoire", stock=0)  # alerts are rows too
        cls.order = cls.sell(
            2, (missing, 3), promise="2026-03-10", user_id=cls.people["assistant"].id
        )
        cls.change_promise(
            cls.order, "2026-03-12", "accepted", at="2026-03-03 08:00:00"
        )
        cls.order.client_order_ref = "PO 1"
        cls.env.cr.flush()

    def _visible(self, model, user):
        """Return how many rows about our order a user finds from outside."""
        rows = (
            self.env[model]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
        )
        return rows.search_count([("order_id", "=", self.order.id)])

    # Groups

    def test_manager_and_credit_controller_are_distinct_powers(self):
        manager, credit = self.people["manager"], self.people["credit"]
        self.assertFalse(manager.has_group("adv_management.group_adv_credit"))
        self.assertFalse(credit.has_group("adv_management.group_adv_manager"))
        for user in manager + credit:
            self.assertTrue(user.has_group("adv_management.group_adv_user"))
            self.assertTrue(user.has_group("sales_team.group_sale_salesman_all_leads"))

    def test_one_person_can_hold_both_powers(self):
        user = self.people["manager"]
        user.group_ids = [
            Command.link(self.env.ref("adv_management.group_adv_credit").id)
        ]
        self.assertTrue(user.has_group("adv_management.group_adv_manager"))
        privileges = user.group_ids.privilege_id.filtered(
            lambda p: p.group_ids & user.group_ids
        )
        self.assertIn(
            self.env.ref("adv_management.res_groups_privilege_adv_credit"), privileges
        )

    def test_the_administrator_starts_with_everything(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("adv_management.group_adv_manager"))
        self.assertTrue(admin.has_group("adv_management.group_adv_credit"))

    def test_stock_and_invoice_rights_stay_odoo_s(self):
        for name in ("assistant", "credit", "manager"):
            self.assertFalse(self.people[name].has_group("stock.group_stock_user"))
            self.assertFalse(
                self.people[name].has_group("account.group_account_invoice")
            )

    # Rows

    def test_who_may_read_finds_the_rows_and_nobody_else_reads(self):
        for model, readers in READERS.items():
            self.assertTrue(
                self.env[model].sudo().search_count([("order_id", "=", self.order.id)]),
                model,
            )
            for name, user in self.people.items():
                if name == "salesman" or (
                    name == "storekeeper" and model == "adv.commitment"
                ):
                    continue
                with self.subTest(model=model, user=name):
                    if name in readers:
                        self.assertTrue(self._visible(model, user))
                    else:
                        with self.assertRaises(AccessError):
                            self._visible(model, user)

    def test_another_company_s_manager_sees_nothing(self):
        for model in READERS:
            self.assertFalse(self._visible(model, self.stranger), model)

    def test_a_row_of_another_company_cannot_be_read_by_its_number(self):
        for model in READERS:
            row = (
                self.env[model]
                .sudo()
                .search([("order_id", "=", self.order.id)], limit=1)
            )
            with self.subTest(model=model), self.assertRaises(AccessError):
                row.with_user(self.stranger).with_context(
                    allowed_company_ids=self.stranger.company_ids.ids
                ).read()

    def test_a_salesperson_sees_own_orders_and_customers_only(self):
        salesman = self.people["salesman"]
        models = [model for model, readers in READERS.items() if "salesman" in readers]
        self.assertFalse([model for model in models if self._visible(model, salesman)])
        self.order.partner_id.user_id = salesman
        self.assertTrue(
            all(self._visible(model, salesman) for model in models), "his customer"
        )
        self.order.partner_id.user_id = False
        self.order.user_id = salesman
        self.assertTrue(
            all(self._visible(model, salesman) for model in models), "his order"
        )

    def test_nobody_writes_what_is_recorded(self):
        for model in READERS:
            row = (
                self.env[model]
                .sudo()
                .search([("order_id", "=", self.order.id)], limit=1)
            )
            mine = row.with_user(self.people["manager"])
            with self.subTest(model=model):
                with self.assertRaises(AccessError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    mine.create({"order_id": self.order.id})
                if model != "adv.commitment":  # the cause is corrected by people
                    with self.assertRaises(UserError):
                        mine.write({"company_id": self.company.id})

    # Doors

    def test_a_customer_sees_none_of_our_fields_on_his_order(self):
        customer = self.people["portal"]
        self.order.partner_id = customer.partner_id
        order = self.order.with_user(customer)
        self.assertTrue(order.read(["name"]))
        seen = {name for name in order.fields_get() if name.startswith("adv_")}
        # The number of his own lines is no secret, and the order's form needs it.
        self.assertLessEqual(seen, {"adv_commitment_count"})
        for name in DOORS:
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.read([name])

    def test_outsiders_read_no_field_of_ours_on_any_record(self):
        # The count is that of the customer's own lines; what he is sent he knows.
        known = {("sale.order", "adv_commitment_count")} | {
            (model, f"adv_gets_{what}")
            for model in ("res.partner", "res.users")
            for what in ("acknowledgements", "delays", "reminders", "reports")
        }
        public = self.env.ref("base.public_user")
        for user in (self.people["portal"], public):
            seen = {
                (name, field.name)
                for name in set(self.env.registry) - {"res.company"}  # settings
                if (model := self.env[name].with_user(user)).has_access("read")
                for field in model._fields.values()
                if field.name.startswith("adv_")
                and model._has_field_access(field, "read")
            }
            self.assertLessEqual(seen, known, user.name)

    def test_everybody_inside_who_reads_orders_reads_the_doors(self):
        for name in ("accountant", "storekeeper", "assistant", "credit", "manager"):
            with self.subTest(user=name):
                self.env.invalidate_all()
                order = self.order.with_user(self.people[name])
                ours = [
                    field for field in order.fields_get() if field.startswith("adv_")
                ]
                self.assertLessEqual(set(DOORS), set(ours))
                order.read(ours)  # as clients that name no fields do
                values = order.read([*DOORS, "adv_commitment_status"])[0]
                self.assertEqual(values["adv_line_count"], 2)
                self.assertTrue(
                    order.search(
                        [
                            ("adv_date_first_confirmed", "!=", False),
                            ("id", "=", order.id),
                        ]
                    )
                )

    def test_every_model_of_ours_has_a_company_rule(self):
        rules = self.env["ir.rule"].search(
            [("groups", "=", False), ("domain_force", "like", "company_ids")]
        )
        guarded = set(rules.model_id.mapped("model"))
        ours = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("adv.")
            and "company_id" in model._fields
            and model._auto
            and not model._transient
        }
        self.assertLessEqual({"adv.commitment", "adv.field.log"}, ours)
        self.assertLessEqual(ours, guarded)
