from odoo import fields, models


class AdvOrderMailbox(models.Model):
    """An address to which customers send their orders: each e-mail becomes a draft
    that somebody of the desk enters.

    What programs answer to the address is no order; it is kept here, on the mailbox.
    """

    _name = "adv.order.mailbox"
    _inherit = [
        "adv.order.mailbox.routing",
        "adv.order.mailbox.senders",
        "mail.alias.mixin",
        "mail.thread",
    ]
    _description = "Order mailbox"
    _order = "company_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    alias_id = fields.Many2one(
        help="What is sent to this address becomes a draft order. Without an address "
        "nothing is received.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales team",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        help="The team of these orders. Empty: as Odoo chooses it.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Order desk",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain=lambda self: self.env["res.partner"]._adv_get_desk_domain(),
        help="Who enters the orders of customers who are in nobody's portfolio.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer to identify",
        required=True,
        check_company=True,
        index=True,
        ondelete="restrict",
        help="Stands on the draft until somebody chooses the customer, where the "
        "sender does not tell who that is. Make one for this purpose, such as “To "
        "identify”: an order for it cannot be confirmed.",
    )
    is_customer_made = fields.Boolean(
        "Unknown senders become customers",
        help="Make a contact of an address that nobody has, and put it on the draft. "
        "Otherwise the draft waits for somebody to choose the customer.",
    )

    def _alias_get_creation_values(self):
        return super()._alias_get_creation_values() | {
            "alias_model_id": self.env["ir.model"]._get_id("sale.order"),
            # A new draft each time: never the thread of an order that exists.
            "alias_force_thread_id": False,
        }

    def _prepare_order_vals(self, partner):
        """Return what a draft of this mailbox for a customer starts with."""
        self.ensure_one()
        partner = partner.with_company(self.company_id)
        salesman = partner.user_id or partner.commercial_partner_id.user_id
        vals = {
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "adv_mailbox_id": self.id,
            "adv_channel": "mail",
            # Not who happens to run the mail gateway.
            "user_id": salesman.id,
        }
        if self.team_id:
            vals["team_id"] = self.team_id.id
        if self.user_id.active and not partner._adv_get_owner():
            vals["adv_user_id"] = self.user_id.id
        return vals

    def _get_lang(self):
        """Return the language in which the desk is told something about its mail."""
        return self.user_id.lang or self.company_id.partner_id.lang or self.env.lang
