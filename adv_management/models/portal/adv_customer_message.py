from odoo import fields, models

from ..commitment.adv_commitment_engine import OPEN_STATUSES
from .answer_link import AnswerLink, digest

# In these states the customer has the message, or some of his people have.
_LEFT = ("outgoing", "sent", "failed", "bounced")


class AdvCustomerMessage(models.Model):
    """A message asks for an answer: order by order, on the terms that it tells."""

    _name = "adv.customer.message"
    _inherit = ["adv.customer.message"]

    answer_ids = fields.One2many(
        "adv.customer.answer", "message_id", "Answers", readonly=True
    )

    def _render(self):
        # Read for all messages at once what each of their links is signed over.
        self.line_ids.commitment_id.revision_ids.mapped("is_pending")
        return super()._render()

    def _hand_over(self):
        self._renew_links()
        return super()._hand_over()

    def _resend(self):
        self._renew_links()
        return super()._resend()

    def _renew_links(self):
        """Have the links of what leaves now live from now on, however long ago it was
        written; its words stay.
        """
        for message in self.filtered("order_ids"):
            message.body = AnswerLink.renew(self.env, message.body)
            if mail := message.mail_id:
                mail.body = message.body
                mail.body_html = AnswerLink.renew(self.env, mail.body_html)

    def _get_answer_url(self, order):
        """Return the address at which the customer answers about one of the orders."""
        self.ensure_one()
        link = AnswerLink.make(
            self.id,
            order.id,
            self.company_id.id,
            self.partner_id.id,
            self._digest_terms(order),
        )
        # sudo: signs with the database's secret, which nobody gets to see.
        token = link.sign(self.sudo().env)
        return f"{order.get_base_url()}/adv/order/{token}"

    def _get_dated_lines(self, order):
        """Return the lines of an order for which this message announces a date."""
        return self.line_ids.filtered(
            lambda line: (
                line.order_id == order and line.commitment_id and line.date_announced
            )
        )

    def _digest_terms(self, order, *, is_present=False):
        """Return what stands for lines, quantities and dates of an order.

        :param is_present: with the dates announced last, not those of this message
        """
        terms = []
        for line in self._get_dated_lines(order).sorted("id"):
            commitment = line.commitment_id
            announced = commitment if is_present else line
            dates = (commitment._get_present_promise(), announced.date_announced)
            terms.append((commitment.id, commitment.qty_ordered, *dates))
        return digest(terms)

    def _is_still_true(self, order, terms):
        """Return whether these are still the terms: nothing was agreed, announced or
        ordered since.
        """
        return terms == self._digest_terms(order, is_present=True)

    def _get_dates_to_accept(self, order):
        """Return the commitments whose announced date the customer may still accept.

        Earlier dates need nobody's consent, past ones are no promise.
        """
        return self._get_dated_lines(order).commitment_id.filtered(
            lambda commitment: (
                commitment.status in OPEN_STATUSES
                and commitment.date_announced
                and commitment.date_announced >= commitment._get_today()
                and (
                    not commitment.date_promise
                    or commitment.date_announced > commitment.date_promise
                )
            )
        )

    def _has_left(self):
        """Return whether the customer may have this message."""
        return self.state in _LEFT
