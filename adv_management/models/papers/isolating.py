"""Work on many records of which one that fails must hold up no other."""

import logging

from psycopg2 import OperationalError

from odoo.exceptions import ConcurrencyError

_logger = logging.getLogger(__name__)


def each_for_itself(records, work):
    """Do ``work(records)``; if that fails, once more for each record alone.

    A record that fails alone says so in its chatter and is skipped. What the database wants tried again
    (a serialization failure, a key somebody else has just used) is raised.
    """
    if not records:
        return
    try:
        with records.env.cr.savepoint():
            work(records)
    except (OperationalError, ConcurrencyError):
        raise
    except Exception as error:
        if len(records) > 1:
            for record in records:
                each_for_itself(record, work)
            return
        _logger.info("Skipped: %s", records, exc_info=True)
        text = records.env._("The message to the customer could not be made: %s", error)
        records._message_log(body=text)
