"""What a KPI is: declarations and the arithmetic of figures, without a database.

A KPI names a *fact* (a model of additive rows), the *date column* that places a row in
a period, the rows that count and the *formula* over their columns. Everything else, the
query, the list behind the number, the measure in a pivot, follows from that.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import NamedTuple

# Families of the trade, in the order in which they are shown.
PRODUCTIVITY, QUALITY, PERFORMANCE, CASH = FAMILIES = (
    "productivity",
    "quality",
    "performance",
    "cash",
)
# A percentage is a share between 0 and 1: showing it as "50 %" is the screen's
# business. Amounts are in the currency of the reader's company.
PERCENT, PER_HUNDRED, COUNT, AMOUNT, MINUTES = UNITS = (
    "percent",
    "per_hundred",
    "count",
    "amount",
    "minutes",
)
HIGHER, LOWER = DIRECTIONS = ("higher", "lower")

ROWS = "__count"
PROVISIONAL_DAYS = 60


class UnknownKpiError(KeyError):
    """A code that the catalogue does not declare."""


def _lt(text: str) -> str:
    """Mark a text for the translators; it is translated when shown, by ``env._``.

    >>> _lt("On time")
    'On time'
    """
    return text


class Parts(NamedTuple):
    """A value with what it was made of (a sum has no denominator)."""

    value: float | None
    numerator: float
    denominator: float | None = None


@dataclass(frozen=True)
class Ratio:
    """Sum over sum: never an average of rates, and no data when there is nothing to
    divide by.

    The denominator may be made of several columns; ``per`` 100 counts what there is of
    the numerator in a hundred of the denominator.

    >>> otif = Ratio("otif_count", "due_count")
    >>> otif.compute({"otif_count": 1, "due_count": 4})
    Parts(value=0.25, numerator=1, denominator=4)
    >>> otif.compute({"otif_count": 0, "due_count": 0}).value is None
    True
    >>> interception = Ratio("caught", ("caught", "escaped"))
    >>> interception.compute({"caught": 1, "escaped": 4})
    Parts(value=0.2, numerator=1, denominator=5)
    >>> Ratio("errors", "orders", per=100).compute({"errors": 4, "orders": 10}).value
    40.0
    """

    numerator: str
    denominator: str | tuple[str, ...]
    per: int = 1

    @property
    def denominators(self) -> tuple[str, ...]:
        one = isinstance(self.denominator, str)
        return (self.denominator,) if one else self.denominator

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.numerator, *self.denominators)))

    def compute(self, sums: Mapping[str, float | None]) -> Parts:
        numerator = sums.get(self.numerator) or 0
        denominator = sum(sums.get(column) or 0 for column in self.denominators)
        return Parts(
            self.per * numerator / denominator if denominator else None,
            numerator,
            denominator,
        )


@dataclass(frozen=True)
class Sum:
    """The total of one column (``ROWS`` counts the rows themselves); of no rows it is
    zero.

    >>> Sum(ROWS).compute({"__count": 3})
    Parts(value=3, numerator=3, denominator=None)
    >>> Sum(ROWS).compute({}).value
    0
    """

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def compute(self, sums: Mapping[str, float | None]) -> Parts:
        total = sums.get(self.column) or 0
        return Parts(total, total)


class Cut(NamedTuple):
    """The rows a KPI is about; KPIs with the same cut are read by one query."""

    fact: str
    date: str | None
    where: tuple[tuple[str, object], ...]
    is_cohort: bool


@dataclass(frozen=True)
class Figure:
    """What a KPI is worth for some rows: ``value`` None means no data, not zero."""

    value: float | None
    numerator: float
    denominator: float | None
    is_provisional: bool


@dataclass(frozen=True)
class Kpi:
    """The declaration of one KPI, found by its code.

    ``where`` are the rows that count, as column and value; ``date`` None is a gauge: it
    tells how things stand now, whatever the period. A *cohort* follows the rows of a
    day
    until they have come true (promises): its period ends today, since what comes true
    early would flatter the days to come, and it is provisional for 60 days.

    >>> otd = Kpi("otd", "On time", "Lines on time out of the lines due",
    ...     family=QUALITY, unit=PERCENT, better=HIGHER, fact="adv.commitment",
    ...     formula=Ratio("on_time_count", "due_count"),
    ...     date="date_promise", where=(("due_count", 1),), is_cohort=True)
    >>> today = datetime.date(2026, 4, 1)
    >>> sums = {"on_time_count": 1, "due_count": 2}
    >>> otd.figure(sums, datetime.date(2026, 3, 31), today)
    Figure(value=0.5, numerator=1, denominator=2, is_provisional=True)
    >>> otd.figure({}, datetime.date(2026, 1, 31), today)
    Figure(value=None, numerator=0, denominator=0, is_provisional=False)
    """

    code: str
    label: str
    help: str
    _: KW_ONLY
    family: str
    unit: str
    better: str
    fact: str
    formula: Ratio | Sum
    date: str | None = None
    where: tuple[tuple[str, object], ...] = ()
    is_cohort: bool = False

    def __post_init__(self) -> None:
        for value, allowed in (
            (self.family, FAMILIES),
            (self.unit, UNITS),
            (self.better, DIRECTIONS),
        ):
            if value not in allowed:
                raise ValueError(
                    f"KPI {self.code}: {value!r} is not one of {', '.join(allowed)}"
                )
        if self.is_cohort and not self.date:
            raise ValueError(
                f"KPI {self.code}: a cohort needs the date that places a row"
            )

    @property
    def cut(self) -> Cut:
        return Cut(self.fact, self.date, self.where, self.is_cohort)

    def figure(
        self,
        sums: Mapping[str, float | None],
        date_to: datetime.date,
        today: datetime.date,
    ) -> Figure:
        """Return the figure made of the sums of the columns over a period that ends on
        ``date_to``."""
        parts = self.formula.compute(sums)
        settled = today - datetime.timedelta(days=PROVISIONAL_DAYS)
        return Figure(*parts, is_provisional=self.is_cohort and date_to > settled)


def by_cut(kpis: Iterable[Kpi]) -> dict[Cut, list[Kpi]]:
    """Return the KPIs by cut: one query each, however many KPIs are asked for."""
    cuts: dict[Cut, list[Kpi]] = {}
    for kpi in kpis:
        cuts.setdefault(kpi.cut, []).append(kpi)
    return cuts


class Catalogue(Mapping):
    """The declared KPIs by code, in the order of declaration.

    >>> "otd" in Catalogue([])
    False
    """

    def __init__(self, kpis: Iterable[Kpi]) -> None:
        self._kpis: dict[str, Kpi] = {}
        for kpi in kpis:
            if kpi.code in self._kpis:
                raise ValueError(f"KPI {kpi.code} is declared twice")
            self._kpis[kpi.code] = kpi

    def __getitem__(self, code: str) -> Kpi:
        try:
            return self._kpis[code]
        except (KeyError, TypeError):
            raise UnknownKpiError(code) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._kpis)

    def __len__(self) -> int:
        return len(self._kpis)

    def rates(self, fact: str) -> dict[str, Kpi]:
        """Return the ratios of a fact by code: its measures in a pivot."""
        return {
            kpi.code: kpi
            for kpi in self.values()
            if kpi.fact == fact and isinstance(kpi.formula, Ratio)
        }
