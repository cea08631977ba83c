from odoo import fields, models


class AdvCustomerMessageEditing(models.AbstractModel):
    """What becomes of words that a person has changed: nobody else changes them again,
    and where they are not true any more, a person looks at them.
    """

    _name = "adv.customer.message.editing"
    _description = "Editing of Customer Messages"

    is_edited = fields.Boolean(readonly=True, help="A person changed the words.")
    is_outdated = fields.Boolean(
        readonly=True, help="What the words are about has changed since."
    )

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and not vals.keys().isdisjoint(("subject", "body")):
            # sudo: the right to change the words has just been checked.
            self.sudo().is_edited = True
        return result

    def action_write_again(self):
        """Write drafts that a person had changed anew, as things stand now."""
        drafts = self._take("draft")
        drafts.write({"is_edited": False, "is_outdated": False})
        drafts._render()
        return True

    def _return_to_person(self):
        """Have a person look again at words of his that are not true any more; who
        approved them did not approve what is true now.
        """
        self.write({"is_outdated": True, "state": "draft", "sender_id": False})
        self._ask_to_look()

    def _ask_to_look(self):
        """Have their owners look at these messages."""
        for message in self:
            message = message._in_words()
            message.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=message._get_responsible().id,
                summary=message.env._("Look at this message again before it leaves"),
            )

    def _log(self, word):
        """Note something on each of these messages.

        :param word: function of a message, in the words of whoever looks after it
        """
        if self:
            self._message_log_batch(
                bodies={each.id: word(each._in_words()) for each in self}
            )
