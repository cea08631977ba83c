"""Work for many customers: so many in one commit, and nobody is left out because
another one cannot be served.
"""

import logging

from psycopg2.errors import SerializationFailure

from odoo.exceptions import ConcurrencyError
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

# Somebody else is at it: left to the next run.
BUSY = (SerializationFailure, ConcurrencyError)


def split(records, size):
    """Return records in batches of so many customers each."""
    customers = records.grouped("partner_id").values()
    return [records.browse().union(*batch) for batch in split_every(size, customers)]


def serve(records, method):
    """Call a method of records; when it fails, for each customer alone.

    :raise BUSY: when another transaction is at it
    """
    try:
        with records.env.cr.savepoint():
            getattr(records, method)()
    except BUSY:
        raise
    except Exception:
        if len(records.partner_id) > 1:
            for same in records.grouped("partner_id").values():
                serve(same, method)
            return
        _logger.exception("%s failed for %s %s", method, records._name, records.ids)
