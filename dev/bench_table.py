"""The table of budgets: a line for each figure, the sizes beside each other.

A budget is kept in plain seconds or missed. What Odoo itself takes for a click in the
same run is said beside it, for who compares with another machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a click may cost more with us than without: share of the time, queries. Each
# control that may stop it may ask once; what that takes has no budget of its own.
MORE_TIME, MORE_QUERIES, MORE_A_CONTROL = 0.10, 5, 1
_NAME, _BUDGET = 46, 10
_WIDTHS = (10, 10, 8, 6)
_HEADS = ("promises", "seconds", "queries", "MB")
_MISSED = "!"
# What Odoo's own confirmation took, without us, where the budgets were set.
_YARDSTICK = ("confirm an order", 0.110)


def table(columns: dict[int, dict]) -> Iterable[str]:
    """The lines of the table.

    :param columns: what the bench found, by number of orders
    """
    width = sum(_WIDTHS)
    titles = "".join(f"{f'{orders:,} orders':>{width}}" for orders in columns)
    yield ""
    yield " " * _NAME + titles
    yield " " * _NAME + _cells(_HEADS) * len(columns) + f"{'budget':>{_BUDGET}}"
    found = list(columns.values())
    for figures in zip(*(column["figures"] for column in found), strict=True):
        yield _figure(figures)
    for clicks in zip(*(column["clicks"] for column in found), strict=True):
        yield from _click(clicks)
    if is_missed(columns):
        yield f"{_MISSED} over budget"
    for orders, column in columns.items():
        yield (
            f"At {orders:,} orders Odoo's own confirmation takes"
            f" {_slowness(column):.1f} times as long as where the budgets were set."
        )


def is_missed(columns: dict[int, dict]) -> bool:
    """Whether a budget is missed at one of the sizes."""
    return any(
        any(map(_is_slow, column["figures"]))
        or any(mark for click in column["clicks"] for _value, mark in _more(click))
        for column in columns.values()
    )


def _is_slow(figure: dict) -> bool:
    return bool(figure["budget"]) and figure["cost"][0] > figure["budget"]


def _slowness(column: dict) -> float:
    """How many times as long as where the budgets were set Odoo itself takes here."""
    name, seconds = _YARDSTICK
    [plain] = [click["plain"] for click in column["clicks"] if click["name"] == name]
    return plain[0] / seconds


def _figure(figures: tuple[dict, ...]) -> str:
    cells = (
        _cost(figure["cost"], figure["promises"], _MISSED * _is_slow(figure))
        for figure in figures
    )
    budget = figures[0]["budget"]
    return _line(figures[0]["name"], cells, f"{budget:g} s" if budget else "")


def _click(clicks: tuple[dict, ...]) -> Iterable[str]:
    """Without us, with us, and how much more that is."""
    name = clicks[0]["name"]
    yield _line(f"{name}, without us", (_cost(click["plain"]) for click in clicks))
    yield _line(f"{name}, with us", (_cost(click["own"]) for click in clicks))
    more = (
        _cells(("", *(value + mark for value, mark in _more(click)), ""))
        for click in clicks
    )
    time = "" if clicks[0]["controls"] else f"{MORE_TIME:+.0%}, "
    yield _line("  more", more, f"{time}{more_queries(clicks[0]):+d}")


def more_queries(click: dict) -> int:
    """How many queries a click may ask more than without us."""
    return MORE_QUERIES + MORE_A_CONTROL * click["controls"]


def _more(click: dict) -> list[tuple[str, str]]:
    """How much more time and how many more queries a click takes, and whether that is
    too much.
    """
    time, queries = click["more_time"], click["own"][1] - click["plain"][1]
    is_slow = not click["controls"] and time > MORE_TIME
    return [
        (f"{time:+.1%}", _MISSED * is_slow),
        (f"{queries:+.0f}", _MISSED * (queries > more_queries(click))),
    ]


def _cost(cost: list[float], promises: float | None = None, mark: str = "") -> str:
    seconds, queries, megabytes = cost
    return _cells(
        (
            "" if promises is None else f"{promises:,.0f}",
            f"{seconds:,.{1 if seconds >= 10 else 3}f}{mark}",
            f"{queries:,.0f}",
            f"{megabytes:.0f}",
        )
    )


def _cells(texts: Iterable[str]) -> str:
    return "".join(
        f"{text:>{width}}" for text, width in zip(texts, _WIDTHS, strict=True)
    )


def _line(name: str, cells: Iterable[str], budget: str = "") -> str:
    return f"{name:<{_NAME}}{''.join(cells)}{budget:>{_BUDGET}}".rstrip()
