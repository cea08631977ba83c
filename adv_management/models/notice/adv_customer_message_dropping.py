from odoo import api, models
from odoo.fields import Domain

from .adv_commitment import NOTICES


class AdvCustomerMessageDropping(models.Model):
    """Keeps back what is no longer true before it reaches the customer."""

    _name = "adv.customer.message"
    _inherit = "adv.customer.message"

    @api.model
    def _drop_untrue(self, line_ids):
        """Take out of the notices that have not left what is not true any more.

        :param line_ids: order lines that were just measured
        """
        lines = (
            self.env["adv.customer.message.line"]
            .search(
                self._get_unsent_domain()
                & Domain("commitment_id.sale_line_id", "in", list(line_ids))
            )
            .filtered(lambda line: not line._is_true())
        )
        lines.message_id._leave_out(lines, lambda notice: notice._explain_untrue())

    def _explain_untrue(self):
        if self.kind == "delay":
            return self.env._("What it was about is not late any more.")
        return self.env._("What it was about comes later again.")

    def _replace_others(self, commitments):
        """Take these promises out of all other notices that have not left."""
        lines = self.env["adv.customer.message.line"].search(
            self._get_unsent_domain()
            & Domain("commitment_id", "in", commitments.ids)
            & Domain("message_id", "not in", self.ids)
        )
        lines.message_id._leave_out(
            lines, lambda notice: notice.env._("Replaced by a newer message.")
        )

    @api.model
    def _get_unsent_domain(self):
        """Return the lines of the notices that customers have not been sent."""
        return Domain("message_id.kind", "in", NOTICES) & Domain(
            "message_id.state", "in", ("draft", "queued", "outgoing", "failed")
        )

    def _leave_out(self, lines, word):
        """Take lines out of these messages, and cancel those of which nothing is left.

        :param word: function of a message: why, in the language of its owner
        """
        empty = self.filtered(lambda message: message.line_ids <= lines)
        empty._cancel()._log(word)
        rest = self - empty
        leaving = rest.filtered(lambda message: message.state == "outgoing")
        leaving._send_again_without(lines, word)
        (rest - leaving)._write_without(lines, word)

    def _write_without(self, lines, word):
        """Write messages without some lines; a person looks again at words of his."""
        (lines & self.line_ids).unlink()
        for message in self:
            message.order_ids = message.line_ids.order_id
        edited = self.filtered("is_edited")
        edited._return_to_person()
        edited._attach_listings()
        (self - edited).filtered("body")._render()
        self._log(word)

    def _send_again_without(self, lines, word):
        """Keep back e-mails that are about to leave, and send the rest of each."""
        for message in self._cancel():
            message._log(word)
            again = self._compose_notices(
                message.kind, [line._to_telling() for line in message.line_ids - lines]
            )
            again.sudo().sender_id = message.sender_id
            if message.is_edited:
                again.sudo()._ask_to_look()
            else:
                again.sudo().filtered(lambda each: each.state == "draft")._queue()
