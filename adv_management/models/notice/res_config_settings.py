from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How customers are told of delays."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    adv_notice_mode = fields.Selection(
        related="company_id.adv_notice_mode", readonly=False
    )
    adv_notice_delay_hours = fields.Integer(
        related="company_id.adv_notice_delay_hours", readonly=False
    )
    adv_notice_margin_days = fields.Integer(
        related="company_id.adv_notice_margin_days", readonly=False
    )
    adv_notice_good_news = fields.Boolean(
        related="company_id.adv_notice_good_news", readonly=False
    )
    adv_notice_approver_id = fields.Many2one(
        related="company_id.adv_notice_approver_id"
    )
    adv_notice_date_approved = fields.Datetime(
        related="company_id.adv_notice_date_approved"
    )
