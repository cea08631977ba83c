from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .calling import call

KINDS = [
    ("shortage", "Shortage"),
    ("address", "Wrong address"),
    ("refused", "Refused by the customer"),
    ("carrier", "Carrier incident"),
]
# What each says about a delay. A wrong address counts as ours until the desk knows
# better: no figure gets nicer because somebody on the floor pressed a button.
_CAUSES = {
    "shortage": "shortage",
    "address": "administrative",
    "refused": "customer_request",
    "carrier": "carrier",
}


class AdvFloorIncident(models.Model):
    """What went wrong with a delivery, as the warehouse told the order desk.

    Told by ``adv.floor.incident.declare``; its owner at the desk closes it.
    """

    _name = "adv.floor.incident"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Floor Incident"
    _order = "state desc, id desc"

    name = fields.Char("Transfer Reference", readonly=True)
    kind = fields.Selection(KINDS, "What Happened", required=True, readonly=True)
    state = fields.Selection(
        [("open", "To handle"), ("closed", "Done")],
        required=True,
        readonly=True,
        default="open",
        tracking=True,
    )
    picking_id = fields.Many2one(
        "stock.picking",
        "Transfer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    owner_id = fields.Many2one(
        "res.users",
        "Order Desk",
        readonly=True,
        ondelete="set null",
        help="Who has to act on it.",
    )
    user_id = fields.Many2one(
        "res.users", "Reported by", readonly=True, ondelete="set null"
    )
    date_reported = fields.Datetime("Reported on", readonly=True)
    date_closed = fields.Datetime("Closed on", readonly=True)
    note = fields.Text(readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Photos", readonly=True, bypass_search_access=True
    )
    line_ids = fields.One2many(
        "adv.floor.incident.line", "incident_id", "Goods", readonly=True
    )
    goods = fields.Char("Goods concerned", compute="_compute_goods")

    _open_idx = models.Index("(company_id) WHERE state = 'open'")

    @api.depends("name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for incident in self:
            incident.display_name = f"{incident.name} - {kinds.get(incident.kind)}"

    @api.depends("line_ids.qty", "line_ids.product_id")
    @api.depends_context("lang")
    def _compute_goods(self):
        for incident in self:
            incident.goods = ", ".join(
                line._word() for line in incident.line_ids if line.qty
            )

    def write(self, vals):
        """Keep what the warehouse reported as it is; the buttons close and reopen.

        :raise AccessError: if the user may not work on incidents
        :raise UserError: if something is typed by hand
        """
        self.check_access("write")
        if not self.env.su and any(
            not name.startswith(("message_", "activity_")) for name in vals
        ):
            raise UserError(
                self.env._(
                    "What the warehouse reported cannot be changed. Use the buttons of "
                    "the incident, or write a note."
                )
            )
        return super().write(vals)

    def action_close(self):
        """Close these incidents and what is planned for them.

        :raise AccessError: if the user may not work on incidents
        """
        self.check_access("write")
        opened = self.filtered(lambda incident: incident.state == "open")
        # sudo: the right to write has just been checked.
        opened.sudo().write({"state": "closed", "date_closed": fields.Datetime.now()})
        opened.activity_feedback(["mail.mail_activity_data_warning"])
        return True

    def action_reopen(self):
        """Open these incidents again, for whoever closed one by mistake."""
        self.check_access("write")
        # sudo: the right to write has just been checked.
        self.sudo().write({"state": "open", "date_closed": False})
        return True

    def action_open_order(self):
        """Return the action that opens the orders concerned."""
        return self.order_id._get_records_action()

    def action_open_picking(self):
        """Return the action that opens the transfers concerned."""
        return self.picking_id._get_records_action()

    # ----------------------------------------------------------------------------------
    # What follows from an incident
    # ----------------------------------------------------------------------------------

    def _announce(self):
        """Set the cause of the delay, tell order and transfer, call the owner."""
        for kind, incidents in self.grouped("kind").items():
            incidents._set_cause(_CAUSES[kind])
        words = {incident: incident._word() for incident in self}
        for name in ("picking_id", "order_id"):
            told = self.filtered(name)
            told[name]._message_log_batch(
                bodies={incident[name].id: words[incident] for incident in told}
            )
        owners = {incident: incident.owner_id for incident in self}
        call(self, owners, words, self.env._("Incident on the floor"))

    def _set_cause(self, code):
        """Choose the cause of what these goods' open promises miss."""
        cause = self.env.ref(
            f"adv_management.adv_delay_cause_{code}", raise_if_not_found=False
        )
        promises = self.line_ids.commitment_id.filtered("qty_open")
        if cause and promises:
            promises.write({"cause_id": cause.id})

    def _get_owner(self):
        """Return who has to act: whoever handles the order's alerts, else its
        salesperson.
        """
        order = self.order_id
        desk = order.adv_user_id or self.company_id.adv_alert_user_id
        return (desk or order.user_id).filtered("active")

    def _word(self):
        """Return the incident as a note."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        pieces = [self.goods, self.note]
        return Markup("<strong>%s</strong> (%s)%s") % (
            kinds[self.kind],
            self.name,
            Markup().join(Markup("<br/>%s") % piece for piece in pieces if piece),
        )


class AdvFloorIncidentLine(models.Model):
    """The goods that an incident is about."""

    _name = "adv.floor.incident.line"
    _description = "Goods of a Floor Incident"

    incident_id = fields.Many2one(
        "adv.floor.incident",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    commitment_id = fields.Many2one(
        "adv.commitment", readonly=True, index="btree_not_null", ondelete="set null"
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict"
    )
    qty = fields.Float("Quantity", digits="Product Unit", readonly=True)
    product_uom_id = fields.Many2one(
        "uom.uom", "Unit", readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="incident_id.company_id")

    def _word(self):
        """Return the goods and their quantity, as people write them."""
        number = self.env["adv.commitment"]._quantity(self.qty, self.product_uom_id)
        return self.env._(
            "%(product)s: %(quantity)s",
            product=self.product_id.display_name,
            quantity=number,
        )
