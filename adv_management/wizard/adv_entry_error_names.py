from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..models.commitment.clock import today_of


class AdvEntryErrorNames(models.TransientModel):
    """Lets the manager say when staff and works council were informed of the names."""

    _name = "adv.entry.error.names"
    _description = "Names in the Entry Errors"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    adv_staff_informed_date = fields.Date(
        "Staff informed on", compute="_compute_dates", store=True, readonly=False
    )
    adv_council_informed_date = fields.Date(
        "Works council informed on",
        compute="_compute_dates",
        store=True,
        readonly=False,
    )

    @api.depends("company_id")
    def _compute_dates(self):
        for wizard in self:
            company = wizard.company_id
            wizard.adv_staff_informed_date = company.adv_staff_informed_date
            wizard.adv_council_informed_date = company.adv_council_informed_date

    def action_apply(self):
        """Store the dates: names open for errors found from the later one on.

        :raise AccessError: if the user is no manager of the order desk
        :raise ValidationError: if somebody is said to be informed in the future
        """
        if not self.env.user.has_group("adv_management.group_adv_manager"):
            raise AccessError(
                self.env._("Only managers of the order desk may open the names.")
            )
        for wizard in self:
            wizard._apply()
        return {"type": "ir.actions.act_window_close"}

    def _apply(self):
        names = ("adv_staff_informed_date", "adv_council_informed_date")
        today = today_of(self.company_id)
        if any(self[name] and self[name] > today for name in names):
            raise ValidationError(
                self.env._(
                    "Enter the days on which they were informed, not later ones."
                )
            )
        if self.company_id not in self.env.user.company_ids:
            raise AccessError(self.env._("This is not one of your companies."))
        # sudo: managers do not administrate companies; these two dates are theirs.
        self.company_id.sudo().write({name: self[name] for name in names})
