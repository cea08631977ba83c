"""Work for many customers, of whom one that cannot be served holds up no other."""

import logging

from psycopg2.errors import LockNotAvailable
from psycopg2.extensions import TransactionRollbackError

from odoo.exceptions import ConcurrencyError
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

# Another transaction is at it: whoever works in batches leaves it to the next run.
BUSY = (TransactionRollbackError, LockNotAvailable, ConcurrencyError)


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
    if not hasattr(records, "_message_log_batch"):
        return
    text = records.env._("The message to the customer could not be made: %s", error)
    records._message_log_batch(bodies=dict.fromkeys(records.ids, text))


def split(records, size):
    """Return records in batches of so many customers each."""
    customers = records.grouped("partner_id").values()
    return [records.browse().union(*batch) for batch in split_every(size, customers)]
