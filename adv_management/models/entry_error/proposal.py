"""What a source says when it suspects an entry error."""

from datetime import datetime
from typing import Any, NamedTuple


class Proposal(NamedTuple):
    """A suspected entry error, before anybody looked who made it and when.

    ``line_id`` is the line's number, which may have been removed since; ``evidence``
    names the finding that proposes once; ``at`` is the moment (naive UTC) at which it
    was found; values are spelt as ``adv_field_log.as_text`` does.
    """

    order_id: int
    code: str
    source: str
    evidence: str
    at: datetime
    line_id: int | None = None
    line_label: str | None = None
    product_id: int | None = None
    field_name: str | None = None
    value_wrong: str | None = None
    value_right: str | None = None
    amount: float = 0.0
    state: str = "suspected"
    log_mark: int | None = None
    # Anything else of ``adv.entry.error``: control, credit note, return, note.
    extra: dict[str, Any] = {}
