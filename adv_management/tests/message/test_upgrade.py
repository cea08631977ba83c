from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, file_path

from ..upgrades import upgrade


@tagged("post_install", "-at_install")
class TestUpgrade(TransactionCase):
    """Companies of before, and copies of their databases."""

    def test_companies_of_before_get_the_quiet_hours(self):
        self.env.cr.execute("ALTER TABLE res_company DROP adv_quiet_from")
        upgrade(self.env, "19.0.1.1.0", "19.0.1.2.0", stage="pre")
        self.env.cr.execute("SELECT DISTINCT adv_quiet_from FROM res_company")
        self.assertEqual(self.env.cr.fetchall(), [(20.0,)])

    def test_a_copy_for_tests_writes_to_nobody(self):
        cron = self.env.ref("adv_management.ir_cron_adv_send_messages")
        self.assertTrue(cron.active)
        with open(file_path("adv_management/data/neutralize.sql")) as file:
            self.env.cr.execute(SQL(file.read()))
        cron.invalidate_recordset()
        self.assertFalse(cron.active)
