from odoo import models

from ..tools.automatic_mail import is_automatic


class MailThread(models.AbstractModel):
    """What comes in by e-mail: written by a person, or by a program."""

    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        # The threads are given what was read, no longer its headers.
        if is_automatic(message):
            self = self.with_context(adv_is_automatic=True)
        mailboxes = self.env["adv.order.mailbox"]
        routes = mailboxes._prepare_routes(message, message_dict, routes)
        return super()._message_route_process(message, message_dict, routes)
