from markupsafe import Markup

from odoo import models

from ..commitment.adv_commitment_engine import OPEN_STATUSES
from ..commitment.clock import zone_of


class AdvCustomerAnswerActing(models.AbstractModel):
    """Does what a customer's answer asks for: promises the date, tells the desk.

    No e-mail leaves by the click of a visitor: the desk is told by an activity.
    """

    _name = "adv.customer.answer.acting"
    _description = "Consequences of Customers' Answers"

    def _act(self, asked):
        """Promise the accepted dates and tell the order's owner.

        :param asked: the commitments whose announced date is accepted
        """
        owner = self._get_owner()
        desk = self.with_context(lang=owner.lang or self.company_id.partner_id.lang)
        if asked:
            desk._promise(asked)
        words = desk._get_words()
        desk._write_note(words)
        desk._schedule_activity(owner, words)

    def _promise(self, asked):
        """Make each announced date the promise of its line, as the wizard does."""
        reason = self.env._("Accepted by the link of our message")
        for day, commitments in asked.grouped("date_announced").items():
            commitments = commitments.with_env(self.env)
            commitments._change_promise(
                day,
                "internal",
                is_accepted=True,
                proof="portal",
                source="portal",
                reason=reason,
                answer_id=self.id,
            )
            commitments._reschedule(day, is_agreed=True)
        asked._measure_now(asked.sale_line_id.ids)

    # ----------------------------------------------------------------------------------
    # Telling the desk
    # ----------------------------------------------------------------------------------

    def _get_owner(self):
        """Return who follows the order: its desk, the company's, its salesperson."""
        order = self.order_id
        people = (order.adv_user_id, self.company_id.adv_alert_user_id, order.user_id)
        there = (user for user in people if user.active)
        return next(there, self.env["res.users"])

    def _get_words(self):
        """Return the lines that tell the answer, as plain text."""
        lines = []
        if self.kind == "accept":
            revisions = self.revision_ids.sorted("id")
            lines = [self._word_date(revision) for revision in revisions]
        elif self.kind == "part":
            lines = self._word_goods()
        if self.phone:
            lines.append(self.env._("Telephone: %(number)s", number=self.phone))
        if self.comment:
            lines.append(self.env._("Comment: %(text)s", text=self.comment))
        return lines

    def _word_date(self, revision):
        commitment = revision.commitment_id.with_env(self.env)
        return self.env._(
            "%(product)s: promised %(new)s, before %(old)s",
            product=commitment.product_id.display_name,
            new=commitment._in_words(revision.date_new),
            old=commitment._in_words(revision.date_old) or self.env._("no date"),
        )

    def _word_goods(self):
        """Return what could leave today, line by line."""
        commitments = self.order_id.adv_commitment_ids.with_env(self.env).filtered(
            lambda each: each.status in OPEN_STATUSES
        )
        there = commitments._get_quantities_there()
        return [
            self.env._(
                "%(product)s: %(there)s there of %(open)s still to deliver",
                product=commitment.product_id.display_name,
                there=commitment._quantity(there[commitment]),
                open=commitment._quantity(commitment.qty_open),
            )
            for commitment in commitments
        ]

    def _write_note(self, words):
        """Keep the answer in the order's chatter, in the customer's name."""
        user = self.user_id
        contact = self.order_id.partner_id if user._is_public() else user.partner_id
        self.order_id.with_env(self.env).message_post(
            body=_to_markup([self._get_title(), *words]),
            author_id=contact.id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    def _schedule_activity(self, owner, words):
        kind = "call" if self.kind == "call" else "todo"
        zone = zone_of(self.company_id, self.company_id.resource_calendar_id)
        # Without the e-mail that Odoo sends to whoever gets an activity.
        order = self.order_id.with_env(self.env).with_context(
            mail_activity_quick_update=True, tz=zone
        )
        order.activity_schedule(
            f"mail.mail_activity_data_{kind}",
            summary=self._get_title(),
            note=_to_markup(words),
            user_id=owner.id,
        )

    def _get_title(self):
        """Return what the customer wants, as a sentence."""
        return {
            "accept": self.env._("The customer accepts the announced date."),
            "part": self.env._("The customer asks for a part delivery now."),
            "call": self.env._("The customer asks to be called."),
        }[self.kind]


def _to_markup(lines):
    """Return plain texts as markup: what they contain is text, never a tag."""
    breaks = Markup("<br/>")
    return breaks.join(breaks.join(line.split("\n")) for line in lines)
