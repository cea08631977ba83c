from odoo import api, models

from .adv_controlled import PARKING
from .finding import STOPPING

_CONFIRMING = frozenset(("state", "date_order", "locked"))
# What controls look at on the lines of a confirmed order, and on the order itself.
_LINE_CONTENT = frozenset(
    (
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "adv_free_reason",
        # what makes it a line that is looked at
        "order_id",
        "is_downpayment",
        "is_expense",
        "is_delivery",
        "reward_id",
    )
)
_ORDER_CONTENT = frozenset(
    (
        "partner_id",
        "partner_invoice_id",
        "partner_shipping_id",
        "payment_term_id",
        "fiscal_position_id",
        "pricelist_id",
        "currency_id",
        "client_order_ref",
        "adv_date_requested",
        "incoterm",
        "carrier_id",
        "adv_service_code",
        "adv_engagement_number",
        "adv_operation_category",
    )
)
_WRITING = "adv_management.orders_being_written"


class AdvControlledOrder(models.AbstractModel):
    """The gates of an order: sending, confirming, and every change after that.

    A line that changes on a confirmed order is judged when the whole write is done, so
    that lines which are saved together are judged together.
    """

    _name = "adv.controlled.order"
    _inherit = ["adv.controlled", "adv.controlled.parking", "adv.controlled.confirming"]
    _description = "Order under Control"

    def _adv_get_checkpoints(self):
        return ("quotation", "confirmation", "release")

    def _adv_get_follower(self):
        return self.adv_user_id or self.user_id

    def _adv_get_price_date(self):
        """Return the naive UTC datetime that prices are to be taken of: that of the
        quotation, which Odoo overwrites when it is confirmed.
        """
        self.ensure_one()
        return self.adv_confirmation_ids.date_quoted or self.date_order

    # ----------------------------------------------------------------------------------
    # Buttons
    # ----------------------------------------------------------------------------------

    def _adv_stop_quotation(self):
        """Return the dialog that shows what keeps quotations from leaving, or None."""
        quotations = self.filtered(lambda order: order.state in ("draft", "sent"))
        stopping = quotations._adv_check(("quotation",))
        return self._adv_open_stop(stopping) if stopping else None

    def action_adv_confirm(self):
        """Confirm these orders, or show what stops them.

        :return: the dialog that lists the controls to settle, else what Odoo's own
            confirmation returns
        """
        self.check_access("write")
        open_orders = self.filtered(lambda order: order.state in ("draft", "sent"))
        if stopping := open_orders._adv_check(("confirmation",)):
            return self._adv_open_stop(stopping)
        return self.action_confirm()

    # ----------------------------------------------------------------------------------
    # Gates
    # ----------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        confirmed = orders.filtered(lambda order: order.state == "sale")
        if confirmed:
            confirmed._adv_gate_confirmation()
        sent = orders.filtered(lambda order: order.state == "sent")
        if sent:
            sent._adv_gate_quotation()
        return orders

    def write(self, vals):
        state = vals.get("state")
        entering = self.browse()
        if state in ("sent", "sale"):
            entering = self.filtered(lambda order: order.state != state)
        if not entering:
            return self._adv_write_content(vals)
        content = {k: value for k, value in vals.items() if k not in _CONFIRMING}
        if content:
            self._adv_write_content(content)
        if state == "sent":
            entering._adv_gate_quotation()
        else:
            entering._adv_gate_confirmation()
        return super().write({k: v for k, v in vals.items() if k in _CONFIRMING})

    def _adv_write_content(self, vals):
        """Write values, then judge what they change on confirmed orders, once."""
        is_watched = not _ORDER_CONTENT.isdisjoint(vals)
        if not (is_watched or "order_line" in vals):
            return super().write(vals)
        writing = self.env.cr.precommit.data.setdefault(_WRITING, {})
        # those that are being written already are judged where that began
        outer = self.filtered(lambda order: order.id not in writing)
        for id_ in outer.ids:
            writing[id_] = set()
        try:
            result = super().write(vals)
        finally:
            touched = {id_: writing.pop(id_, set()) for id_ in outer.ids}
        outer._adv_gate_change(touched, is_watched)
        return result

    def _adv_gate_quotation(self):
        self._adv_pass(("quotation",))
        self.env["adv.control"]._note(self, "quotation")

    def _adv_gate_confirmation(self):
        """Let orders become confirmed; those that may not are parked or refused."""
        # sudo: evidence of what was judged, and whether the order waits, are not typed.
        parked = self._adv_pass(("confirmation",))
        machine = self.with_context(adv_gate=PARKING)
        parked |= machine._adv_pass(("release",)).with_env(self.env)
        (self - parked).sudo()._adv_set_parked(False)
        parked.sudo()._adv_set_parked(True)
        for checkpoint in ("confirmation", "release"):
            self.env["adv.control"]._note(self, checkpoint)

    def _adv_gate_change(self, touched, is_header):
        """Judge what has just been changed on confirmed orders.

        What was wrong before and is none of this change stays as it was judged.

        :param touched: ``{order id: ids of the lines that changed}``
        :param is_header: values of the orders themselves changed
        :raise UserError: if a control that stops fails because of it
        """
        changed = self.filtered(
            lambda order: order.state == "sale" and (is_header or touched[order.id])
        )
        if not changed:
            return
        controls = self.env["adv.control"]
        outcomes = controls._judge_documents(changed, ("confirmation",), STOPPING)
        stopping = [
            outcome
            for outcome in outcomes
            if outcome.stops and _is_concerned(outcome.verdict, touched, is_header)
        ]
        if stopping and not self._adv_is_parking():
            controls._raise_stopped(changed, stopping)
        controls._record_later(changed, outcomes)
        controls._note(changed, "confirmation")


def _is_concerned(verdict, touched, is_header):
    """Return whether a change may have caused what a control found."""
    lines = touched[verdict.document]
    return any(
        finding.line in lines if finding.line else is_header or lines
        for finding in verdict.findings
    )


class AdvControlledLine(models.AbstractModel):
    """The lines of an order: what changes on them is judged with their order."""

    _name = "adv.controlled.line"
    _description = "Order Line under Control"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # what deliveries add has no quantity
        lines.filtered("product_uom_qty")._adv_gate_lines()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not _LINE_CONTENT.isdisjoint(vals):
            self._adv_gate_lines()
        return result

    def _adv_is_reward(self):
        """Return whether loyalty made this line."""
        return bool("is_reward_line" in self._fields and self.is_reward_line)

    def _adv_is_global_discount(self):
        """Return whether this line takes something off the whole order: Odoo's button
        made it, or somebody chose the article of that button.
        """
        product = self.company_id.sale_discount_product_id
        return bool(
            self._is_global_discount() or product and product == self.product_id
        )

    def _adv_gate_lines(self):
        """Have confirmed orders judged whose lines a person has changed."""
        typed = self.filtered(
            lambda line: (
                line.state == "sale"
                and line.product_id
                and not line.is_downpayment
                and not line.is_expense
                and not line._is_delivery()
                and not line._adv_is_reward()
            )
        )
        if not typed:
            return
        writing = self.env.cr.precommit.data.get(_WRITING, {})
        alone = {}
        for line in typed:
            noted = writing.get(
                line.order_id.id, alone.setdefault(line.order_id, set())
            )
            noted.add(line.id)
        touched = {order.id: ids for order, ids in alone.items() if ids}
        orders = self.env["sale.order"].browse(touched)
        orders._adv_gate_change(touched, False)
