"""What people decide about a promise, applied in the order in which they decided.

A decision may be applied long after it was made: it then counts as of its own day, and
repairs nothing that had happened before.

>>> def due_day(day):
...     return day
>>> tenth, later = date(2026, 3, 10), date(2026, 3, 17)
>>> before = Promise(tenth, tenth, tenth)
>>> change = Decision("date", tenth, date_new=later)

Our own decision moves nothing; what the customer accepts moves the promise, what he
asks for the headline too:

>>> decide(before, change, due_day) == before
True
>>> accepted = decide(before, change._replace(is_accepted=True), due_day)
>>> print(accepted.date_headline, accepted.date_promise, accepted.date_announced)
2026-03-10 2026-03-17 2026-03-17
>>> asked = change._replace(is_accepted=True, origin="customer")
>>> after = decide(before, asked, due_day)
>>> print(after.date_first_promise, after.date_headline, after.date_promise)
2026-03-10 2026-03-17 2026-03-17

Asked for when the day had passed, it does not repair the headline; when all had
been delivered, it moves nothing:

>>> missed = decide(before, asked._replace(day=date(2026, 3, 11)), due_day)
>>> print(missed.date_headline, missed.date_promise)
2026-03-10 2026-03-17
>>> decide(before, asked._replace(is_done=True), due_day) == before
True

A cause that is emptied is proposed again:

>>> decide(before, Decision("cause", tenth, cause_id=7), due_day)[-2:]
(7, True)
>>> decide(before, Decision("cause", tenth), due_day)[-2:]
(None, False)
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Promise(NamedTuple):
    """What decisions move of a commitment."""

    date_first_promise: date | None = None
    date_headline: date | None = None
    date_promise: date | None = None
    date_announced: date | None = None
    cause_id: int | None = None
    is_cause_manual: bool = False


class Decision(NamedTuple):
    """What somebody decided about a promise, and how things stood then."""

    kind: str  # "date", "announced" or "cause"
    day: date  # local
    origin: str = "internal"  # or "customer", who asked for it
    is_accepted: bool = False
    date_new: date | None = None
    cause_id: int | None = None
    is_done: bool = False  # nothing was left to deliver
    is_first_done: bool = False  # nor of what had been promised first


def decide(
    promise: Promise, decision: Decision, due_day: Callable[[date], date]
) -> Promise:
    """Return the promise after a decision.

    :param due_day: the open day from which a promise for that day counts
    """
    if decision.kind == "cause":
        cause_id = decision.cause_id
        return promise._replace(cause_id=cause_id, is_cause_manual=bool(cause_id))
    if decision.kind == "announced":
        return promise._replace(date_announced=decision.date_new)
    if decision.is_done:
        return promise
    return _change_date(promise, decision, due_day)


def _change_date(promise, decision, due_day):
    day = decision.date_new
    if not promise.date_promise:
        promise = promise._replace(
            date_first_promise=day, date_headline=day, date_promise=day
        )
    is_kept = (
        not decision.is_first_done and due_day(promise.date_headline) >= decision.day
    )
    if decision.origin == "customer" and is_kept:
        promise = promise._replace(date_headline=day)
    if decision.is_accepted:
        promise = promise._replace(date_promise=day, date_announced=day)
    return promise
