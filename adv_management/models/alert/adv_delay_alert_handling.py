from odoo import models
from odoo.exceptions import UserError

from ..commitment.clock import today_of
from .adv_delay_alert_planning import TYPE_ESCALATION


class AdvDelayAlertHandling(models.AbstractModel):
    """What a person of the desk does about an alert, each with one click."""

    _name = "adv.delay.alert.handling"
    _description = "Handling of Alerts"

    def action_take_over(self):
        """Make these alerts mine."""
        self.user_id = self.env.user
        return True

    def action_note(self):
        """Return the wizard that notes a call, or anything else that was done."""
        return self._get_wizard("adv.delay.alert.note", self.env._("Note the call"))

    def action_dismiss(self):
        """Return the wizard that dismisses these alerts with a reason.

        :raise UserError: if none of them is to be handled any more
        """
        if all(alert.date_closed for alert in self):
            raise UserError(
                self.env._("Nothing is late any more: the alert is closed already.")
            )
        return self._get_wizard("adv.delay.alert.dismiss", self.env._("Dismiss"))

    def action_change_promise(self):
        """Return the wizard that agrees another date for what is late.

        :raise UserError: if nothing is open any more
        """
        commitments = self._get_open_lines().commitment_id
        return commitments.action_change_promise()

    def action_open_order(self):
        """Return the action that opens the orders."""
        return self.order_id._get_records_action()

    def action_deliver(self):
        """Return the action that opens the deliveries of which goods are reserved.

        :raise UserError: if nothing is there yet, saying what it waits for
        """
        moves = self.order_id.picking_ids.move_ids.filtered(
            lambda move: (
                move.state in ("assigned", "partially_available")
                and move.location_dest_id.usage == "customer"
            )
        )
        if not moves:
            raise UserError(
                "\n".join(
                    [
                        self.env._("There is nothing to deliver yet."),
                        *self._get_open_lines().mapped("explanation"),
                    ]
                )
            )
        return moves.picking_id._get_records_action(
            name=self.env._("Deliver what is there")
        )

    # ----------------------------------------------------------------------------------
    # What follows from it
    # ----------------------------------------------------------------------------------

    def _get_wizard(self, model, name):
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_alert_ids": self.ids},
        }

    def _get_open_lines(self):
        return self.line_ids.filtered("is_open")

    def _dismiss(self, reason):
        """Put away what is not worth a person's time, until it gets worse."""
        self.check_access("write")
        living = self.filtered(lambda alert: not alert.date_closed)
        # sudo: the right has been checked; what is written is not for typing.
        alerts = living.sudo()
        alerts._get_open_lines()._settle()
        alerts.write({"state": "dismissed", "dismiss_reason": reason})
        alerts._act()
        body = self.env._("Dismissed: %s", reason)
        living._message_log_batch(bodies=dict.fromkeys(living.ids, body))

    def _follow_told(self):
        """Become *informed* where the customer knows of all that is late."""
        for alert in self:
            lines = alert._get_open_lines()
            alert.is_told_in_time = all(lines.mapped("told_in_time_count"))
            if all(lines.mapped("is_settled")):
                alert.state = "informed"
        self._act()

    def _act(self):
        """Note that a person did something: nothing to escalate for now."""
        # sudo: whoever works on an alert has been checked; activities of others, such
        # as the manager's, are settled with it.
        alerts = self.sudo()
        for company, same in alerts.grouped("company_id").items():
            same.write({"date_waiting": today_of(company), "date_escalated": False})
        alerts.activity_unlink([TYPE_ESCALATION])
        alerts._plan(alerts.ids)

    def _message_post_after_hook(self, message, msg_vals):
        """Whoever writes a note or marks an activity as done works on the alert."""
        result = super()._message_post_after_hook(message, msg_vals)
        if not self.env.su and not self.env.user.share:
            self._act()
        return result
