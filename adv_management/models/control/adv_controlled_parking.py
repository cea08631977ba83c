from odoo import api, fields, models
from odoo.exceptions import UserError

_NEUTRAL_MAIL = "adv_management.mail_template_adv_order_received"
# Written by the gates and by the release, never by hand.
_NOT_TYPED = ("adv_is_parked", "adv_is_mail_due")


class AdvControlledParking(models.AbstractModel):
    """Orders that were accepted and wait: confirmed for the customer, kept from the
    warehouse until their controls are settled.
    """

    _name = "adv.controlled.parking"
    _description = "Parked Order"

    adv_is_parked = fields.Boolean(
        "Parked", readonly=True, copy=False, groups="base.group_user"
    )
    adv_is_mail_due = fields.Boolean(
        "Confirmation to send",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The customer has been told that his order was received; its confirmation "
        "leaves when it is released.",
    )

    @api.model
    def _has_field_access(self, field, operation):
        # readonly on a field binds screens only, not programs
        if operation == "write" and field.name in _NOT_TYPED and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def _adv_set_parked(self, is_parked):
        """Park these orders, or let them go; the promise ledger knows at once."""
        changed = self.filtered(lambda order: bool(order.adv_is_parked) != is_parked)
        if not changed:
            return
        changed.adv_is_parked = is_parked
        changed.adv_commitment_ids.is_hold = is_parked
        changed._adv_touch_commitments()

    def _adv_drop_parking(self):
        """Have these orders wait for nothing any more, nor their customers."""
        self._adv_set_parked(False)
        self.filtered("adv_is_mail_due").adv_is_mail_due = False

    def _adv_tell_received(self):
        """Tell customers of parked orders that their order was received, no more.

        :return: the parked orders
        """
        # sudo: the customer's own flow finds out which orders wait.
        parked = self.filtered(lambda order: order.sudo().adv_is_parked)
        if parked:
            template = self.env.ref(_NEUTRAL_MAIL, raise_if_not_found=False)
            for order in parked:
                order._send_order_notification_mail(template)
            # sudo: the customer's own flow notes what he will be told later.
            parked.sudo().adv_is_mail_due = True
        return parked

    # ----------------------------------------------------------------------------------
    # Release
    # ----------------------------------------------------------------------------------

    def action_adv_release(self):
        """Release these orders to the warehouse, or show what still stops them.

        :raise UserError: if none of them is parked
        """
        self.check_access("write")
        parked = self.union().filtered("adv_is_parked")
        if not parked:
            raise UserError(self.env._("These orders are not parked."))
        if stopping := parked._adv_check(("confirmation", "release")):
            return self._adv_open_stop(stopping)
        parked._adv_release()
        return False

    def _adv_release(self):
        """Do what the confirmation left out: procurement, and the customer's mail."""
        # sudo: whoever may change the order may release it once it is in order; the
        # flag is not typed.
        self.sudo()._adv_set_parked(False)
        locked = self.filtered("locked")
        locked.action_unlock()
        self._adv_launch()
        locked.action_lock()
        due = self.filtered("adv_is_mail_due")
        due.sudo().adv_is_mail_due = False
        due._send_order_confirmation_mail()

    def _adv_launch(self):
        """Launch what Odoo launches when an order is confirmed."""
        lines = self.order_line.with_context(adv_released=True)
        lines._action_launch_stock_rule()

    @api.model
    def _adv_release_all(self):
        """Release all parked orders, whatever controls say: nobody will do it any more.

        No customer is written to; an order whose goods Odoo cannot plan stays without
        delivery, and says why.
        """
        parked = self.search([("adv_is_parked", "=", True), ("state", "=", "sale")])
        parked.adv_is_mail_due = False
        for order in parked:
            try:
                with self.env.cr.savepoint():
                    order.with_company(order.company_id)._adv_release()
                    note = self.env._(
                        "Released: the addon that had parked this order is uninstalled."
                    )
            except UserError as error:
                note = self.env._("Could not be released: %s", error)
            order.message_post(body=note)
