from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import format_date, formatLang

from ..message.adv_customer_message_sending import NOT_LEFT
from .formatting import format_quantity

_REPORT = "sale.action_report_saleorder"


class AdvOrderAcknowledging(models.AbstractModel):
    """The acknowledgement of an order: what the customer reads of it, and who sends it.

    One message a confirmation; a person may ask for another, which says that it
    replaces the one before.
    """

    _name = "adv.order.acknowledging"
    _description = "Acknowledgement of an Order"

    adv_is_acknowledgeable = fields.Boolean(
        "Can be acknowledged",
        compute="_compute_adv_acknowledgement",
        compute_sudo=True,
        groups="base.group_user",
    )
    adv_date_acknowledged = fields.Datetime(
        "Acknowledged on",
        compute="_compute_adv_acknowledgement",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("state", "company_id", "adv_confirmation_ids.date_acknowledged")
    def _compute_adv_acknowledgement(self):
        for order in self:
            mode = order.company_id.adv_ack_mode or "off"
            order.adv_is_acknowledgeable = order.state == "sale" and mode != "off"
            order.adv_date_acknowledged = order.adv_confirmation_ids.date_acknowledged

    def action_adv_acknowledge(self):
        """Return the acknowledgements of these orders, written but not sent.

        :raise UserError: if none of them is confirmed
        """
        self.env["adv.customer.message"].check_access("write")
        self.check_access("read")
        confirmed = self.filtered(lambda order: order.state == "sale")
        if not confirmed:
            raise UserError(
                self.env._("Confirm the order first: only then it can be acknowledged.")
            )
        messages = confirmed._adv_compose_acknowledgements()
        return messages._get_records_action(name=self.env._("Order acknowledgement"))

    def _adv_acknowledge_now(self):
        """Send the acknowledgements of these orders, nobody looks at them before."""
        messages = self._adv_compose_acknowledgements()
        messages.filtered(lambda each: each.state == "draft")._queue()

    def _adv_compose_acknowledgements(self):
        """Return a message for each order: the one that has not left, or a new one."""
        messages = self.env["adv.customer.message"]
        known = Domain("kind", "=", "acknowledgement")
        keys = messages._get_next_keys(
            {order: f"acknowledgement:{order.id}" for order in self},
            known & Domain("order_ids", "in", self.ids),
        )
        composed = messages._compose(
            [
                order._adv_prepare_acknowledgement_vals(key)
                for order, key in keys.items()
            ]
        )
        for order, message in zip(self, composed, strict=True):
            # sudo: the confirmation is the system's record of its message.
            order.sudo().adv_confirmation_ids.ack_message_id = message
        composed._attach_orders()
        return composed

    def _adv_prepare_acknowledgement_vals(self, key):
        return {
            "kind": "acknowledgement",
            "key": key,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "user_id": (self.adv_user_id or self.user_id).id,
            "order_ids": [Command.set(self.ids)],
        }

    def _adv_drop_acknowledgements(self):
        """Send nothing any more: these orders were cancelled."""
        # sudo: whoever may cancel the order may stop its message.
        orders = self.sudo()
        orders.adv_confirmation_ids.is_ack_awaited = False
        waiting = Domain("kind", "=", "acknowledgement") & Domain(
            "state", "in", NOT_LEFT
        )
        about = Domain("order_ids", "in", orders.ids)
        orders.env["adv.customer.message"].search(waiting & about)._cancel()

    # ----------------------------------------------------------------------------------
    # What the customer reads
    # ----------------------------------------------------------------------------------

    def _adv_get_acknowledged(self):
        """Return all that an acknowledgement of this order tells."""
        return [
            self.name,
            self.client_order_ref,
            self._adv_get_delivery_address(),
            self.incoterm.code,
            self.incoterm_location,
            self.payment_term_id.name,
            self._adv_get_acknowledged_lines(),
            (self.amount_untaxed, self.amount_tax, self.currency_id.name),
        ]

    def _adv_get_acknowledged_lines(self):
        """Return what the template shows of each line, in the language of ``env``.

        Sections have a name and nothing else.
        """
        return [
            {"name": line.name, "is_section": True}
            if line.display_type
            else self._adv_prepare_acknowledged(line, promise)
            for line, promise in self._adv_get_told_lines()
        ]

    def _adv_get_told_lines(self):
        """Return ``[(line, its promise or None)]`` of what is told, sections too."""
        promises = {each.sale_line_id: each for each in self.adv_commitment_ids}
        return [
            (line, promises.get(line))
            for line in self.order_line
            if line.display_type != "line_note" and not line.is_downpayment
        ]

    def _adv_prepare_acknowledged(self, line, promise):
        """Return the name, the figures and the promised day of a product's line."""
        bases = self._adv_get_basis_words()
        day = promise and promise.date_promise
        quantity = format_quantity(self.env, line.product_uom_qty)
        return {
            "name": line.name,
            "is_promised": bool(promise),
            "is_section": False,
            "quantity": f"{quantity} {line.product_uom_id.name}",
            "price": formatLang(
                self.env, line.price_reduce_taxexcl, dp="Product Price"
            ),
            "amount": formatLang(
                self.env, line.price_subtotal, currency_obj=line.currency_id
            ),
            "date": format_date(self.env, day) if day else "",
            "basis": bases[promise.basis or "departure"] if day else "",
        }

    def _adv_get_basis_words(self):
        """Return the customer's words for what a promised day is the day of."""
        return {"arrival": self.env._("arrival"), "departure": self.env._("departure")}

    def _adv_get_delivery_address(self):
        """Return the lines of the address the goods go to, its name first."""
        address = self.partner_shipping_id
        lines = [address.display_name, *address._display_address(True).splitlines()]
        return [line for line in lines if line.strip()]

    def _adv_print_order(self):
        """Return ``(name, content)`` of the order as Odoo prints it.

        :raise UserError: if this server cannot print
        """
        reports = self.env["ir.actions.report"]
        if reports.get_wkhtmltopdf_state() not in ("ok", "workers"):
            raise UserError(self.env._("This server cannot make PDF files."))
        content, _kind = reports._render_qweb_pdf(_REPORT, self.ids)
        # A name that was imported may have line breaks: no e-mail takes such a file.
        return f"{' '.join(self.name.split())}.pdf", content
