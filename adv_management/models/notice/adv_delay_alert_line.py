from odoo import models

from ..commitment.clock import today_of


class AdvDelayAlertLine(models.Model):
    """What the customer does not know after all is to be told him again."""

    _name = "adv.delay.alert.line"
    _inherit = "adv.delay.alert.line"

    def _mark_untold(self):
        """Note that a message about these lines did not reach the customer.

        Whether he was told in time counts what he was told before, if anything.
        """
        self.write({"is_settled": False, "date_settled": False})
        unknown = self.filtered(lambda line: not line.date_announced)
        unknown.write({"date_told": False, "told_count": 0, "told_in_time_count": 0})
        for alert in self.alert_id:
            lines = alert._get_open_lines()
            alert.date_told = max(
                filter(None, lines.mapped("date_told")), default=False
            )
            alert.is_told_in_time = all(lines.mapped("told_in_time_count"))
        informed = self.alert_id.filtered(lambda alert: alert.state == "informed")
        for company, alerts in informed.grouped("company_id").items():
            today = today_of(company)
            alerts.write(
                {"state": "open", "date_waiting": today, "date_deadline": today}
            )
        informed._plan(informed.ids)
