from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools.mail import email_normalize, email_re


class Sender(NamedTuple):
    """The customer on whose behalf an e-mail was written; the doubt about it is told
    to whoever enters the order.
    """

    partner: models.BaseModel
    doubt: str = ""


class AdvOrderMailboxSenders(models.AbstractModel):
    """Whose order an e-mail is: found by address, never guessed.

    Where the address does not tell, the draft is that of the mailbox's *customer to
    identify*, and says why.
    """

    _name = "adv.order.mailbox.senders"
    _description = "Senders of an order mailbox"

    def _identify(self, message_dict):
        """Return the :class:`Sender` of an e-mail, as read by Odoo."""
        self.ensure_one()
        written = message_dict.get("email_from") or ""
        address = email_normalize(written)
        if not address:
            return Sender(
                self.partner_id,
                self.env._("“%(sender)s” is no e-mail address.", sender=written),
            )
        found = self._find_contacts([address])
        if ours := found.filtered(self._is_ours):
            return self._identify_forwarded(message_dict, ours[0])
        if not found:
            return self._take_unknown(message_dict)
        if partner := self._choose(found):
            return Sender(partner)
        return Sender(self.partner_id, self._word_doubt(address, found))

    def _identify_forwarded(self, message_dict, colleague):
        """Return whose order a colleague passed on: the text names one customer."""
        addresses = email_re.findall(message_dict.get("body") or "")
        found = self._find_contacts(
            list({email_normalize(each) for each in addresses} - {False})
        )
        partner = self._choose(found.filtered(lambda each: not self._is_ours(each)))
        doubt = self.env._(
            "%(name)s passed this on; its text does not tell which customer wrote it.",
            name=colleague.name,
        )
        return Sender(partner) if partner else Sender(self.partner_id, doubt)

    def _take_unknown(self, message_dict):
        """Return the sender made of an address that nobody has, if that is wanted."""
        written = message_dict["email_from"]
        made = self.env["res.partner"]
        if self.is_customer_made:
            made = self._partner_find_from_emails_single(
                [written], filter_found=self._is_within
            )[:1]
        if not made:
            unknown = self.env._("Nobody has the address %(sender)s.", sender=written)
            return Sender(self.partner_id, unknown)
        message_dict["author_id"] = message_dict.get("author_id") or made.id
        text = self.env._(
            "%(name)s is a new contact, made of the address %(sender)s.",
            name=made.name,
            sender=written,
        )
        return Sender(made, text)

    def _find_contacts(self, addresses):
        """Return the contacts of this company with these addresses, archived too."""
        partners = self.env["res.partner"].with_context(active_test=False)
        found = partners.search(
            Domain("email_normalized", "in", addresses)
            & Domain("company_id", "in", (False, self.company_id.id))
        )
        return found.with_context(active_test=True) - self.partner_id

    def _is_within(self, partner):
        return partner.company_id.id in (False, self.company_id.id)

    def _is_ours(self, partner):
        """Return whether somebody works for the company to which he wrote."""
        return partner.commercial_partner_id == self.company_id.partner_id or any(
            user._is_internal() and self.company_id in user.company_ids
            for user in partner.user_ids
        )

    def _choose(self, found):
        """Return the one customer to whom contacts belong, by the contact to name on
        the order; empty if there are several, or if he is archived.

        Of several, the one who has been invoiced is meant.
        """
        customers = found.commercial_partner_id.filtered("active")
        if len(customers) > 1:
            customers = customers.filtered("customer_rank")
        if len(customers) != 1:
            return customers.browse()
        contacts = found.filtered(
            lambda each: each.active and each.commercial_partner_id == customers
        )
        if customers in contacts:
            return customers
        return contacts.filtered(lambda each: each.type == "contact")[:1] or customers

    def _word_doubt(self, address, found):
        customers = found.commercial_partner_id
        names = ", ".join(sorted(customers.mapped("display_name"), key=str.casefold))
        if customers.filtered("active"):
            return self.env._(
                "%(address)s is the address of several customers: %(names)s.",
                address=address,
                names=names,
            )
        return self.env._(
            "%(address)s is the address of an archived customer: %(names)s.",
            address=address,
            names=names,
        )
