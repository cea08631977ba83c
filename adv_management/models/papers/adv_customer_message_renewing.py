import hashlib

from odoo import fields, models
from odoo.tools.misc import get_lang

PAPERS = ("acknowledgement", "open_orders")


class AdvCustomerMessageRenewing(models.Model):
    """Papers tell how things stand when they leave, not when they were written: what
    waited for its hour, for a person or for the mail server is read again.
    """

    _name = "adv.customer.message"
    _inherit = "adv.customer.message"

    told_digest = fields.Char(
        readonly=True, help="What stands for all that the words tell."
    )

    def _render(self):
        result = super()._render()
        # sudo: as the words themselves.
        self.sudo()._note_told()
        return result

    def _note_told(self):
        for paper in self.filtered(lambda each: each.kind in PAPERS)._with_open_lines():
            paper.told_digest = paper._digest_told()

    def _digest_told(self):
        """Return what stands for all that this paper would tell now."""
        if self.kind == "open_orders":
            told = [*self._get_open_order_lines()]
        else:
            lang = get_lang(self.env, self.lang).code
            orders = self.order_ids.with_context(lang=lang)
            told = [order._adv_get_acknowledged() for order in orders]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    def _has_something_to_tell(self):
        if self.kind == "open_orders":
            return bool(self._get_open_order_lines())
        return self.order_ids and set(self.order_ids.mapped("state")) == {"sale"}

    def action_write_again(self):
        result = super().action_write_again()
        # sudo: the right to write has just been checked.
        self.sudo()._renew_files()
        return result

    # On its way ---------------------------------------------------------------------

    def action_send(self):
        """Send drafts; those that are not true any more are written anew and shown to
        the person first.
        """
        self.check_access("write")
        # sudo: the right to send has just been checked.
        drafts = self.sudo().filtered(lambda each: each.state == "draft")
        changed = drafts._filter_outdated()
        changed._renew()
        if drafts - changed or not changed:
            super(AdvCustomerMessageRenewing, self - changed).action_send()
        return changed.with_env(self.env)._say_changed() if changed else True

    def _say_changed(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Not sent yet, because something has changed since it was "
                    "written: %(subjects)s. It was written again. Look at it, then "
                    "send it.",
                    subjects=", ".join(self.mapped("display_name")),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _hand_over(self):
        held = self._filter_outdated()._renew()
        return super(AdvCustomerMessageRenewing, self - held)._hand_over()

    def _resend(self):
        """Have papers that are not true any more followed by others, of which nobody
        gets the old words.
        """
        outdated = self.filtered(lambda each: each.state != "sent")._filter_outdated()
        result = super(AdvCustomerMessageRenewing, self - outdated)._resend()
        for paper in outdated:
            paper._replace()
        return result

    # What has changed ---------------------------------------------------------------

    def _filter_outdated(self):
        """Return the papers that would tell something else now."""
        papers = self.filtered("told_digest")._with_open_lines()
        outdated = papers.filtered(lambda each: each.told_digest != each._digest_told())
        return self & outdated

    def _renew(self):
        """Write papers anew, and return those that do not leave: that have nothing to
        tell any more, that cannot be written, or on which a person has the last word.
        """
        if not self:
            return self
        papers = self._with_open_lines()
        over = papers.filtered(lambda each: not each._has_something_to_tell())
        over._cancel()
        over._log(
            lambda paper: paper.env._("There is nothing to tell the customer any more.")
        )
        papers -= over
        edited = papers.filtered("is_edited")
        edited._note_told()
        edited._return_to_person()
        (papers - edited)._render()
        papers._renew_files()
        return self.filtered(
            lambda each: each in over | edited or each.state == "failed"
        )

    def _replace(self):
        """Keep this paper back and send a true one to the same people instead."""
        if self.state == "bounced":
            self._become("cancelled")
        elif not self._cancel():
            return  # somebody is just sending it
        self._log(lambda paper: paper.env._("Replaced by a newer message."))
        again = self._compose_again()
        again.write({"contact_ids": self.contact_ids, "sender_id": self.sender_id.id})
        if self.is_edited:
            again._ask_to_look()
        else:
            again.filtered(lambda each: each.state == "draft")._queue()

    def _compose_again(self):
        if self.kind == "open_orders":
            customers = self.partner_id
            return customers._adv_compose_open_orders(self.company_id, is_again=True)
        orders = self.order_ids.filtered(lambda order: order.state == "sale")
        return orders._adv_compose_acknowledgements()
