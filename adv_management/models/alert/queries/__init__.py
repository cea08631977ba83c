"""What the engine asks and writes for alerts: sets of orders, one statement each.

*Bad* is a promise that is late or will be. ``clock`` and ``book`` are the relations of
``commitment/clock.py``.
"""

from .activities import drop_activities, insert_activities, update_activities
from .lines import follow_causes, write_lines
from .situations import concerned, situations, span
from .writing import (
    ALERT,
    KEYS,
    close_empty,
    escalate,
    insert_alerts,
    note_again,
    update_alerts,
)

__all__ = [
    "ALERT",
    "KEYS",
    "close_empty",
    "concerned",
    "drop_activities",
    "escalate",
    "follow_causes",
    "insert_activities",
    "insert_alerts",
    "note_again",
    "situations",
    "span",
    "update_activities",
    "update_alerts",
    "write_lines",
]
