from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import split_every

from ..field_log.adv_field_log import as_text
from ..message.serving import hold, serve, work_through
from . import queries

_BATCH = 200
_TRY_AGAIN = timedelta(days=1)


class AdvEntryErrorCron(models.AbstractModel):
    """The scheduled action: looks through what was noted, in batches, each in one
    commit.

    Of two runs at once each takes what the other does not hold; a document that cannot
    be looked through waits for a day and holds up no other.
    """

    _name = "adv.entry.error.cron"
    _description = "Scheduled Search for Entry Errors"

    @api.model
    def _cron_propose(self, batch_size=_BATCH):
        """Look for entry errors in what was corrected, credited and returned."""
        work_through(self.env, self._list_tasks(batch_size))

    @api.model
    def _run_pending(self):
        """Look through everything here and now, without commit (tests, demo)."""
        self.env.cr.flush()
        for task in self._list_tasks(10000):
            task()

    @api.model
    def _list_tasks(self, batch_size):
        todos = self.env["adv.entry.error.todo"]
        now = fields.Datetime.now()
        due = todos.search(
            ["|", ("date_due", "=", False), ("date_due", "<=", now)], order="id"
        )
        self.env.flush_all()
        waiting = [row[0] for row in self.env.execute_query(queries.to_settle())]
        settle = [
            lambda ids=ids: self._settle(self.browse(ids))
            for ids in split_every(batch_size, waiting)
        ]
        return settle + [
            lambda batch=batch: self._work_off(batch)
            for batch in split_every(batch_size, due.ids, todos.browse)
        ]

    @api.model
    def _work_off(self, todos):
        serve(hold(todos), self._look_through)
        # What is left failed alone; what others hold is not ours.
        left = hold(todos).filtered(lambda each: not each.date_due)
        left.date_due = fields.Datetime.now() + _TRY_AGAIN

    @api.model
    def _look_through(self, todos):
        self._propose_corrections(todos.order_id)
        # Returns first: a credit of what came back is explained by them.
        self._propose_returns(todos.picking_id)
        self._propose_credits(todos.move_id)
        todos.unlink()

    # ----------------------------------------------------------------------------------
    # Errors found before the order was confirmed
    # ----------------------------------------------------------------------------------

    @api.model
    def _settle(self, errors):
        serve(hold(errors), self._follow_orders, by="order_id")

    @api.model
    def _follow_orders(self, errors):
        confirmed = errors.filtered("order_id.adv_date_first_confirmed")
        confirmed._follow_confirmation()
        for error in errors - confirmed:
            error._follow_result(error.result_id)

    def _follow_confirmation(self):
        """Give errors the entry day of their order; suspicions of before that either
        were caught, or have escaped.
        """
        confirmations = self.env["adv.order.confirmation"].search_fetch(
            [("order_id", "in", self.order_id.ids)], ["date_confirmed_local"]
        )
        days = {each.order_id: each.date_confirmed_local for each in confirmations}
        values = self._get_confirmed_values()
        for error in self:
            error.date_entry = days[error.order_id]
            if (error.state, error.moment) == ("suspected", "before_confirmation"):
                error._judge_suspicion(values.get(error))

    def _judge_suspicion(self, value):
        """Say what became of a suspicion, by the value that was confirmed.

        Where the control itself passed without any change of the value, or was waived,
        nothing was wrong.
        """
        control_state = self.result_id.state
        is_changed = (
            value != (self.value_wrong or None)
            if self.field_name
            else control_state == "passed"
        )
        if is_changed:
            self.write(self._prepare_caught(value))
        elif control_state in ("passed", "waived"):
            self.unlink()
        else:
            self.moment = "before_delivery"

    def _get_confirmed_values(self):
        """Return ``{error: text}``: what its field said when the order was confirmed.

        The value before the first later change, else the present one.
        """
        rows = self.env.execute_query_dict(queries.corrections(self.order_id.ids))
        first = {}
        for row in rows:
            first.setdefault((row["order_id"], row["line"], row["field"]), row["old"])
        values = {}
        for error in self.filtered("field_name"):
            line = error.line_key or error.line_id.id or 0
            key = (error.order_id.id, line, error.field_name)
            values[error] = first[key] if key in first else error._get_present_value()
        return values

    def _get_present_value(self):
        """Return what the field says now; None as well when its line was removed."""
        on_line = self.field_name in self.line_id._fields and (
            self.line_key or self.line_id
        )
        record = self.line_id if on_line else self.order_id
        if self.field_name not in record._fields or not record:
            return None
        return as_text(record[self.field_name])
