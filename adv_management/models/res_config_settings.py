from odoo import fields, models
from odoo.exceptions import UserError


class ResConfigSettings(models.TransientModel):
    """The order desk's page of the settings."""

    _inherit = "res.config.settings"

    adv_risk_buffer_days = fields.Integer(
        related="company_id.adv_risk_buffer_days", readonly=False
    )
    adv_promise_basis = fields.Selection(
        related="company_id.adv_promise_basis", readonly=False
    )
    adv_transit_days = fields.Integer(
        related="company_id.adv_transit_days", readonly=False
    )
    adv_field_log_months = fields.Integer(
        related="company_id.adv_field_log_months", readonly=False
    )
    adv_alert_amount = fields.Monetary(
        related="company_id.adv_alert_amount", readonly=False
    )
    adv_alert_move_days = fields.Integer(
        related="company_id.adv_alert_move_days", readonly=False
    )
    adv_alert_escalation_days = fields.Integer(
        related="company_id.adv_alert_escalation_days", readonly=False
    )
    adv_alert_user_id = fields.Many2one(
        related="company_id.adv_alert_user_id", readonly=False
    )
    adv_alert_manager_id = fields.Many2one(
        related="company_id.adv_alert_manager_id", readonly=False
    )
    adv_quiet_from = fields.Float(related="company_id.adv_quiet_from", readonly=False)
    adv_quiet_to = fields.Float(related="company_id.adv_quiet_to", readonly=False)
    adv_wrong_calendar_ids = fields.Many2many(
        related="company_id.adv_wrong_calendar_ids"
    )

    adv_arrears = fields.Char(
        "Promises not measured",
        compute="_compute_adv_arrears",
        help="Whether the scheduled action is switched off, or behind.",
    )

    def _compute_adv_arrears(self):
        self.adv_arrears = self.env["adv.commitment"]._explain_arrears()

    def action_adv_open_engine(self):
        """Return the scheduled action that measures promises, to switch it on.

        :raise UserError: if somebody deleted it
        """
        cron = self.env.ref(
            "adv_management.ir_cron_adv_refresh_commitments", raise_if_not_found=False
        )
        if not cron:
            raise UserError(
                self.env._(
                    "The scheduled action was deleted. Upgrade the app Sales "
                    "Administration to get it back."
                )
            )
        return cron._get_records_action()

    def action_adv_open_wrong_calendars(self):
        """Return the calendars whose days begin and end at the wrong hour."""
        return self.company_id.adv_wrong_calendar_ids._get_records_action(
            name=self.env._("Working calendars")
        )

    def action_adv_open_warehouses(self):
        """Return the company's warehouses, to give each its calendar."""
        warehouses = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company_id.id)]
        )
        return warehouses._get_records_action(name=self.env._("Warehouses"))
