"""The set-based half of the ledger: what was promised, what happened, what it means.

Three statements share the same building blocks (``facts.py``):

* ``insert_promises`` writes one row per confirmed line,
* ``insert_quantity_revisions`` notes increases and cuts that have not been noted yet,
* ``update_measures`` rewrites what follows from the facts, where it changed.

All quantities are in the product's unit, all days are local to the warehouse.
"""

from .measures import update_measures
from .promises import history_promises, insert_promises
from .revisions import insert_quantity_revisions

__all__ = [
    "history_promises",
    "insert_promises",
    "insert_quantity_revisions",
    "update_measures",
]
