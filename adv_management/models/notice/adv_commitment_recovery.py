from odoo import api, models

from ..commitment.clock import today_of
from . import queries
from .adv_customer_message import Telling


class AdvCommitmentRecovery(models.Model):
    """Good news: what the customer was told of comes earlier than he thinks."""

    _name = "adv.commitment"
    _inherit = "adv.commitment"

    @api.model
    def _find_relieved(self, company):
        """Return the promises of which a company's customers may hear something better,
        where it tells good news at all.
        """
        if not company.adv_notice_good_news or company.adv_notice_mode == "off":
            return self
        self.env.flush_all()
        rows = self.env.execute_query(queries.relieved(company.id, today_of(company)))
        return self.browse(row for (row,) in rows)

    def _tell_relief(self):
        """Write the good news: drafts where a person sends notices."""
        tellings = [
            Telling(line, news.known, news.date)
            for line, news in self._get_news().items()
            if not news.is_under_way
            # once for each delay told: nobody is woken again by what he cancelled
            and news.message.kind != "recovery"
            and news.is_earlier(line.company_id.adv_alert_move_days)
        ]
        messages = self.env["adv.customer.message"]._compose_notices(
            "recovery", tellings
        )
        drafts = messages.filtered(lambda message: message.state == "draft")
        by_itself = drafts.filtered(
            lambda message: message.company_id._adv_tells_by_itself()
        )
        by_itself._queue()
        (drafts - by_itself)._ask_to_look()
