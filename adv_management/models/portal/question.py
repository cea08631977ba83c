from odoo.tools.misc import get_lang

from ..commitment.adv_commitment_engine import OPEN_STATUSES


class Question:
    """One order in one message, as a genuine link names it and as it stands now: all
    that the customer's page shows.
    """

    def __init__(self, env, link):
        """
        :param env: with sudo: the link, not the user, says what may be read
        :param link: an ``AnswerLink`` that we have signed
        """
        company = env["res.company"].browse(link.company_id).exists()
        message = env["adv.customer.message"].browse(link.message_id).exists()
        lang = get_lang(env, message.lang or company.partner_id.lang).code
        env = env["base"].with_company(company).with_context(lang=lang).env
        self.env, self.link, self.lang = env, link, lang
        self.company = company.with_env(env)
        self.message = message.with_env(env)
        self.order = env["sale.order"].browse(link.order_id).exists()

    # Whether it may be answered ------------------------------------------------------

    @property
    def is_open(self):
        """Whether there is an order to speak of, and the link is still good for it."""
        return self._is_coherent() and not self.link.is_expired and not self.is_answered

    def _is_coherent(self):
        """Whether the records are still those for which the link was signed."""
        message, order = self.message, self.order
        return (
            order in message.order_ids
            and order.state == "sale"
            and message.state != "cancelled"
            and order.company_id == message.company_id == self.company
            # not the link's customer: his entry may have been merged with another
            and order.partner_id.commercial_partner_id == message.partner_id
        )

    @property
    def is_answered(self):
        answers = self.env["adv.customer.answer"]
        return bool(answers.search_count([("digest", "=", self.link.digest)], limit=1))

    @property
    def is_preview(self):
        """Whether one of us looks at it: nobody accepts in the customer's name."""
        return self.env.user._is_internal() or not self.message._has_left()

    # How it stands --------------------------------------------------------------------

    @property
    def is_outdated(self):
        """Whether anything was agreed, announced or ordered since the message.

        Of an e-mail that has just left, the date is about to be noted; of one that has
        not, nobody can say so.
        """
        message = self.message
        is_read = message._has_left() and message.state != "outgoing"
        return is_read and not self._is_still_true()

    def _is_still_true(self):
        return self.message._is_still_true(self.order, self.link.terms)

    @property
    def asked(self):
        """The commitments whose announced date may be accepted."""
        commitments = self.message._get_dates_to_accept(self.order)
        return commitments if self._is_still_true() else commitments.browse()

    @property
    def dates(self):
        """The announced dates that may be accepted."""
        return sorted(set(self.asked.mapped("date_announced")))

    @property
    def lines(self):
        return self.order._adv_get_portal_lines().values()

    @property
    def kinds(self):
        """The answers that make sense now."""
        statuses = self.order.adv_commitment_ids.mapped("status")
        is_open = any(status in OPEN_STATUSES for status in statuses)
        offers = {"accept": bool(self.asked), "part": is_open, "call": True}
        return [kind for kind, is_offered in offers.items() if is_offered]

    @property
    def phone(self):
        """The number at which we would call."""
        contact = self.order.partner_id
        return contact.phone or contact.commercial_partner_id.phone or ""
