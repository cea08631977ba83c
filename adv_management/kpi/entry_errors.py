"""The KPIs of entry errors: how many there are, how many are caught, what they cost."""

from .kpi import (
    AMOUNT,
    COUNT,
    HIGHER,
    LOWER,
    MINUTES,
    PER_HUNDRED,
    PERCENT,
    QUALITY,
    Kpi,
    Ratio,
    Sum,
    _lt,
)

ORDER = "adv.order.report"
ENTRY_ERROR = "adv.entry.error"


def _entry(
    code: str, label: str, explanation: str, formula: Ratio, *, unit: str, better: str
) -> Kpi:
    """Declare a rate over the orders entered by hand, by the day of their first
    confirmation."""
    return Kpi(
        code,
        label,
        explanation,
        family=QUALITY,
        unit=unit,
        better=better,
        fact=ORDER,
        date="date_confirmed_local",
        where=(("is_manual", True),),
        formula=formula,
        is_cohort=True,
    )


def _escaped(code: str, label: str, explanation: str, column: str, unit: str) -> Kpi:
    """Declare a total of the errors found after the confirmation, by the day on which
    the order was confirmed first."""
    return Kpi(
        code,
        label,
        explanation,
        family=QUALITY,
        unit=unit,
        better=LOWER,
        fact=ENTRY_ERROR,
        date="date_entry",
        where=(("escaped_count", 1),),
        formula=Sum(column),
        is_cohort=True,
    )


def _found(
    code: str, label: str, explanation: str, formula: Ratio, where: tuple = ()
) -> Kpi:
    """Declare a rate over the errors themselves, by the day on which they were
    found."""
    return Kpi(
        code,
        label,
        explanation,
        family=QUALITY,
        unit=PERCENT,
        better=HIGHER,
        fact=ENTRY_ERROR,
        date="date_detected",
        where=where,
        formula=formula,
        is_cohort=True,
    )


ENTRY_ERROR_KPIS = (
    _entry(
        "order_error_rate",
        _lt("Order error rate"),
        _lt(
            "Orders with an entry error found after their confirmation, out of the "
            "orders entered by hand and first confirmed in the period, those cancelled "
            "later included. Suspicions and changes of mind of the customer do not "
            "count."
        ),
        Ratio("error_order_count", "order_count"),
        unit=PERCENT,
        better=LOWER,
    ),
    _entry(
        "line_error_rate",
        _lt("Line error rate"),
        _lt(
            "Lines with an entry error found after the confirmation of their order, "
            "out of the product lines at the first confirmation of orders entered by "
            "hand. A line with several errors counts once."
        ),
        Ratio("error_line_count", "line_count"),
        unit=PERCENT,
        better=LOWER,
    ),
    _entry(
        "errors_per_hundred_orders",
        _lt("Errors per 100 orders"),
        _lt(
            "Entry errors found after the confirmation, for a hundred orders entered "
            "by hand."
        ),
        Ratio("error_count", "order_count", per=100),
        unit=PER_HUNDRED,
        better=LOWER,
    ),
    _entry(
        "right_first_time_rate",
        _lt("Right first time"),
        _lt(
            "Orders in which no entry error was found, neither before nor after their "
            "confirmation, out of the orders entered by hand."
        ),
        Ratio("right_first_time_count", "order_count"),
        unit=PERCENT,
        better=HIGHER,
    ),
    _escaped(
        "entry_errors",
        _lt("Entry errors"),
        _lt(
            "Entry errors found after the confirmation, by the day on which their "
            "order was first confirmed. By type, each has its share of them."
        ),
        "escaped_count",
        COUNT,
    ),
    _found(
        "interception_rate",
        _lt("Interception"),
        _lt(
            "Entry errors found before the confirmation of their order, out of all "
            "that were found, by the day on which they were."
        ),
        Ratio("caught_count", ("caught_count", "escaped_count")),
    ),
    _escaped(
        "entry_error_cost",
        _lt("Cost of entry errors"),
        _lt(
            "What the entry errors found after the confirmation cost, by the day on "
            "which their order was first confirmed."
        ),
        "amount_cost",
        AMOUNT,
    ),
    _escaped(
        "entry_error_minutes",
        _lt("Time spent on entry errors"),
        _lt(
            "Minutes spent on putting right the entry errors found after the "
            "confirmation, by the day on which their order was first confirmed."
        ),
        "minutes",
        MINUTES,
    ),
    _found(
        "control_precision",
        _lt("Precision of the controls"),
        _lt(
            "What controls found and somebody confirmed as an error, out of what they "
            "found and somebody confirmed or rejected."
        ),
        Ratio("confirmed_count", ("confirmed_count", "rejected_count")),
        where=(("source", "control"),),
    ),
)
