"""Whether a scheduled action is at work, whichever addon's.

Odoo's own mark is a key of the context, which any program outside may send along.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_is_at_work = ContextVar("adv_management.scheduled", default=False)


@contextmanager
def at_work():
    """Have what is done inside count as done by a scheduled action."""
    token = _is_at_work.set(True)
    try:
        yield
    finally:
        _is_at_work.reset(token)


def is_at_work() -> bool:
    """Return whether a scheduled action is at work in this thread."""
    return _is_at_work.get()
