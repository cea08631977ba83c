from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ControlCase

BIG = "[('amount_untaxed', '>', 50)]"


@tagged("post_install", "-at_install")
class TestRights(ControlCase):
    """Who may see, decide and ask, tried as the wrong person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_user("boss", "adv_management.group_adv_manager")

    def _stopped(self, user=None, severity="blocking", **vals):
        """Return the result of a control that stopped an order."""
        self.own(BIG, severity=severity, **vals)
        order = self.quote(10)
        self.press_confirm(order, user=user)
        return self.get_results(order)

    def test_a_shipped_control_keeps_to_its_documents(self):
        price = self.get_control("price").with_user(self.marc)
        price.checkpoint = "release"
        with self.assertRaisesRegex(ValidationError, "documents it was made for"):
            price.checkpoint = "invoice"

    def test_assistant_asks_and_manager_decides(self):
        result = self._stopped()
        with self.assertRaisesRegex(UserError, "ask for approval"):
            result.with_user(self.paule).action_waive()
        wizard = (
            self.env["adv.control.request"]
            .with_user(self.paule)
            .create({"result_ids": result.ids, "reason": "Old customer"})
        )
        self.assertIn(self.marc, wizard.approver_ids)
        self.assertNotIn(self.paule, wizard.approver_ids)
        wizard.approver_id = self.marc
        wizard.action_apply()
        activity = result.order_id.activity_ids
        self.assertEqual(activity.user_id, self.marc)
        self.assertIn("Old customer", activity.note)
        self.waive(result, user=self.marc)
        self.assertFalse(result.order_id.activity_ids)
        self.assertEqual(result.waived_by_id, self.marc)
        self.assertIn("Agreed with", result.order_id.message_ids[0].body)

    def test_what_is_still_to_decide_stays_asked(self):
        self.own("[('amount_untaxed', '>', 60)]")
        results = self._stopped()
        self.assertEqual(len(results), 2)
        request = self.env["adv.control.request"].with_user(self.paule)
        for result, user in zip(results, (self.marc, self.boss), strict=True):
            request.create(
                {
                    "result_ids": result.ids,
                    "reason": "Old customer",
                    "approver_id": user.id,
                }
            ).action_apply()
        order = results.order_id
        self.waive(results[0], user=self.marc)
        self.assertIn(self.boss, order.activity_ids.user_id)
        self.waive(results[1], user=self.boss)
        self.assertFalse(order.activity_ids)

    def test_nobody_approves_his_own_request(self):
        result = self._stopped()
        request = self.env["adv.control.request"].with_user(self.marc)
        request.create(
            {
                "result_ids": result.ids,
                "reason": "Mine",
                "approver_id": self.boss.id,
            }
        ).action_apply()
        with self.assertRaisesRegex(UserError, "own request"):
            self.waive(result, user=self.marc)
        self.waive(result, user=self.boss)
        self.assertEqual(result.state, "waived")

    def test_own_order_is_approved_by_somebody_else(self):
        self.own(BIG, severity="approval")
        order = self.quote(10, user_id=self.marc.id)
        self.press_confirm(order, user=self.marc)
        result = self.get_results(order)
        with self.assertRaisesRegex(UserError, "own request"):
            self.waive(result, user=self.marc)
        self.waive(result, user=self.boss)
        self.assertIs(self.press_confirm(order, user=self.marc), True)

    def test_named_group_decides(self):
        group = self.env.ref("adv_management.group_adv_credit")
        credit = self._create_user("credit", "adv_management.group_adv_credit")
        result = self._stopped(approval_group_id=group.id)
        with self.assertRaisesRegex(UserError, "Credit controller"):
            self.waive(result, user=self.marc)
        self.waive(result, user=credit)
        self.assertEqual(result.state, "waived")

    def test_ceiling_bounds_what_is_waived(self):
        control = self.own(BIG)
        order = self.quote(10)
        self.press_confirm(order)
        result = self.get_results(order)
        result.sudo().amount = 60
        self.marc.adv_waiver_ceiling = 50
        with self.assertRaisesRegex(UserError, "60"):
            result.with_user(self.marc)._check_decidable()
        self.marc.adv_waiver_ceiling = 60
        result.with_user(self.marc)._check_decidable()
        self.assertEqual(result.control_id, control)

    def test_waiver_needs_a_reason(self):
        result = self._stopped()
        with self.assertRaises(ValidationError):
            self.waive(result, reason="   ")

    def test_waiver_covers_what_is_there_not_what_was_read(self):
        result = self._stopped()
        result.order_id.order_line.product_uom_qty = 1000
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            self.waive(result)

    def test_results_are_not_for_typing(self):
        result = self._stopped()
        for user in (self.paule, self.marc, self.sam):
            for act in (
                lambda record: record.write({"state": "waived"}),
                lambda record: record.unlink(),
                lambda record: record.create(
                    {"control_id": record.control_id.id, "state": "passed"}
                ),
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    act(result.with_user(user))
        with self.assertRaises(AccessError):
            result.control_id.with_user(self.paule).severity = "info"

    def test_salesperson_sees_and_decides_about_own_customers_only(self):
        result = self._stopped()
        order = result.order_id
        order.user_id = self.marc
        self.env.invalidate_all()
        self.assertFalse(self.results.with_user(self.sam).search([]))
        with self.assertRaises(AccessError):
            order.with_user(self.sam).action_adv_confirm()
        with self.assertRaises(AccessError):
            self.waive(result, user=self.sam)
        order.user_id = self.sam
        self.env.invalidate_all()
        self.assertEqual(self.results.with_user(self.sam).search([]), result)

    def test_rules_of_a_company_hold_in_its_branches(self):
        branch = self.env["res.company"].create(
            {"name": "Delorme Nord", "parent_id": self.company.id}
        )
        rule = self.own(BIG, company_id=self.company.id)
        self.own(BIG, company_id=branch.id, checkpoint="release")
        self.assertIn(rule, self._rules_of(branch))
        self.assertEqual(
            self._rules_of(branch) - self._rules_of(self.company),
            self.controls.search([("company_id", "=", branch.id)]),
        )
        shipped = self.get_control("price")
        own = shipped.with_company(branch).copy()
        self.assertIn(own, self._rules_of(branch))
        self.assertNotIn(shipped, self._rules_of(branch))
        self.assertIn(shipped, self._rules_of(self.company))

    def _rules_of(self, company):
        ids = [rule[0] for rule in self.controls._get_rules(company.id)]
        return self.controls.browse(ids)

    def test_other_company_is_out_of_sight_and_has_its_own_rules(self):
        other = self.env["res.company"].create({"name": "Ailleurs SARL"})
        stranger = self._create_user("stranger", "adv_management.group_adv_manager")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        mine = self.own(BIG, company_id=self.company.id)
        theirs = self.own("[('amount_untaxed', '<', 50)]", company_id=other.id)
        order = self.quote(10)
        self.press_confirm(order)
        result = self.get_results(order)
        self.assertEqual(result.control_id, mine)
        stranger = stranger.with_context(allowed_company_ids=other.ids)
        abroad = stranger.with_user(stranger).env
        visible = abroad["adv.control"].search([])
        self.assertIn(theirs, visible)
        self.assertNotIn(mine, visible)
        self.assertFalse(abroad["adv.control.result"].search([]))
        with self.assertRaises(AccessError):
            result.with_env(abroad).action_waive()
