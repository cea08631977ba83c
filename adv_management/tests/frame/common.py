"""What the tests of the frame share: who calls, and which queries were sent."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tools import SQL


@contextmanager
def queries_about(env, *words):
    """Yield a list that fills with the SQL statements that contain one of ``words``.

    Includes what is sent when the transaction commits.
    """
    seen = []
    execute = Cursor.execute

    def spy(cursor, query, params=None, log_exceptions=True):
        text = query.code if isinstance(query, SQL) else str(query)
        if any(word in text for word in words):
            seen.append(text)
        return execute(cursor, query, params, log_exceptions)

    env.cr.flush()
    with patch.object(Cursor, "execute", spy):
        yield seen
        env.cr.flush()
