"""The set-based half of the ledger: what was promised, what happened, what it means.

The statements share the same building blocks (``facts.py``):

* ``insert_promises`` writes one row per confirmed line,
* ``insert_quantity_revisions`` notes increases and cuts that have not been noted yet,
* ``judge_decisions`` reads what people decided and nobody has applied yet,
* ``update_measures`` rewrites what follows from the facts, where it changed,
* ``insert_measured`` does so for a whole history at once.

All quantities are in the product's unit, all days are local to the warehouse.
"""

from .chain import first_steps, steps_before, steps_sql
from .decisions import (
    PENDING,
    apply_promises,
    judge_decisions,
    settle_decisions,
)
from .facts import OPEN_STATES
from .promises import history_promises, insert_promises
from .revisions import insert_quantity_revisions
from .sources import LEDGER, REVISIONS, Sources, union_all
from .together import latest_mates, mates, take_mates
from .writing import insert_measured, read_statuses, update_measures

__all__ = [
    "LEDGER",
    "OPEN_STATES",
    "PENDING",
    "REVISIONS",
    "Sources",
    "apply_promises",
    "first_steps",
    "history_promises",
    "insert_measured",
    "insert_promises",
    "insert_quantity_revisions",
    "judge_decisions",
    "latest_mates",
    "mates",
    "read_statuses",
    "settle_decisions",
    "steps_before",
    "steps_sql",
    "take_mates",
    "union_all",
    "update_measures",
]
