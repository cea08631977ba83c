"""The set-based half of the ledger: what was promised, what happened, what it means.

The statements share the same building blocks (``facts.py``):

* ``insert_promises`` writes one row per confirmed line,
* ``insert_quantity_revisions`` notes increases and cuts that have not been noted yet,
* ``update_measures`` rewrites what follows from the facts, where it changed,
* ``insert_measured`` does so for a whole history at once.

All quantities are in the product's unit, all days are local to the warehouse.
"""

from .chain import first_steps, steps_before, steps_sql
from .promises import history_promises, insert_promises
from .revisions import insert_quantity_revisions
from .sources import LEDGER, REVISIONS, Sources, union_all
from .writing import insert_measured, update_measures

__all__ = [
    "LEDGER",
    "REVISIONS",
    "Sources",
    "first_steps",
    "history_promises",
    "insert_measured",
    "insert_promises",
    "insert_quantity_revisions",
    "steps_before",
    "steps_sql",
    "union_all",
    "update_measures",
]
