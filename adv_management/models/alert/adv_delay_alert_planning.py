from functools import partial

from odoo import api, fields, models

from ..commitment.clock import shift_open_days, today_of
from ..message.serving import work_through
from . import queries

TYPE_HANDLE = "adv_management.mail_activity_type_adv_delay"
TYPE_ESCALATION = "adv_management.mail_activity_type_adv_delay_escalation"


class AdvDelayAlertPlanning(models.AbstractModel):
    """Whose turn it is: the activity of an alert's owner, and of the manager when
    nobody works on it.
    """

    _name = "adv.delay.alert.planning"
    _description = "Activities of Alerts"

    # ----------------------------------------------------------------------------------
    # Activities
    # ----------------------------------------------------------------------------------

    @api.model
    def _plan(self, alert_ids):
        """Make, move or drop the activities of these alerts, each for its owner."""
        if not alert_ids:
            return
        types = self._get_activity_types()
        self.env.flush_all()
        for query in (
            queries.drop_activities(alert_ids, list(types.values())),
            queries.update_activities(alert_ids, types[TYPE_HANDLE]),
            queries.insert_activities(
                alert_ids,
                types[TYPE_HANDLE],
                self._get_model_id(),
                fields.Datetime.now(),
            ),
        ):
            self.env.cr.execute(query)
        self.env["mail.activity"].invalidate_model()

    @api.model
    def _get_activity_types(self):
        """Return the types of our activities by name; one may have been deleted."""
        get_id = self.env["ir.model.data"]._xmlid_to_res_id
        return {name: get_id(name) or 0 for name in (TYPE_HANDLE, TYPE_ESCALATION)}

    @api.model
    def _get_model_id(self):
        return self.env["ir.model"]._get_id("adv.delay.alert")

    # ----------------------------------------------------------------------------------
    # Escalation
    # ----------------------------------------------------------------------------------

    @api.model
    def _cron_escalate(self):
        """Escalate what nobody has worked on for too long, company by company."""
        companies = self.env["res.company"].search([])
        work_through(
            self.env, [partial(self._escalate, company) for company in companies]
        )

    @api.model
    def _escalate(self, company):
        """Escalate a company's alerts and give the manager an activity for each."""
        today = today_of(company)
        last_day = shift_open_days(
            company.resource_calendar_id,
            company,
            today,
            -company.adv_alert_escalation_days,
        )
        self.env.flush_all()
        closed = self.env.execute_query(queries.close_empty(company.id, today))
        found = self.env.execute_query(queries.escalate(company.id, last_day, today))
        self.env["adv.delay.alert"].invalidate_model()
        self._plan([alert for (alert,) in closed])
        manager = self._get_manager(company)
        escalation = self._get_activity_types()[TYPE_ESCALATION]
        if not (found and manager and escalation):
            return
        self.env.cr.execute(
            queries.insert_activities(
                [alert for (alert,) in found],
                escalation,
                self._get_model_id(),
                fields.Datetime.now(),
                manager.id,
            )
        )
        self.env["mail.activity"].invalidate_model()

    @api.model
    def _get_manager(self, company):
        """Return whom to tell of a company's alerts, nobody if he cannot open them."""
        manager = company.adv_alert_manager_id
        can_open = (
            manager.active
            and company in manager.company_ids
            and manager.has_group("adv_management.group_adv_user")
        )
        return manager if can_open else manager.browse()
