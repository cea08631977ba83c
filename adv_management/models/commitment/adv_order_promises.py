from datetime import timedelta

from odoo import models


class AdvOrderPromises(models.AbstractModel):
    """The order as the promise ledger knows it: when its goods leave, what is open."""

    _name = "adv.order.promises"
    _description = "Order with Promises"

    def _adv_get_departures(self):
        """Return when promised arrivals have to leave, which Odoo plans on the promise.

        :return: ``{order id: naive UTC datetime}``, only of orders with a transit
        """
        commitments = self.env["adv.commitment"]
        departures = {}
        for order in self.filtered("commitment_date"):
            if days := commitments._get_transit_days(order):
                lead = timedelta(days=order.company_id.security_lead)
                departures[order.id] = commitments._shift_working_days(
                    order, order.commitment_date - lead, -days
                )
        return departures

    def _adv_touch_commitments(self, *, is_confirmed=False):
        """Have the promises of these orders made or measured again."""
        self.env["adv.commitment"]._touch(
            self.order_line.ids, is_order=is_confirmed, is_confirmed=is_confirmed
        )

    def action_adv_change_promise(self):
        """Return the wizard that changes the promises of these orders.

        :raise UserError: if nothing is open any more
        """
        return self.adv_commitment_ids.action_change_promise()

    def action_adv_open_commitments(self):
        """Return the action that opens the promises of these orders."""
        return self.adv_commitment_ids._get_records_action(name=self.env._("Promises"))
