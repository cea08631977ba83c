from odoo import fields, models


class AdvDiscountCeilingSet(models.TransientModel):
    """Lets the manager say up to where salespeople may give discounts."""

    _name = "adv.discount.ceiling.set"
    _description = "Set Discount Ceilings"

    user_ids = fields.Many2many("res.users", string="Salespeople", required=True)
    ceiling = fields.Float("Ceiling (%)", digits="Discount")

    def action_apply(self):
        """Give the chosen users the ceiling; 0 leaves them that of the control."""
        for wizard in self:
            wizard.user_ids.write({"adv_discount_ceiling": wizard.ceiling})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
