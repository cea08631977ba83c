import logging
from math import ceil

from odoo import api, models

from ..message.serving import BUSY, work_through
from . import queries
from .adv_controlled import PARKING
from .finding import ALL_SEVERITIES

_logger = logging.getLogger(__name__)


class AdvControlDraining(models.AbstractModel):
    """Judges after the commit what stops nobody: users do not wait for it."""

    _name = "adv.control.draining"
    _description = "Judging after the Commit"

    @api.model
    def _cron_check(self, batch_size=500):
        """Judge what was noted, in batches, each in one commit.

        Two runs at once share the work: each takes what the other does not hold.
        """
        waiting = self.env["adv.control.todo"].search_count([])
        batches = ceil(waiting / batch_size)
        work_through(self.env, [lambda: self._drain(batch_size)] * batches)

    @api.model
    def _run_pending(self):
        """Judge everything that waits, here and now, without commit (tests, demo)."""
        self.env.cr.flush()
        while self._drain(1000):
            pass

    @api.model
    def _drain(self, batch_size):
        """Take one batch of notes and store what the controls say.

        :return: the number of notes taken
        """
        taken = self.env.execute_query(queries.take(batch_size))
        groups = {}
        for model, checkpoint, res_id, user_id in taken:
            groups.setdefault((model, checkpoint, user_id), set()).add(res_id)
        for (model, checkpoint, user_id), ids in groups.items():
            if model in self.env:
                documents = self.env[model].browse(sorted(ids)).exists()
                self._judge_apart(documents, checkpoint, user_id)
        return len(taken)

    @api.model
    def _judge_apart(self, documents, checkpoint, user_id):
        """Judge documents; where that fails, each alone, and those that fail not."""
        try:
            with self.env.cr.savepoint():
                self._judge_noted(documents, checkpoint, user_id)
        except BUSY:
            raise  # left to the next run
        except Exception:
            if len(documents) == 1:
                _logger.exception("Could not be judged: %s", documents)
                return
            for document in documents:
                self._judge_apart(document, checkpoint, user_id)

    @api.model
    def _judge_noted(self, documents, checkpoint, user_id):
        """Judge documents in the name of whoever passed the checkpoint; nobody waits
        for it, so that it is worded for whoever follows the document.
        """
        user = self.env["res.users"].browse(user_id).exists() or self.env.user
        for company, same in documents.grouped("company_id").items():
            company = company or self.env.company
            # su: the controls read whatever they need, of this company only.
            judge = self.with_user(user).sudo().with_company(company)
            judge = judge.with_context(adv_gate=PARKING)
            same = same.with_env(judge.env)
            outcomes = judge._judge_documents(same, (checkpoint,), ALL_SEVERITIES)
            judge._record(same, outcomes)
