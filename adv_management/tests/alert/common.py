from ..common import AdvCommon


class AlertCommon(AdvCommon):
    """The desk in March 2026: Paule has the portfolio, Marc is the manager.

    ``sell_late`` sells what is not in stock: nothing is known to come for it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paule = cls._create_user("paule", "adv_management.group_adv_user")
        cls.marc = cls._create_user("marc", "adv_management.group_adv_manager")
        cls.missing = cls._create_product("Armoire", stock=0)
        cls.partner.adv_user_id = cls.paule
        cls.alerts = cls.env["adv.delay.alert"]

    @classmethod
    def sell_late(cls, *quantities, promise="2026-03-10", **vals):
        """Return an order of goods that nobody has."""
        goods = [
            each if isinstance(each, tuple) else (cls.missing, each)
            for each in quantities or (10,)
        ]
        return cls.sell(*goods, promise=promise, **vals)

    def get_alert(self, order):
        """Return the alerts of orders, the newest first."""
        return self.alerts.search([("order_id", "in", order.ids)], order="id desc")

    def assertAlert(self, order, **expected):
        """Check the only alert of an order; dates are given as text."""
        alert = self.get_alert(order)
        self.assertEqual(len(alert), 1)
        self.assertValues(alert, **expected)
        return alert

    def assertValues(self, record, **expected):
        found = {
            name: str(record[name])
            if hasattr(record[name], "strftime")
            else record[name]
            for name in expected
        }
        self.assertEqual(found, expected)
