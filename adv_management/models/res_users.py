from odoo import api, fields, models
from odoo.exceptions import ValidationError

_CEILING = "adv_discount_ceiling"


class ResUsers(models.Model):
    """The person as the order desk trusts him."""

    _inherit = "res.users"

    adv_waiver_ceiling = fields.Float(
        "Waiver ceiling",
        digits=(16, 2),
        copy=False,
        groups="adv_management.group_adv_manager",
        help="Up to which amount, in company currency, this person may waive or "
        "approve what a control found. Zero: without limit.",
    )
    adv_discount_ceiling = fields.Float(
        "Discount ceiling (%)",
        digits="Discount",
        copy=False,
        groups="base.group_user",
        help="The highest discount that this user gives on his own, under the "
        "customer's price list. Zero: that of the control “Discount ceiling”.",
    )

    @api.constrains(_CEILING)
    def _check_adv_discount_ceiling(self):
        if any(not 0 <= user[_CEILING] <= 100 for user in self):
            raise ValidationError(
                self.env._("A discount ceiling lies between 0 and 100 %.")
            )

    def write(self, vals):
        # A ceiling is a matter of the sales administration's manager, who administers
        # no access rights.
        if set(vals) == {_CEILING} and self._adv_may_set_ceiling():
            # sudo: that one field, of users whom the manager sees, never his own.
            return super(ResUsers, self.sudo()).write(vals)
        return super().write(vals)

    def _adv_may_set_ceiling(self):
        is_manager = self.env.user.has_group("adv_management.group_adv_manager")
        return is_manager and self.env.user not in self and self.has_access("read")
