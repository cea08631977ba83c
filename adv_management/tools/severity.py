"""How urgent a delay is: one number from how late, how much and for whom."""

from typing import NamedTuple

DELAY_WEIGHT = 5  # for each working day late
MAX_DELAY = 40  # eight working days and more
NO_SUPPLY = 10  # nobody can tell when the goods will be there
MAX_AMOUNT = 25  # as much is late as the company calls a large order
RANK = {"A": 25, "B": 15, None: 10, "C": 5}  # of the customer; None: nobody said


class Level(NamedTuple):
    """A degree of urgency, and within how many working days somebody must act."""

    name: str
    floor: int
    days: int


# From the least to the most urgent.
LEVELS = (
    Level("low", 0, 3),
    Level("medium", 30, 2),
    Level("high", 50, 1),
    Level("critical", 70, 0),
)


def severity(
    delay: int, amount: float, large_amount: float, rank: str | None, has_supply: bool
) -> int:
    """Return how urgent a delay is, from 0 to 100.

    :param delay: working days late, or predicted to be
    :param amount: what is late, in the company's currency
    :param large_amount: from what amount on the company calls an order large
    :param rank: the customer's, ``A`` to ``C``
    :param has_supply: there is a prediction for everything that is late

    >>> severity(2, 400, 10000, None, True)
    21
    >>> severity(5, 5000, 10000, "A", True)
    62
    >>> severity(30, 20000, 10000, "A", False)
    100
    >>> severity(0, -1, 0, "C", True)
    5
    """
    share = amount / large_amount if large_amount > 0 else 0
    return round(
        min(max(delay, 0) * DELAY_WEIGHT, MAX_DELAY)
        + min(max(share, 0), 1) * MAX_AMOUNT
        + RANK[rank]
        + (0 if has_supply else NO_SUPPLY)
    )


def level_of(score: int) -> Level:
    """Return the level of a severity.

    >>> [level_of(score).name for score in (0, 29, 30, 50, 70, 100)]
    ['low', 'low', 'medium', 'high', 'critical', 'critical']
    """
    return max(
        (level for level in LEVELS if level.floor <= score),
        key=lambda level: level.floor,
    )


def is_rise(before: str | None, after: str) -> bool:
    """Return whether a level is more urgent than the one before.

    >>> is_rise("low", "high"), is_rise("high", "high"), is_rise("high", "low")
    (True, False, False)
    """
    names = [level.name for level in LEVELS]
    return names.index(after) > names.index(before or "low")
