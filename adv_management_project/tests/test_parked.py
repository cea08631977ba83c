"""Orders that were accepted and wait for their release start no project."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.adv_management.tests.common import AdvCommon


@tagged("post_install", "-at_install")
class TestParked(AdvCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["adv.control"].create(
            {
                "name": "Own rule",
                "domain": "[('client_order_ref', '=', False)]",
                "checkpoint": "release",
                "severity": "blocking",
            }
        )
        cls.paule = cls._create_user("paule", "adv_management.group_adv_user")
        cls.project = cls.env["project.project"].create(
            {"name": "Chantiers", "allow_billable": True, "company_id": cls.company.id}
        )
        cls.fitting = cls.env["product.product"].create(
            {
                "name": "Pose",
                "type": "service",
                "service_tracking": "task_global_project",
                "project_id": cls.project.id,
            }
        )
        cls.study = cls.env["product.product"].create(
            {"name": "Étude", "type": "service", "service_tracking": "project_only"}
        )

    def _release(self, order):
        order.client_order_ref = "PO 1"
        with self.act("2026-03-03 09:00:00"):
            order.with_user(self.paule).action_adv_release()
        self.assertFalse(order.adv_is_parked)

    def test_tasks_and_projects_start_at_the_release(self):
        order = self.sell((self.fitting, 1), (self.study, 1), (self.product, 2))
        self.assertTrue(order.adv_is_parked)
        self.assertFalse(order.order_line.task_id | self.project.task_ids)
        self.assertFalse(order.order_line.project_id)
        self._release(order)
        fitting, study, goods = order.order_line
        self.assertEqual(fitting.task_id.project_id, self.project)
        self.assertEqual(study.project_id.company_id, self.company)
        self.assertEqual(goods.move_ids.product_uom_qty, 2)

    def test_service_added_to_a_parked_order_waits_with_it(self):
        order = self.sell(1)
        order.order_line = [Command.create({"product_id": self.fitting.id})]
        self.assertFalse(self.project.task_ids)
        self._release(order)
        self.assertEqual(self.project.task_ids.sale_order_id, order)

    def test_other_orders_start_at_once(self):
        order = self.sell((self.fitting, 1), client_order_ref="PO 1")
        self.assertEqual(order.order_line.task_id.project_id, self.project)
