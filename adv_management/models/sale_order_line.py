from odoo import api, fields, models

from .commitment.adv_commitment import STATUSES

_PROMISE_FIELDS = frozenset(
    (
        "product_uom_qty",
        "product_uom_id",
        "product_id",
        "price_unit",
        "discount",
        "tax_ids",
    )
)


class SaleOrderLine(models.Model):
    """The order line as promised and as typed: promise and log follow it."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "adv.controlled.line", "adv.watched.mixin"]

    adv_date_promise = fields.Date(
        "Promised",
        compute="_compute_adv_promise",
        compute_sudo=True,
        groups="base.group_user",
    )
    adv_date_predicted = fields.Date(
        "Predicted",
        compute="_compute_adv_promise",
        compute_sudo=True,
        groups="base.group_user",
        help="When the goods should leave as things stand. Empty: nothing is planned.",
    )
    adv_commitment_status = fields.Selection(
        STATUSES,
        "Delivery promise",
        compute="_compute_adv_promise",
        compute_sudo=True,
        groups="base.group_user",
    )
    adv_free_reason = fields.Selection(
        [
            ("free_goods", "Free goods"),
            ("sample", "Sample"),
            ("warranty", "Warranty"),
            ("replacement", "Replacement"),
        ],
        "Free of charge because",
        copy=False,
        groups="base.group_user",
        help="Why the customer gets this line for nothing.",
    )

    @api.depends(
        "order_id.adv_commitment_ids.date_promise", "order_id.adv_commitment_ids.status"
    )
    def _compute_adv_promise(self):
        commitments = self.env["adv.commitment"].search_fetch(
            [("sale_line_id", "in", self.ids)],
            ["sale_line_id", "date_promise", "date_predicted", "status"],
        )
        by_line = {commitment.sale_line_id.id: commitment for commitment in commitments}
        for line in self:
            commitment = by_line.get(line._origin.id, commitments.browse())
            line.adv_date_promise = commitment.date_promise
            line.adv_date_predicted = commitment.date_predicted
            line.adv_commitment_status = commitment.status

    @api.model_create_multi
    def create(self, vals_list):
        note = self.env["adv.release.note"]
        ids = {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        orders = self.env["sale.order"].browse(ids)
        orders._adv_watch_release()
        lines = super().create(vals_list)
        note._watch_quantities(lines, is_new=True)
        lines._adv_touch_commitments()
        lines._adv_log_added()
        return lines

    def write(self, vals):
        if "product_uom_qty" in vals:
            self.env["adv.release.note"]._watch_quantities(self)
        result = super().write(vals)
        if not _PROMISE_FIELDS.isdisjoint(vals):
            self._adv_touch_commitments()
        return result

    def _action_launch_stock_rule(self, **kwargs):
        # sudo: a customer's own flow launches it as well.
        released = self.filtered(lambda line: not line.sudo().order_id.adv_is_parked)
        departures = released.order_id._adv_get_departures()
        lines = released
        if departures:
            lines = released.with_context(adv_departures=departures)
        return super(SaleOrderLine, lines)._action_launch_stock_rule(**kwargs)

    def _prepare_procurement_values(self):
        values = super()._prepare_procurement_values()
        departures = self.env.context.get("adv_departures", {})
        if departure := departures.get(self.order_id.id):
            values["date_planned"] = departure
        return values

    def _adv_touch_commitments(self):
        """Have the promises of confirmed lines made or measured again."""
        lines = self.filtered(lambda line: line.state == "sale")
        self.env["adv.commitment"]._touch(lines.ids, is_order=True)
