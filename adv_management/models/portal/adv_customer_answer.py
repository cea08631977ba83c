from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import mute_logger

from .answer_link import AnswerLink
from .question import Question

COMMENT_SIZE = 1000
KINDS = [
    ("accept", "Accepts the announced date"),
    ("part", "Asks for a part delivery"),
    ("call", "Asks to be called"),
]


class AdvCustomerAnswer(models.Model):
    """What a customer answered by the link of a message: the proof of what he agreed
    to, append-only, one answer a link.
    """

    _name = "adv.customer.answer"
    _inherit = ["adv.customer.answer.acting"]
    _description = "Customer's Answer"
    _order = "id desc"
    _rec_name = "order_id"

    kind = fields.Selection(KINDS, "Answer", required=True, readonly=True)
    message_id = fields.Many2one(
        "adv.customer.message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    phone = fields.Char("Telephone", readonly=True)
    comment = fields.Text(readonly=True)
    revision_ids = fields.One2many(
        "adv.commitment.revision", "answer_id", "Agreed Dates", readonly=True
    )

    # The proof
    date = fields.Datetime(
        "Answered on", required=True, readonly=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        "res.users",
        "Answered by",
        readonly=True,
        ondelete="set null",
        help="The public user, unless the customer was logged in on the portal.",
    )
    ip = fields.Char("IP Address", readonly=True)
    digest = fields.Char(required=True, readonly=True)

    _digest_uniq = models.UniqueIndex("(digest)", "This link has been used already.")

    def write(self, vals):
        """Refuse: an answer that can be edited proves nothing."""
        if vals:
            raise UserError(self.env._("The answer of a customer cannot be changed."))
        return super().write(vals)

    @api.model
    def _open(self, token):
        """Return the ``Question`` that a token asks, or None if we have not signed it.

        Called with sudo: what may be read is what the token names.
        """
        link = AnswerLink.verify(self.env, token)
        return link and Question(self.env, link)

    @api.model
    def _receive(self, question, vals):
        """Record the answer to a question and do what it asks for.

        :param question: an open ``Question``
        :param vals: ``kind``, ``phone``, ``comment``, ``ip``
        :return: the answer; an empty one if somebody else has just used the link
        :raise UserError: if what is asked for is not offered any more
        """
        self._look_again(question.order)
        if vals["kind"] not in question.kinds:
            raise UserError(
                self.env._(
                    "Something has changed in the meantime, so your answer could not "
                    "be noted. This is how your order stands now."
                )
            )
        asked = question.asked if vals["kind"] == "accept" else ()
        answer = self._create_or_yield(
            {
                **vals,
                "message_id": question.message.id,
                "order_id": question.order.id,
                "company_id": question.company.id,
                "partner_id": question.message.partner_id.id,
                "user_id": self.env.uid,
                "digest": question.link.digest,
            }
        )
        if answer:
            answer._act(asked)
        return answer

    @api.model
    def _look_again(self, order):
        """Measure the order, so that nobody accepts what has just changed.

        :raise ConcurrencyError: if the engine is at it: Odoo asks again, moments later
        """
        lines = order.adv_commitment_ids.sale_line_id
        measured = self.env["adv.commitment"]._measure_now(lines.ids)
        if len(measured) < len(lines):
            raise ConcurrencyError("These promises are being measured")

    @api.model
    def _create_or_yield(self, vals):
        """Create an answer, or return an empty one if the link has been used."""
        try:
            # Two clicks at once are no error of ours: nothing to log.
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self.create(vals)
        except UniqueViolation:
            return self.browse()
