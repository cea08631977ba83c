from odoo import api, models

_DAY_FIELDS = frozenset(("tz", "attendance_ids"))


class ResourceCalendar(models.Model):
    """The working days by which promises are judged."""

    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if not _DAY_FIELDS.isdisjoint(vals):
            self._adv_touch_commitments()
        return result

    def _adv_touch_commitments(self):
        """Have the open promises measured again that these calendars judge."""
        if not self:
            return
        # sudo: whoever keeps calendars may not read companies; only ids are noted.
        every = self.sudo().with_context(active_test=False).env
        places = every["stock.warehouse"].search([("adv_calendar_id", "in", self.ids)])
        companies = every["res.company"].search(
            [("resource_calendar_id", "in", self.ids)]
        )
        every["adv.commitment"]._touch_open(companies | places.company_id)


class ResourceCalendarLeaves(models.Model):
    """Public holidays: days on which nothing leaves."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._adv_touch_commitments()
        return leaves

    def write(self, vals):
        self._adv_touch_commitments()
        result = super().write(vals)
        self._adv_touch_commitments()
        return result

    def unlink(self):
        self._adv_touch_commitments()
        return super().unlink()

    def _adv_touch_commitments(self):
        """Have the open promises measured again on whose days these leaves fall."""
        # What somebody is away for closes no warehouse.
        closed = self.filtered(lambda leave: not leave.resource_id)
        general = closed.filtered(lambda leave: not leave.calendar_id)
        if general.company_id:
            self.env["adv.commitment"]._touch_open(general.company_id)
        closed.calendar_id._adv_touch_commitments()
