"""The KPIs of the order desk: the only place where a KPI is declared."""

from . import intake
from .entry_errors import ENTRY_ERROR, ENTRY_ERROR_KPIS, ORDER
from .kpi import (
    COUNT,
    HIGHER,
    LOWER,
    PERCENT,
    QUALITY,
    ROWS,
    Catalogue,
    Kpi,
    Ratio,
    Sum,
    _lt,
)

COMMITMENT = "adv.commitment"
ALERT = "adv.delay.alert"
ALERT_LINE = "adv.delay.alert.line"
PROMISE = "adv.promise.report"
CONFIRMATION = "adv.order.confirmation"

# What figures can be broken down by, besides the month: name -> column of the fact.
DIMENSIONS = {
    COMMITMENT: {
        "user": "adv_user_id",
        "customer": "partner_id",
        "product": "product_id",
    },
    ALERT: {"user": "user_id", "customer": "partner_id"},
    ALERT_LINE: {"customer": "partner_id", "product": "product_id"},
    PROMISE: {
        "user": "adv_user_id",
        "customer": "partner_id",
        "product": "product_id",
    },
    CONFIRMATION: {
        "user": "order_id.adv_user_id",
        "customer": "order_id.partner_id.commercial_partner_id",
    },
    # Errors by person are nobody's business until the company has opened them.
    ORDER: {"customer": "partner_id", "team": "team_id"},
    ENTRY_ERROR: {
        "type": "type_id",
        "customer": "partner_id",
        "product": "product_id",
        "team": "team_id",
        "control": "control_id",
    },
    **intake.DIMENSIONS,
}
MONTH = "month"


def _promise(code: str, label: str, explanation: str, formula: Ratio) -> Kpi:
    """Declare a rate over the lines due, against the promise in force."""
    return _delivery(
        code, label, explanation, formula, date="date_promise", due="due_count"
    )


def _first_promise(code: str, label: str, explanation: str, formula: Ratio) -> Kpi:
    """Declare a rate over the lines due, against the first promise, moved by the
    customer only."""
    return _delivery(
        code, label, explanation, formula, date="date_headline", due="first_due_count"
    )


def _delivery(
    code: str, label: str, explanation: str, formula: Ratio, *, date: str, due: str
) -> Kpi:
    return Kpi(
        code,
        label,
        explanation,
        family=QUALITY,
        unit=PERCENT,
        better=HIGHER,
        fact=COMMITMENT,
        date=date,
        where=((due, 1),),
        formula=formula,
        is_cohort=True,
    )


KPIS = Catalogue(
    (
        _first_promise(
            "otd_first_rate",
            _lt("On-time rate (first promise)"),
            _lt(
                "Lines of which all that was to be delivered left by the first "
                "promise (arrived, where the arrival was promised), out of the lines "
                "due. "
                "The first promise moves only when the customer asked for it."
            ),
            Ratio("first_on_time_count", "first_due_count"),
        ),
        _promise(
            "otd_rate",
            _lt("On-time rate (current promise)"),
            _lt(
                "Lines of which all that was to be delivered left by the promise "
                "the customer accepted last (arrived, where the arrival was promised), "
                "out of the lines due."
            ),
            Ratio("on_time_count", "due_count"),
        ),
        _promise(
            "in_full_rate",
            _lt("In-full rate"),
            _lt(
                "Lines of which everything promised was delivered, whenever that "
                "was, out of the lines due."
            ),
            Ratio("in_full_count", "due_count"),
        ),
        _first_promise(
            "otif_first_rate",
            _lt("OTIF rate (first promise)"),
            _lt(
                "Lines delivered on time and in full against the first promise, "
                "out of the lines due."
            ),
            Ratio("first_otif_count", "first_due_count"),
        ),
        _promise(
            "otif_rate",
            _lt("OTIF rate (current promise)"),
            _lt(
                "Lines delivered on time and in full against the promise the "
                "customer accepted last, "
                "out of the lines due."
            ),
            Ratio("otif_count", "due_count"),
        ),
        _promise(
            "fill_rate",
            _lt("Fill rate"),
            _lt(
                "Quantity that left by the current promise (arrived, where the arrival "
                "was promised), out of the quantity ordered on the lines due."
            ),
            Ratio("qty_on_time", "qty_ordered"),
        ),
        Kpi(
            "late_lines",
            _lt("Late lines"),
            _lt(
                "Lines whose promise has passed and that are still to be "
                "delivered, as things stand now."
            ),
            family=QUALITY,
            unit=COUNT,
            better=LOWER,
            fact=COMMITMENT,
            where=(("status", "late"),),
            formula=Sum(ROWS),
        ),
        Kpi(
            "open_alerts",
            _lt("Open delay alerts"),
            _lt(
                "Orders with late lines, or lines that will be late, about which "
                "somebody still has to do something, as things stand now."
            ),
            family=QUALITY,
            unit=COUNT,
            better=LOWER,
            fact=ALERT,
            where=(("state", "open"),),
            formula=Sum(ROWS),
        ),
        Kpi(
            "told_in_time_rate",
            _lt("Customers told in time"),
            _lt(
                "Late lines of which the customer was told at least one working day "
                "before the promise, out of the lines whose promise was missed or of "
                "which he was told."
            ),
            family=QUALITY,
            unit=PERCENT,
            better=HIGHER,
            fact=ALERT_LINE,
            date="date_promise",
            where=(("due_count", 1),),
            formula=Ratio("told_in_time_count", "due_count"),
            is_cohort=True,
        ),
        Kpi(
            "promise_realism",
            _lt("Promise realism"),
            _lt(
                "Days promised out of days taken, from the confirmation, of the lines "
                "delivered: under 100 % we take longer than we promise."
            ),
            family=QUALITY,
            unit=PERCENT,
            better=HIGHER,
            fact=PROMISE,
            date="date_delivered",
            formula=Ratio("lead_promised_days", "lead_real_days"),
        ),
        Kpi(
            "acknowledged_in_time_rate",
            _lt("Acknowledged within target"),
            _lt(
                "Orders whose acknowledgement left within the target, in working "
                "hours since they were received, out of the orders whose target has "
                "passed. The day is that of the first confirmation."
            ),
            family=QUALITY,
            unit=PERCENT,
            better=HIGHER,
            fact=CONFIRMATION,
            date="date_confirmed_local",
            where=(("ack_due_count", 1),),
            formula=Ratio("ack_on_time_count", "ack_due_count"),
        ),
        *ENTRY_ERROR_KPIS,
        *intake.KPIS,
    )
)
