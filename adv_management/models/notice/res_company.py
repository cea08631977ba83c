from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .adv_commitment import NOTICES

MAX_MARGIN = 20


class ResCompany(models.Model):
    """How the company tells its customers of delays."""

    _name = "res.company"
    _inherit = "res.company"

    # Columns with a default are made by ``pre_init_hook``: no row is rewritten.
    adv_notice_mode = fields.Selection(
        [
            ("off", "Off"),
            ("manual", "By the desk"),
            ("auto", "By the desk, by itself after a while"),
        ],
        "Delay notices",
        default="off",
        help="Whether customers are told of delays by e-mail: never, when a person of "
        "the desk sends it, or by itself where nobody has done anything for a while. "
        "Alerts that are open when it is switched on stay with the desk.",
    )
    adv_notice_delay_hours = fields.Integer(
        "Send by itself after",
        default=24,
        help="Hours that an alert is open without a person's action.",
    )
    adv_notice_margin_days = fields.Integer(
        "Margin",
        default=2,
        help="The date that customers are told is the predicted one and so many "
        "working days.",
    )
    adv_notice_good_news = fields.Boolean(
        "Good news",
        help="Customers who were told of a delay also hear that the goods come earlier "
        "than they were told.",
    )
    adv_notice_approver_id = fields.Many2one(
        "res.users", "Rule approved by", readonly=True, ondelete="set null"
    )
    adv_notice_date_approved = fields.Datetime("Rule approved on", readonly=True)
    adv_notice_date_automatic = fields.Datetime(
        "By itself since",
        readonly=True,
        help="What waited before stays with the desk.",
    )

    @api.constrains("adv_notice_margin_days", "adv_notice_delay_hours")
    def _check_adv_notice(self):
        for company in self:
            if not 0 <= company.adv_notice_margin_days <= MAX_MARGIN:
                raise ValidationError(
                    self.env._(
                        "The margin on the predicted date is 0 to %(most)s working "
                        "days.",
                        most=MAX_MARGIN,
                    )
                )
            if company.adv_notice_delay_hours < 1:
                raise ValidationError(
                    self.env._(
                        "Leave the desk at least one hour before a notice is sent by "
                        "itself."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._adv_follow_notice_rules({})
        return companies

    def write(self, vals):
        before = self._adv_get_notice_rules()
        result = super().write(vals)
        self._adv_follow_notice_rules(before)
        return result

    def _adv_get_notice_rules(self):
        """Return ``{company: margin}`` of those that tell by themselves: what whoever
        switched it on has approved.
        """
        automatic = self.filtered(lambda company: company.adv_notice_mode == "auto")
        return {company: company.adv_notice_margin_days for company in automatic}

    def _adv_follow_notice_rules(self, before):
        """Note who approved rules that are new; what waits for its hour by a rule that
        holds no more does not leave by itself.

        :param before: the rules of before
        """
        now, after = fields.Datetime.now(), self._adv_get_notice_rules()
        for company, margin in after.items():
            if company not in before:
                company.adv_notice_date_automatic = now
            if before.get(company) != margin:
                company.adv_notice_date_approved = now
                company.adv_notice_approver_id = self.env.uid
        stopped = self.filtered(lambda company: company in before.keys() - after.keys())
        # sudo: who may change the rule may stop what it has written.
        self.env["adv.customer.message"].sudo()._keep_back(stopped, NOTICES)

    def _adv_tells_by_itself(self):
        """Return whether an approved rule tells customers of delays by itself."""
        return self.adv_notice_mode == "auto" and bool(self.adv_notice_date_approved)

    def _adv_check_notices(self):
        """Refuse notices where they are off.

        :raise UserError: naming the companies, and who turns them on where
        """
        silent = self.filtered(lambda each: each.adv_notice_mode in (False, "off"))
        if silent:
            raise UserError(
                self.env._(
                    "Delay notices are off in %(companies)s. An administrator turns "
                    "them on in the settings of Sales Administration, under Delay "
                    "notices.",
                    companies=", ".join(silent.mapped("name")),
                )
            )
