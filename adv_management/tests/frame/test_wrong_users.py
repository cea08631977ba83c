from odoo.tests import tagged

from ..company import AdvCompany

# What assistants may write; fields and buttons are guarded by the models themselves.
_WORKED_ON = {
    "adv.commitment",
    "adv.customer.message",
    "adv.delay.alert",
    "adv.entry.error",
    "adv.floor.incident",
}
_MASTERS = {
    "adv.control",
    "adv.delay.cause",
    "adv.entry.error.type",
    "adv.order.mailbox",
    "adv.payment.limit",
    "adv.transit.zone",
}


@tagged("post_install", "-at_install")
class TestWrongUsers(AdvCompany):
    """Nobody types what the rooms keep: not by a screen, not by RPC."""

    def rights(self, *groups):
        """Return the ``(model, operation)`` that change something."""
        user = self._create_user(groups[-1], *groups)
        return {
            (name, operation)
            for name, model in self.env.items()
            if name.startswith("adv.") and not model._abstract and not model._transient
            for operation in ("create", "write", "unlink")
            if model.with_user(user).has_access(operation)
        }

    def test_outside_the_desk_nothing_is_changed(self):
        for group in (
            "base.group_public",
            "base.group_portal",
            "base.group_user",
            "stock.group_stock_user",
            "sales_team.group_sale_salesman",
            "sales_team.group_sale_manager",
        ):
            self.assertFalse(self.rights(group), group)

    def test_an_assistant_works_on_what_is_there(self):
        self.assertEqual(
            self.rights("adv_management.group_adv_user"),
            {(name, "write") for name in _WORKED_ON},
        )

    def test_a_manager_keeps_the_masters_too(self):
        found = self.rights("adv_management.group_adv_manager")
        self.assertEqual({name for name, _operation in found}, _WORKED_ON | _MASTERS)
