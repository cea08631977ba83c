from odoo import api, fields, models

from ...tools.automatic_mail import may_bring_an_order
from ...tools.received import received_on


class AdvOrderMailboxRouting(models.AbstractModel):
    """Which of the incoming e-mails become orders, and when they were sent."""

    _name = "adv.order.mailbox.routing"
    _description = "Routing of an order mailbox"

    @api.model
    def _prepare_routes(self, message, message_dict, routes):
        """Return the routes of an incoming e-mail, those of order mailboxes made ready.

        One e-mail is one order of a company, to however many of its mailboxes it was
        sent. One that is no order is kept on the mailbox. What replies to an order is
        none of these: Odoo has found its thread.

        :param message: the ``EmailMessage`` with its headers
        :param message_dict: what Odoo has read of it
        :param routes: of ``message_route``
        """
        mailboxes = self._find_by_alias(routes)
        if not mailboxes:
            return routes
        prepared, served = [], set()
        is_order = may_bring_an_order(message, _has_document(message_dict))
        date = received_on(message.get("Date"), fields.Datetime.now())
        for route in routes:
            mailbox = mailboxes.get(_get_new_order_alias(route))
            if not mailbox:
                prepared.append(route)
            elif mailbox.company_id not in served:
                served.add(mailbox.company_id)
                prepared.append(mailbox._prepare_route(route, is_order, date))
        return prepared

    @api.model
    def _find_by_alias(self, routes):
        """Return ``{alias id: mailbox}`` of the routes that make new orders."""
        aliases = {_get_new_order_alias(route) for route in routes or ()} - {None}
        if not aliases:
            return {}
        # sudo: the gateway works for whoever wrote, portal users included.
        mailboxes = self.env["adv.order.mailbox"].sudo()
        found = mailboxes.search([("alias_id", "in", list(aliases))])
        return {mailbox.alias_id.id: mailbox for mailbox in found}

    def _prepare_route(self, route, is_order, date):
        """Return the route to a new draft of this mailbox, or to the mailbox itself."""
        model, _thread_id, _defaults, user_id, alias = route
        if not is_order:
            return (self._name, self.id, None, user_id, alias)
        # What a person typed as defaults of the alias decides nothing.
        vals = {"adv_mailbox_id": self.id, "adv_date_received": date}
        return (model, False, vals, user_id, alias)


def _get_new_order_alias(route):
    """Return the id of the alias by which a route makes a new order, else None."""
    model, thread_id, _defaults, _user_id, alias = route
    return alias.id if model == "sale.order" and not thread_id and alias else None


def _has_document(message_dict):
    """Return whether something is attached, pictures within the text apart."""
    return any(
        "cid" not in (each[2] if len(each) > 2 else None or {})
        for each in message_dict.get("attachments", ())
    )
