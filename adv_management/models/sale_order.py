from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from .commitment.adv_commitment import OPEN_STATUSES, STATUSES, URGENCY
from .commitment.adv_commitment_noting import RECORDED
from .control.adv_controlled import PARKING
from .control.checks.queries.duplicates import REFERENCE

# Who may read the rows behind an order: whoever reads the order alone must not be
# refused it because of them.
_SALES = "sales_team.group_sale_salesman"
# What the promises of an order follow.
_PROMISE_FIELDS = frozenset(
    (
        "state",
        "team_id",
        "adv_user_id",
        "adv_date_requested",
        "partner_id",
        "warehouse_id",
    )
)


class SaleOrder(models.Model):
    """The order as its desk sees it: whose it is, how it came, what was promised."""

    _name = "sale.order"
    # What comes by e-mail is taken in before Odoo's own way of doing so.
    _inherit = [
        "adv.order.intake",
        "sale.order",
        "adv.order.desk",
        "adv.order.promises",
        "adv.order.portal",
        "adv.order.acknowledging",
        "adv.controlled.order",
        "adv.watched.mixin",
        "adv.order.errors",
        "adv.order.references",
    ]

    adv_user_id = fields.Many2one(
        "res.users",
        "Order desk",
        copy=False,
        index="btree_not_null",
        tracking=True,
        domain=lambda self: self.env["res.partner"]._adv_get_desk_domain(),
        groups="base.group_user",
        help="Who follows this order: by default the assistant whose portfolio holds "
        "the customer.",
    )
    adv_date_received = fields.Datetime(
        "Received on",
        copy=False,
        groups="base.group_user",
        help="When the customer's order reached the desk. Leave empty if unknown.",
    )
    adv_date_requested = fields.Date(
        "Requested date",
        copy=False,
        groups="base.group_user",
        help="The delivery date the customer asked for.",
    )
    adv_channel = fields.Selection(
        [
            ("manual", "Entered by hand"),
            ("mail", "E-mail"),
            ("portal", "Portal"),
            ("website", "Website"),
            ("import", "Import"),
            ("edi", "EDI"),
            ("pos", "Point of sale"),
            ("other", "Other"),
        ],
        "Channel",
        copy=False,
        groups="base.group_user",
        help="How the order came into Odoo.",
    )
    adv_confirmation_ids = fields.One2many(
        "adv.order.confirmation",
        "order_id",
        "First confirmation",
        copy=False,
        groups=_SALES,
    )
    adv_date_first_confirmed = fields.Datetime(
        "First confirmed on",
        compute="_compute_adv_first_confirmation",
        compute_sudo=True,
        search="_search_adv_date_first_confirmed",
        groups="base.group_user",
    )
    adv_line_count = fields.Integer(
        "Product lines at first confirmation",
        compute="_compute_adv_first_confirmation",
        compute_sudo=True,
        groups="base.group_user",
    )

    adv_commitment_ids = fields.One2many(
        "adv.commitment",
        "order_id",
        "Commitments",
        copy=False,
        groups=f"{_SALES},stock.group_stock_user",
    )
    adv_revision_ids = fields.One2many(
        "adv.commitment.revision",
        "order_id",
        "Changes of the promises",
        copy=False,
        groups=_SALES,
    )
    adv_commitment_status = fields.Selection(
        STATUSES,
        "Delivery promise",
        compute="_compute_adv_commitment_status",
        compute_sudo=True,
        groups="base.group_user",
        help="How the order's worst open line stands against its promise.",
    )
    # Without groups: the view makes the delivery date readonly by it, for whoever sees
    # that date.
    adv_commitment_count = fields.Integer(
        "Promised lines",
        compute="_compute_adv_commitment_status",
        compute_sudo=True,
    )
    adv_commitment_open_count = fields.Integer(
        "Promised lines to deliver",
        compute="_compute_adv_commitment_status",
        compute_sudo=True,
        groups="base.group_user",
    )

    adv_control_result_ids = fields.One2many(
        "adv.control.result", "order_id", "Controls", copy=False, groups=_SALES
    )

    adv_delivery_summary = fields.Char(
        "Delivery instructions",
        compute="_compute_adv_delivery_summary",
        compute_sudo=True,
        groups="base.group_user",
    )

    # The control of duplicates finds the customer's reference by it.
    _adv_reference_idx = models.Index(
        f"(partner_id, ({REFERENCE % 'client_order_ref'})) "
        "WHERE client_order_ref IS NOT NULL"
    )

    @api.depends("partner_shipping_id")
    @api.depends_context("lang")
    def _compute_adv_delivery_summary(self):
        for order in self:
            address = order.partner_shipping_id._adv_get_instructed()
            pieces = address._adv_word_instructions()
            summary = " · ".join(f"{label} {text}" for label, text in pieces)
            order.adv_delivery_summary = " ".join(summary.split())

    @api.depends(
        "adv_confirmation_ids.date_confirmed", "adv_confirmation_ids.line_count"
    )
    def _compute_adv_first_confirmation(self):
        for order in self:
            order.adv_date_first_confirmed = order.adv_confirmation_ids.date_confirmed
            order.adv_line_count = order.adv_confirmation_ids.line_count

    def _search_adv_date_first_confirmed(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        # sudo: finds orders by a date that the order itself shows.
        known = self.env["adv.order.confirmation"].sudo()
        found = known._search(Domain("date_confirmed", operator, value))
        confirmed = Domain("id", "in", found.subselect("order_id"))
        if operator == "in" and False in value:
            stamped = known._search(Domain.TRUE).subselect("order_id")
            return confirmed | Domain("id", "not in", stamped)
        return confirmed

    @api.depends("adv_commitment_ids.status")
    def _compute_adv_commitment_status(self):
        counts = defaultdict(dict)
        for order, status, count in self.env["adv.commitment"]._read_group(
            [("order_id", "in", self.ids)], ["order_id", "status"], ["__count"]
        ):
            counts[order.id][status] = count
        for order in self:
            found = counts[order._origin.id]
            order.adv_commitment_status = min(found, key=URGENCY.get, default=False)
            order.adv_commitment_count = sum(found.values())
            order.adv_commitment_open_count = sum(
                found.get(status, 0) for status in OPEN_STATUSES
            )

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(self._adv_prepare_create_vals(vals_list))
        confirmed = orders.filtered(lambda order: order.state == "sale")
        self.env["adv.order.confirmation"]._stamp(confirmed)
        confirmed._adv_touch_commitments(is_confirmed=True)
        return orders

    def write(self, vals):
        if "partner_shipping_id" in vals:
            self._adv_watch_release()
        quoted = {}
        if vals.get("state") == "sale":
            quoted = {order.id: order.date_order for order in self}
        result = super().write(vals)
        self._adv_follow_state(vals.get("state"), quoted)
        if "adv_date_received" in vals:
            # sudo: whoever may say when it was received changes what is measured.
            self.sudo().adv_confirmation_ids._measure_again()
        if "partner_id" in vals and "adv_user_id" not in vals:
            self._adv_fill_owner()
        if not _PROMISE_FIELDS.isdisjoint(vals):
            self._adv_touch_commitments(is_confirmed=vals.get("state") == "sale")
        if "commitment_date" in vals:
            self._adv_note_dates()
        return result

    def _adv_follow_state(self, state, quoted):
        """Note the first confirmation; a cancelled order waits for nothing.

        :param quoted: ``{order id: date of the quotation}`` of confirmed orders
        """
        if quoted:
            self.env["adv.order.confirmation"]._stamp(self, quoted)
        if state == "cancel":
            self._adv_drop_acknowledgements()
            # sudo: a cancelled order waits for nothing; the flags are not typed.
            self.sudo()._adv_drop_parking()

    def _adv_note_dates(self):
        """Note delivery dates that somebody typed, unless the history tells them."""
        confirmed = self.filtered(lambda order: order.state == "sale")
        if confirmed and self.env.context.get("adv_promise") is not RECORDED:
            self.env["adv.commitment"]._note_order_dates(confirmed, "order")

    def unlink(self):
        # sudo: what was opened about an order goes with it, and its activities.
        alerts = self.env["adv.delay.alert"].sudo()
        alerts.search([("order_id", "in", self.ids)]).unlink()
        return super().unlink()

    def action_quotation_send(self):
        return self._adv_stop_quotation() or super().action_quotation_send()

    def _validate_order(self):
        # a customer's signature is accepted, whatever controls say
        orders = self.with_context(adv_gate=PARKING)
        return super(SaleOrder, orders)._validate_order()

    def _send_order_confirmation_mail(self):
        parked = self._adv_tell_received()
        return super(SaleOrder, self - parked)._send_order_confirmation_mail()

    def _action_cancel(self):
        self._adv_watch_release()
        return super()._action_cancel()

    def _prepare_invoice(self):
        return super()._prepare_invoice() | self._adv_prepare_references()

    def _get_invoice_grouping_keys(self):
        # Chorus Pro takes one service and one engagement an invoice.
        own = ["adv_service_code", "adv_engagement_number"]
        return super()._get_invoice_grouping_keys() + own

    def _adv_watch_release(self):
        """Have the warehouse told what becomes of orders that it is preparing."""
        confirmed = self.filtered(lambda order: order.state == "sale")
        if confirmed:
            self.env["adv.release.note"]._watch_orders(confirmed)
