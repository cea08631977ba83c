from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestAlertRights(AdvCommon):
    """Alerts are the desk's; salespeople read those of their customers."""

    def test_people_outside_sales_see_no_alert(self):
        for group in ("base.group_user", "stock.group_stock_user", "base.group_portal"):
            user = self._create_user(f"adv_{group}", group)
            with self.assertRaises(AccessError):
                self.env["adv.delay.alert"].with_user(user).search([])
