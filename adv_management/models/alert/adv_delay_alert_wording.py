from odoo import api, fields, models

from ..commitment.clock import today_of

_SHOWN_MESSAGES = 5
_EXPLAINED = 3  # lines that are told in full


class AdvDelayAlertWording(models.AbstractModel):
    """Says in words how late an order is, whom to call, and what the customer got.

    Nothing here is stored: it is read for the alerts on the screen.
    """

    _name = "adv.delay.alert.wording"
    _description = "Alerts in Words"

    delay_text = fields.Char("Delay", compute="_compute_delay_text")
    explanation = fields.Text(
        compute="_compute_explanation", help="What the worst lines wait for."
    )
    owner_note = fields.Char(compute="_compute_owner_note")
    date_announced = fields.Date(
        "Announced Date",
        compute="_compute_date_announced",
        help="The latest date that the customer was told.",
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    customer_message_ids = fields.Many2many(
        "adv.customer.message",
        string="Last Messages",
        compute="_compute_customer_message_ids",
    )

    @api.depends("delay_working_days", "date_promise", "date_predicted")
    @api.depends_context("lang")
    def _compute_delay_text(self):
        todays = {company: today_of(company) for company in self.company_id}
        for alert in self:
            alert.delay_text = alert._word_delay(todays[alert.company_id])

    def _word_delay(self, today):
        """Return how late the worst line is or will be, in a few words."""
        days, predicted = self.delay_working_days, self.date_predicted
        is_late = days and self.date_promise and self.date_promise < today
        if not predicted:
            return (
                self.env._("Late, no supply known")
                if is_late
                else self.env._("No supply known")
            )
        if is_late and (days == 1 or predicted <= today):
            return (
                self.env._("1 working day late")
                if days == 1
                else self.env._("%s working days late", days)
            )
        if is_late:
            return self.env._("Late, %s working days in all", days)
        return (
            self.env._("Will be 1 working day late")
            if days == 1
            else self.env._("Will be %s working days late", days)
        )

    @api.depends("line_ids.explanation", "line_ids.is_open")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for alert in self:
            lines = alert._get_open_lines()
            worst = lines.sorted(
                # of what has no supply nobody knows how late it will be
                lambda line: (bool(line.date_predicted), -line.delay_working_days)
            )[:_EXPLAINED]
            alert.explanation = "\n".join(
                f"{line.product_id.display_name} – {line.explanation}" for line in worst
            )

    @api.depends("user_id", "order_id.adv_user_id")
    @api.depends_context("lang")
    def _compute_owner_note(self):
        for alert in self:
            # sudo: a colleague's name and whether he still works here, nothing else.
            desk = alert.order_id.sudo().adv_user_id
            alert.owner_note = (
                self.env._("%s, who follows this order, is archived.", desk.name)
                if desk and not desk.active
                else False
            )

    @api.depends("line_ids.commitment_id.date_announced", "line_ids.is_open")
    def _compute_date_announced(self):
        for alert in self:
            dates = alert._get_open_lines().mapped("date_announced")
            alert.date_announced = max(filter(None, dates), default=False)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for alert in self:
            alert.is_mine = alert.user_id == self.env.user

    @api.depends("partner_id")
    def _compute_customer_message_ids(self):
        for alert in self:
            messages = alert.partner_id.adv_message_ids.filtered(
                lambda message, company=alert.company_id: message.company_id == company
            )
            alert.customer_message_ids = messages[:_SHOWN_MESSAGES]
