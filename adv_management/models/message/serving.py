"""Work for many companies and customers, of whom one that cannot be served holds up no
other, and users who work at the same time neither.
"""

import logging

from psycopg2.errors import LockNotAvailable
from psycopg2.extensions import TransactionRollbackError

from odoo.exceptions import ConcurrencyError
from odoo.tools import html2plaintext, split_every

_logger = logging.getLogger(__name__)

# Another transaction is at it: whoever works in batches leaves it to the next run.
BUSY = (TransactionRollbackError, LockNotAvailable, ConcurrencyError)


def work_through(env, tasks):
    """Do the tasks of a scheduled action, each in a commit of its own, as long as there
    is time.

    A task that another transaction is at is left to the next run, which Odoo starts
    soon; one that fails says so in the server's log. The others are done.

    :param tasks: functions without argument; they lock what they are going to change
    """
    cron = env["ir.cron"]
    has_time = cron._commit_progress(remaining=len(tasks))
    for task in tasks:
        if not has_time:
            return
        has_time = cron._commit_progress(int(_is_done(env, task)))


def _is_done(env, task):
    """Do a task; return whether nothing of it is left to the next run."""
    try:
        with env.cr.savepoint():
            task()
    except BUSY:
        env.cr.rollback()
        _logger.info("Changed by a user, left to the next run: %s", task)
        return False
    except Exception:
        _logger.exception("Skipped: %s", task)
    return True


def list_tasks(env, find):
    """Return what there is to do, company by company.

    :param find: function of a company, returns its tasks
    """
    tasks = []
    for company in env["res.company"].search([]):
        _is_done(env, lambda company=company: tasks.extend(find(company)))
    return tasks


def hold(records, by="id"):
    """Lock records and return those that nobody else holds.

    :param by: records that share this field's value are held together or not at all
    """
    held = records.try_lock_for_update(allow_referencing=True)
    left = (records - held).exists().mapped(lambda each: each[by])
    return held.filtered(lambda each: each[by] not in left)


def serve(records, work, by="id"):
    """Do ``work(records)``; if that fails, once more for each of them alone.

    What fails alone is skipped, and says so in its chatter where it has one.

    :param by: records that share this field's value stay together
    :raise BUSY: if another transaction is at it
    """
    if not records:
        return
    try:
        with records.env.cr.savepoint():
            work(records)
    except BUSY:
        raise
    except Exception as error:
        groups = records.grouped(by).values()
        if len(groups) == 1:
            _logger.info("Skipped: %s", records, exc_info=True)
            _say_why(records, error)
            return
        for group in groups:
            serve(group, work, by)


def _say_why(records, error):
    """Say it once: the next run, an hour later, meets the same."""
    if not hasattr(records, "_message_log_batch"):
        return
    text = records.env._("The message to the customer could not be made: %s", error)
    words = text.split()
    new = records.filtered(
        lambda each: html2plaintext(each.message_ids[:1].body or "").split() != words
    )
    new._message_log_batch(bodies=dict.fromkeys(new.ids, text))


def split(records, size):
    """Return records in batches of so many customers each."""
    customers = records.grouped("partner_id").values()
    return [records.browse().union(*batch) for batch in split_every(size, customers)]
