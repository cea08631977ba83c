from odoo import api, fields, models
from odoo.tools import SQL

_PRECOMMIT_KEY = "adv_management.noting"


class AdvNoting(models.AbstractModel):
    """Notes what scheduled actions will do after a user's transaction: whatever rooms
    note, one statement at its end writes it all and wakes them.
    """

    _name = "adv.noting"
    _description = "Notes for Scheduled Actions"

    @api.model
    def _note_last(self, insert, cron_id):
        """Have notes inserted, and their scheduled action woken, before the commit.

        :param insert: the whole statement that inserts the notes
        :param cron_id: of the scheduled action; somebody may have deleted it
        """
        precommit = self.env.cr.precommit
        if _PRECOMMIT_KEY not in precommit.data:
            precommit.data[_PRECOMMIT_KEY] = []
            # after the hooks that wait already: their notes join this statement
            precommit.add(self._write_noted)
        precommit.data[_PRECOMMIT_KEY].append((insert, cron_id))

    @api.model
    def _write_noted(self):
        noted = self.env.cr.precommit.data.pop(_PRECOMMIT_KEY, None)
        if not noted:
            return
        parts = SQL(", ").join(
            SQL("%s AS (%s)", SQL.identifier(f"note_{number}"), insert)
            for number, (insert, _cron_id) in enumerate(noted)
        )
        # What ``ir.cron._trigger`` writes, without its three queries: every
        # confirmation and every delivery pays for them.
        self.env.cr.execute(
            SQL(
                """
                WITH %(parts)s
                INSERT INTO ir_cron_trigger (cron_id, call_at, create_uid, create_date,
                    write_uid, write_date)
                SELECT id, %(now)s, 1, %(now)s, 1, %(now)s FROM ir_cron
                 WHERE id = ANY(%(crons)s) AND active
                """,
                parts=parts,
                now=fields.Datetime.now(),
                crons=[cron_id for _insert, cron_id in noted if cron_id],
            )
        )
        self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)
