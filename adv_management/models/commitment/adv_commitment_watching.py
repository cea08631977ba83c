from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

PATIENCE = timedelta(minutes=30)  # after which what waits is told
_CRON = "adv_management.ir_cron_adv_refresh_commitments"


class Arrears(NamedTuple):
    """What waits to be measured although it should not."""

    is_off: bool  # the scheduled action does not run at all
    count: int
    since: datetime | None  # naive UTC: its last run, or the oldest change that waits


class AdvCommitmentWatching(models.AbstractModel):
    """Warns whoever works with the figures when nothing keeps them true any more.

    Reads only. The texts tell a time and a number of changes, of all companies.
    """

    _name = "adv.commitment.watching"
    _description = "Watch over the Commitment Engine"

    @api.model
    def _get_arrears(self) -> Arrears | None:
        """Return what waits too long, or that nothing measures; None if all is well."""
        self.env["ir.cron"].flush_model(["active"])
        [(active, last_call, count, oldest)] = self.env.execute_query(
            SQL(
                """
                SELECT cron.active, cron.lastcall, todo.count, todo.oldest
                  FROM (SELECT COUNT(*) AS count, MIN(date_seen) AS oldest
                          FROM adv_commitment_todo) todo
             LEFT JOIN ir_cron cron ON cron.id = %s
                """,
                self.env["ir.model.data"]._xmlid_to_res_id(_CRON) or 0,
            )
        )
        if active and not (oldest and oldest < fields.Datetime.now() - PATIENCE):
            return None
        return Arrears(not active, count, oldest if active else last_call)

    @api.model
    def _explain_arrears(self):
        """Return the warning in the user's words; empty if all is well."""
        arrears = self._get_arrears()
        if not arrears:
            return ""
        moment = arrears.since and format_datetime(
            self.env, arrears.since, dt_format="short"
        )
        if arrears.is_off:
            sentences = [
                self.env._(
                    "The scheduled action that measures promises is switched off."
                ),
                moment
                and self.env._("Nothing was measured since %(moment)s.", moment=moment),
            ]
        else:
            sentences = [
                self.env._(
                    "What changed since %(moment)s is not measured yet.", moment=moment
                )
            ]
        if arrears.count:
            sentences.append(
                self.env._("Changes that wait: %(count)s.", count=arrears.count)
            )
        return " ".join(filter(None, sentences))

    @api.model
    def _open_with_warning(self, xmlid):
        """Return a window action, with a warning before it when figures are behind."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        warning = self._explain_arrears()
        if not warning:
            return action
        params = {
            "type": "warning",
            "sticky": True,
            "title": self.env._("These figures may be out of date"),
            "message": warning,
            "next": action,
        }
        cron = self.env.ref(_CRON, raise_if_not_found=False)
        if cron and self.env.user.has_group("base.group_system"):
            params["message"] += " %s"
            params["links"] = [
                {
                    "label": self.env._("Open the scheduled action"),
                    "url": f"/odoo/action-base.ir_cron_act/{cron.id}",
                }
            ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": params,
        }
