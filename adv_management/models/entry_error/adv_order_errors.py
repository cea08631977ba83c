from odoo import api, fields, models


class AdvOrderErrors(models.AbstractModel):
    """The order's entry errors, a click away from the order."""

    _name = "adv.order.errors"
    _description = "Order with Entry Errors"

    adv_error_ids = fields.One2many(
        "adv.entry.error",
        "order_id",
        "Entry errors",
        copy=False,
        groups="sales_team.group_sale_salesman",
    )
    adv_error_count = fields.Integer(
        "Number of entry errors",
        compute="_compute_adv_error_count",
        compute_sudo=True,
        groups="base.group_user",
        help="Those that are confirmed or to be classified.",
    )

    @api.depends("adv_error_ids.state")
    def _compute_adv_error_count(self):
        counts = dict(
            self.env["adv.entry.error"]._read_group(
                [
                    ("order_id", "in", self.ids),
                    ("state", "in", ("suspected", "confirmed")),
                ],
                ["order_id"],
                ["__count"],
            )
        )
        for order in self:
            order.adv_error_count = counts.get(order._origin, 0)

    def action_adv_open_errors(self):
        """Return the action that opens the entry errors of these orders."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "adv_management.adv_entry_error_action"
        )
        return {**action, "domain": [("order_id", "in", self.ids)], "context": {}}

    def action_adv_declare_error(self):
        """Return the wizard that declares an error of this order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Declare an error"),
            "res_model": "adv.entry.error.declare",
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_order_id": self.id},
        }
