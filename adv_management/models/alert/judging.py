"""What becomes of an order's alert, from what is bad about the order now."""

from ...tools.severity import is_rise, level_of, severity
from .queries import ALERT

# Taken over as they were measured.
_MEASURED = (
    "partner_id",
    "team_id",
    "currency_id",
    "user_id",
    "delay_working_days",
    "amount_open",
    "date_promise",
    "date_predicted",
    "cause_id",
    "is_told_in_time",
)


def judge(now: dict, large_amount: float, get_deadline) -> dict:
    """Return the alert as it has to be written.

    :param now: a row of ``queries.situations``
    :param large_amount: from what amount on the company calls an order large
    :param get_deadline: from a number of working days, by when somebody must act
    """
    before = {name: now[f"old_{name}"] for name in ALERT}
    if now["is_bad"]:
        return before | _judge_bad(now, before, large_amount, get_deadline)
    is_dismissed = before["state"] == "dismissed"
    return before | {
        "state": "dismissed" if is_dismissed else "closed",
        "date_closed": now["today"],
        "date_escalated": None,
    }


def _judge_bad(now, before, large_amount, get_deadline):
    score = severity(
        now["delay_working_days"],
        float(now["amount_open"]),
        large_amount,
        now["rank"],
        bool(now["date_predicted"]),
    )
    level = level_of(score)
    alert = {name: now[name] for name in _MEASURED} | {
        "severity": score,
        "severity_level": level.name,
        "state": _next_state(now, before),
        "date_closed": None,
    }
    if is_opening(before, alert):
        alert |= {
            "date_opened": before["date_opened"] or now["today"],
            "date_waiting": now["today"],
            "date_escalated": None,
            "date_deadline": get_deadline(level.days),
        }
    elif is_rise(before["severity_level"], level.name):
        alert["date_deadline"] = min(before["date_deadline"], get_deadline(level.days))
    return alert


def _next_state(now, before):
    """Return the state of an alert that is about something bad.

    Informed and dismissed hold until something is new or worse, and when the alert
    comes back on the day on which it was closed.
    """
    if not before["state"] or now["is_worse"]:
        return "open"
    return "informed" if before["state"] == "closed" else before["state"]


def is_opening(before, alert) -> bool:
    """Return whether somebody has to handle now what nobody had to handle before."""
    was_open = before["state"] == "open" and not before["date_closed"]
    return alert["state"] == "open" and not was_open


def is_changed(now: dict, alert: dict, names=tuple(ALERT)) -> bool:
    """Return whether an alert is to be written otherwise than it is."""
    return any(alert[name] != now[f"old_{name}"] for name in names)


def is_plan(now: dict, alert: dict) -> bool:
    """Return whether the activity of an alert has to be made, moved or dropped."""
    return is_changed(now, alert, ("state", "user_id", "date_deadline", "date_closed"))


def is_return(now: dict, alert: dict) -> bool:
    """Return whether an alert that was settled has to be handled again."""
    return now["old_state"] in ("informed", "dismissed") and alert["state"] == "open"
