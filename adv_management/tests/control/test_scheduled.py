"""What a scheduled action brings is parked; what is found is worded for the desk."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.control import scheduled
from ..common import MONDAY
from .common import ControlCase
from .flows import BIG, FlowCase


@tagged("post_install", "-at_install")
class TestScheduled(ControlCase):
    """Another addon confirms orders at night: nobody would read a refusal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controls.search([]).active = False

    def _run(self, document, code):
        """Have a scheduled action of another addon do this with a document."""
        cron = self.env["ir.cron"].create(
            {
                "name": "Orders of the marketplace",
                "model_id": self.env["ir.model"]._get_id(document._name),
                "state": "code",
                "code": f"model.browse({document.id}).{code}",
            }
        )
        with self.act(MONDAY), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_order_is_parked(self):
        self.own(BIG)
        big, small = self.quote(10), self.quote(1)
        for order in (big, small):
            self._run(order, "action_confirm()")
        self.assertEqual((big.state, big.adv_is_parked), ("sale", True))
        self.assertFalse(big.picking_ids)
        self.assertEqual((small.state, small.adv_is_parked), ("sale", False))
        self.assertTrue(small.picking_ids)
        self.assertEqual(self.get_results(big).name, "Own rule")

    def test_delivery_is_stopped(self):
        self.own("[('sale_id', '!=', False)]", checkpoint="shipment")
        picking = self.sell(1).picking_ids
        with scheduled.at_work(), self.assertRaisesRegex(UserError, "Own rule"):
            picking._action_done()

    def test_program_cannot_say_that_it_is_one(self):
        self.own(BIG)
        order = self.quote(10).with_context(cron_id=1)
        with self.assertRaisesRegex(UserError, "Own rule"):
            order.action_confirm()
        self.assertEqual(order.state, "draft")


@tagged("post_install", "-at_install")
class TestLanguages(FlowCase):
    """Findings are read by the desk, whoever made the documents pass."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controls.search([]).active = False
        cls.rule = cls.own(BIG, name="Big order", description="Too big")
        cls.rule.with_context(lang="fr_FR").write(
            {"name": "Grosse commande", "description": "Trop grosse"}
        )
        cls.partner.lang = "en_US"
        cls.marc.lang = "fr_FR"

    def _read(self, document):
        [result] = self.get_results(document)
        return result.name, result.text

    def _quote(self, **vals):
        signed = {"require_signature": True, "require_payment": False}
        return self.quote(10, state="sent", **signed, **vals)

    def test_signed_order_is_worded_for_who_follows_it(self):
        order = self._quote(adv_user_id=self.marc.id)
        self.sign(order)
        self.assertEqual(self._read(order), ("Grosse commande", "Trop grosse"))

    def test_order_that_nobody_follows_is_worded_for_the_company(self):
        self.company.partner_id.lang = "fr_FR"
        order = self._quote(adv_user_id=False, user_id=False)
        self.sign(order)
        self.assertEqual(self._read(order), ("Grosse commande", "Trop grosse"))

    def test_person_reads_his_own_language(self):
        order = self.quote(10, adv_user_id=self.marc.id)
        self.press_confirm(order)
        self.assertEqual(self._read(order), ("Big order", "Too big"))

    def test_what_is_judged_later_is_worded_for_who_follows_it(self):
        self.rule.severity = "info"
        order = self.sell(10, adv_user_id=self.marc.id)
        self.assertEqual(self._read(order), ("Grosse commande", "Trop grosse"))

    def test_waiver_holds_whoever_reads_it(self):
        order = self._quote(adv_user_id=self.marc.id)
        self.sign(order)
        self.waive(self.get_results(order), user=self.marc)
        order.with_user(self.paule).action_adv_release()
        self.assertFalse(order.adv_is_parked)
