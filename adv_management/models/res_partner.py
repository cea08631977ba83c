from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """The customer belongs to somebody's portfolio, in each company its own, and says
    how he wants to be delivered.
    """

    _name = "res.partner"
    _inherit = [
        "res.partner",
        "adv.open.orders",
        "adv.open.orders.schedule",
        "adv.delivery.instructions",
        "adv.party.demands",
    ]

    adv_user_id = fields.Many2one(
        "res.users",
        "Order desk",
        company_dependent=True,
        copy=False,
        domain=lambda self: self._adv_get_desk_domain(),
        groups="base.group_user",
        help="The assistant whose portfolio holds this customer. New orders of the "
        "customer are his or hers.",
    )
    adv_rank = fields.Selection(
        [("A", "A"), ("B", "B"), ("C", "C")],
        "Customer rank",
        copy=False,
        groups="base.group_user",
        help="How much a delay of this customer matters: A first. Set on the company, "
        "not on its contacts.",
    )
    adv_minimum_order = fields.Float(
        "Minimum order",
        company_dependent=True,
        copy=False,
        groups="base.group_user",
        help="The untaxed amount, in the company's currency, under which this customer "
        "may not order. Zero: that of the control “Minimum order”. Set on the company, "
        "not on its contacts.",
    )
    adv_refuses_backorders = fields.Boolean(
        "Refuses backorders",
        copy=False,
        groups="base.group_user",
        help="What is missing from a delivery is not sent later: the order is closed "
        "with what left. Set on the company, not on its contacts.",
    )
    adv_gets_delays = fields.Boolean("Delays", copy=False)
    adv_gets_acknowledgements = fields.Boolean("Order acknowledgements", copy=False)
    adv_gets_reports = fields.Boolean("Open-order reports", copy=False)
    adv_gets_reminders = fields.Boolean("Payment reminders", copy=False)
    adv_message_ids = fields.One2many(
        "adv.customer.message",
        "partner_id",
        "Order Desk Messages",
        copy=False,
        groups="sales_team.group_sale_salesman",
    )
    adv_message_count = fields.Integer(
        "Number of messages",
        compute="_compute_adv_message_count",
        groups="sales_team.group_sale_salesman",
    )

    @api.depends_context("allowed_company_ids")
    def _compute_adv_message_count(self):
        found = self.env["adv.customer.message"]._read_group(
            [("partner_id", "in", self.commercial_partner_id.ids)],
            ["partner_id"],
            ["__count"],
        )
        counts = {customer.id: count for customer, count in found}
        for partner in self:
            partner.adv_message_count = counts.get(partner.commercial_partner_id.id, 0)

    def write(self, vals):
        self.env["adv.release.note"]._watch_partners(self, vals)
        return super().write(vals)

    def unlink(self):
        # sudo: whoever may delete a customer need not read what he was written.
        self.env["adv.customer.message"].sudo()._let_go(self)
        # sudo: nor what he was promised; what contacts of his ordered is theirs now.
        commitments = self.env["adv.commitment"].sudo()
        lines = commitments.search([("partner_id", "in", self.ids)]).sale_line_id
        commitments._touch(lines.ids)
        return super().unlink()

    @api.model
    def _adv_get_desk_domain(self):
        """Return who can own orders: the members of the order desk."""
        group = self.env.ref("adv_management.group_adv_user", raise_if_not_found=False)
        members = Domain("all_group_ids", "in", group.ids if group else [])
        return members & Domain("share", "=", False)

    def _adv_get_owner(self):
        """Return whose portfolio holds the contact, else the customer it belongs to."""
        # sudo: orders of portal and website come from users who see no portfolio.
        partner = self.sudo()
        owner = partner.adv_user_id or partner.commercial_partner_id.adv_user_id
        return owner.filtered("active").sudo(False)

    def action_adv_open_messages(self):
        """Return the messages that the customers of these contacts were sent."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "adv_management.adv_customer_message_action"
        )
        customers = self.commercial_partner_id
        return action | {"domain": [("partner_id", "in", customers.ids)]}
