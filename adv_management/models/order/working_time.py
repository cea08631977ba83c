"""When a company works, by its calendar."""

import pytz


def get_working_hours(company, start, end):
    """Return the company's hours of work as intervals of naive UTC times.

    A company without a calendar works day and night.
    """
    calendar = company.resource_calendar_id
    if not calendar:
        return [(start, end)]
    found = calendar._work_intervals_batch(
        pytz.utc.localize(start),
        pytz.utc.localize(end),
        domain=[
            ("time_type", "=", "leave"),
            ("company_id", "in", (False, company.id)),
        ],
    )
    return [
        tuple(
            each.astimezone(pytz.utc).replace(tzinfo=None) for each in (opens, closes)
        )
        for opens, closes, _attendance in found[False]
    ]
