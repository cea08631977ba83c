from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..models.handover.adv_floor_incident import KINDS


class AdvFloorIncidentDeclare(models.TransientModel):
    """Lets the warehouse tell the order desk, in one click, what went wrong."""

    _name = "adv.floor.incident.declare"
    _description = "Report an Incident"

    picking_id = fields.Many2one("stock.picking", "Transfer", required=True)
    kind = fields.Selection(KINDS, "What Happened", required=True)
    note = fields.Text()
    attachment_ids = fields.Many2many("ir.attachment", string="Photos")
    line_ids = fields.One2many(
        "adv.floor.incident.declare.line",
        "wizard_id",
        "Goods",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("picking_id", "kind")
    def _compute_line_ids(self):
        for wizard in self:
            moves = wizard.picking_id.move_ids.filtered(
                lambda move: move.state != "cancel"
            )
            wizard.line_ids = [Command.clear()] + [
                Command.create({"move_id": move.id, "qty": wizard._get_quantity(move)})
                for move in moves
            ]

    def _get_quantity(self, move):
        """Return what is usually concerned: what is missing, else what was to leave."""
        if self.kind == "shortage":
            return max(move.product_uom_qty - move.quantity, 0)
        return move.quantity if move.state == "done" else move.product_uom_qty

    def action_declare(self):
        """Store the incidents and call whoever has to act.

        :raise UserError: if the transfer goes to no customer or was cancelled
        :raise ValidationError: if the quantities cannot be right
        """
        pickings = self.picking_id
        pickings.check_access("read")
        self._check_picking()
        self._check_quantities()
        # sudo: the warehouse may read incidents, not write them, nor causes and
        # orders; it has just been checked that the user sees these transfers, and all
        # values but his own words come from them.
        incidents = (
            self.env["adv.floor.incident"]
            .sudo()
            .create([wizard._prepare_incident_vals() for wizard in self.sudo()])
        )
        for incident in incidents:
            incident.owner_id = incident._get_owner()
        self._hand_over_photos(incidents)
        incidents._announce()
        return {"type": "ir.actions.act_window_close"}

    def _check_picking(self):
        for picking in self.picking_id:
            if picking.picking_type_code not in ("outgoing", "internal"):
                raise UserError(
                    self.env._(
                        "%(transfer)s does not deliver to a customer. Report the "
                        "incident on a delivery.",
                        transfer=picking.name,
                    )
                )
            if picking.state in ("draft", "cancel"):
                raise UserError(
                    self.env._(
                        "%(transfer)s is not being delivered: it is a draft or was "
                        "cancelled.",
                        transfer=picking.name,
                    )
                )

    def _check_quantities(self):
        for line in self.line_ids:
            most = max(line.move_id.product_uom_qty, line.move_id.quantity)
            if not 0 <= line.qty <= most:
                raise ValidationError(
                    self.env._(
                        "%(product)s: enter a quantity from 0 to %(most)s.",
                        product=line.product_id.display_name,
                        most=most,
                    )
                )
        for wizard in self:
            if wizard.kind == "shortage" and not any(wizard.line_ids.mapped("qty")):
                raise ValidationError(
                    self.env._("Enter how much is missing of at least one product.")
                )

    def _prepare_incident_vals(self):
        picking, order = self.picking_id, self.picking_id.sale_id
        partner = order.partner_id or picking.partner_id
        return {
            "name": picking.name,
            "kind": self.kind,
            "picking_id": picking.id,
            "order_id": order.id,
            "partner_id": partner.commercial_partner_id.id,
            "company_id": picking.company_id.id,
            "user_id": self.env.uid,
            "date_reported": fields.Datetime.now(),
            "note": self.note,
            "line_ids": [
                Command.create(line._prepare_vals())
                for line in self.line_ids
                if line.qty and line.move_id.picking_id == picking
            ],
        }

    def _hand_over_photos(self, incidents):
        """Have the photos belong to the incident, whose readers see them."""
        for wizard, incident in zip(self, incidents, strict=True):
            photos = wizard.attachment_ids.filtered(
                lambda each: each.create_uid == self.env.user and not each.res_id
            )
            photos.sudo().write({"res_model": incident._name, "res_id": incident.id})
            incident.attachment_ids = photos


class AdvFloorIncidentDeclareLine(models.TransientModel):
    """How much of one product the incident is about."""

    _name = "adv.floor.incident.declare.line"
    _description = "Goods of a Reported Incident"

    wizard_id = fields.Many2one(
        "adv.floor.incident.declare", required=True, index=True, ondelete="cascade"
    )
    move_id = fields.Many2one("stock.move", required=True, ondelete="cascade")
    product_id = fields.Many2one(related="move_id.product_id")
    qty_demand = fields.Float(related="move_id.product_uom_qty", string="Demand")
    qty = fields.Float("Quantity Concerned", digits="Product Unit")
    product_uom_id = fields.Many2one(related="move_id.product_uom", string="Unit")

    def _prepare_vals(self):
        promises = self.move_id.sale_line_id.order_id.adv_commitment_ids
        return {
            "commitment_id": promises.filtered(
                lambda promise: promise.sale_line_id == self.move_id.sale_line_id
            ).id,
            "product_id": self.product_id.id,
            "qty": self.qty,
            "product_uom_id": self.product_uom_id.id,
        }
