from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .alert.adv_delay_alert import LEVELS
from .commitment.adv_commitment import STATUSES
from .handover import queries

# Fields without a column that the database can tell all the same.
_EXPRESSIONS = {
    "adv_date_promise": queries.promised_day,
    "adv_date_to_leave": queries.day_to_leave,
    "adv_promise_status": queries.worst_status,
    "adv_urgency": queries.alert_level,
}
# Those that are sorted by something else than their letters.
_RANKS = {"adv_promise_status": queries.urgency, "adv_urgency": queries.severity}


def _as_stored(name):
    """Return the search of such a field: the database gets its condition as it is."""
    return lambda _pickings, operator, value: Domain(name, operator, value)


class StockPicking(models.Model):
    """The transfer as the warehouse needs it: by when, how urgent, how to deliver."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "adv.controlled.transfer"]

    adv_date_promise = fields.Date(
        "Promised",
        compute="_compute_adv_promise",
        search=_as_stored("adv_date_promise"),
        compute_sudo=True,
        groups="base.group_user",
        help="The earliest day promised to the customer for what is still to deliver. "
        "Unlike the deadline it does not move with the supply.",
    )
    adv_date_to_leave = fields.Date(
        "To leave by",
        compute="_compute_adv_promise",
        search=_as_stored("adv_date_to_leave"),
        compute_sudo=True,
        groups="base.group_user",
        help="The last day on which the goods can leave to keep the promise: before "
        "the promised day where the arrival is promised.",
    )
    adv_promise_status = fields.Selection(
        STATUSES,
        "Delivery promise",
        compute="_compute_adv_promise",
        search=_as_stored("adv_promise_status"),
        compute_sudo=True,
        groups="base.group_user",
        help="How the worst line of this transfer stands against its promise.",
    )
    adv_urgency = fields.Selection(
        LEVELS,
        "Urgency",
        compute="_compute_adv_promise",
        search=_as_stored("adv_urgency"),
        compute_sudo=True,
        groups="base.group_user",
        help="How severe the delay of the order is for the order desk.",
    )
    adv_instructions = fields.Html(
        "Delivery instructions",
        compute="_compute_adv_instructions",
        compute_sudo=True,
        groups="base.group_user",
    )
    adv_appointment = fields.Char(
        "Appointment",
        compute="_compute_adv_instructions",
        compute_sudo=True,
        groups="base.group_user",
    )

    adv_control_result_ids = fields.One2many(
        "adv.control.result",
        "picking_id",
        "Controls",
        copy=False,
        groups="sales_team.group_sale_salesman,stock.group_stock_user",
    )

    @api.depends(
        "move_ids.sale_line_id",
        "move_ids.state",
        "sale_id.adv_commitment_ids.date_promise",
        "sale_id.adv_commitment_ids.date_to_leave",
        "sale_id.adv_commitment_ids.status",
    )
    def _compute_adv_promise(self):
        rows = self.env.execute_query(queries.promises_of(self.env, self._origin.ids))
        promises = {picking: found for picking, *found in rows}
        nothing = [False] * 4
        for picking in self:
            (
                picking.adv_date_promise,
                picking.adv_date_to_leave,
                picking.adv_promise_status,
                picking.adv_urgency,
            ) = promises.get(picking._origin.id, nothing)

    @api.depends("partner_id", "picking_type_id", "sale_id.partner_shipping_id")
    @api.depends_context("lang")
    def _compute_adv_instructions(self):
        line = Markup('<div class="text-prewrap"><strong>%s</strong> %s</div>')
        for picking in self:
            pieces = picking._adv_get_instructions()
            address = picking._adv_get_address()._adv_get_instructed()
            picking.adv_instructions = Markup().join(line % piece for piece in pieces)
            picking.adv_appointment = address.adv_needs_appointment and self.env._(
                "By appointment"
            )

    def _pre_action_done_hook(self):
        # first what Odoo asks about backorders: controls depend on the answer
        result = super()._pre_action_done_hook()
        return result if result is not True else self._adv_stop_shipment() or True

    def _action_done(self):
        self._adv_gate_shipment()
        result = super()._action_done()
        self.env["adv.entry.error"]._watch_returns(self)
        return result

    def _field_to_sql(self, alias, field_expr, query=None):
        if expression := _EXPRESSIONS.get(field_expr):
            return expression(self.env, alias)
        return super()._field_to_sql(alias, field_expr, query)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if rank := _RANKS.get(field_name):
            return SQL("%s %s %s", rank(self.env, alias), direction, nulls)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def write(self, vals):
        if "partner_id" in vals:
            self.env["adv.release.note"]._watch_addresses(self)
        if "move_type" in vals:
            self._adv_touch_together()
        return super().write(vals)

    def _adv_touch_together(self):
        """Have the promises measured again whose goods leave in these transfers."""
        # sudo: whoever moves goods may not read sales; only ids are noted.
        lines = self.sudo().move_ids.sale_line_id
        lines.env["adv.commitment"]._touch(lines.ids)

    def _adv_get_address(self):
        """Return where the goods finally go, from whichever step on their way out."""
        if self.picking_type_code == "outgoing":
            return self.partner_id or self.sale_id.partner_shipping_id
        if self.picking_type_code == "internal":
            return self.sale_id.partner_shipping_id
        return self.partner_id.browse()

    def _adv_get_instructions(self):
        """Return what the address asks for as ``[(label, text)]``, for screen and slip.

        The slip speaks the customer's language: give it in the context.
        """
        # sudo: whoever prepares or prints a transfer may know how to deliver it.
        address = self.sudo()._adv_get_address()._adv_get_instructed()
        return address._adv_word_instructions()
