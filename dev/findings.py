"""What the addon found in a database, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dev.workshop import Workshop

_LEDGER = """
SELECT company.name,
       count(DISTINCT order_id) FILTER (WHERE status = 'late'),
       count(DISTINCT order_id) FILTER (WHERE status = 'will_be_late'),
       100.0 * sum(otif_count) FILTER (WHERE is_recent)
             / NULLIF(sum(due_count) FILTER (WHERE is_recent), 0),
       sum(due_count) FILTER (WHERE is_recent)
  FROM (SELECT *, date_promise > CURRENT_DATE - 90 AND date_promise <= CURRENT_DATE
                  AS is_recent
          FROM adv_commitment) commitment
  JOIN res_company company ON company.id = company_id
 GROUP BY company.id, company.name
HAVING sum(due_count) > 0 OR bool_or(status IN ('late', 'will_be_late'))
 ORDER BY count(*) DESC
"""
_DESK = """
SELECT company.name, alert.open_count, alert.informed_count, message.draft_count
  FROM res_company company
  JOIN (SELECT company_id,
               count(*) FILTER (WHERE state = 'open') AS open_count,
               count(*) FILTER (WHERE state = 'informed') AS informed_count
          FROM adv_delay_alert
         WHERE date_closed IS NULL
         GROUP BY company_id) alert ON alert.company_id = company.id
  LEFT JOIN (SELECT company_id, count(*) AS draft_count
               FROM adv_customer_message
              WHERE state = 'draft'
              GROUP BY company_id) message ON message.company_id = company.id
 ORDER BY alert.open_count DESC
"""
_ROLES = {
    "group_adv_user": "assistant",
    "group_adv_credit": "credit controller",
    "group_adv_manager": "manager",
}
_USERS = """
SELECT data.name, partner.name, users.login
  FROM res_groups_users_rel link
  JOIN ir_model_data data ON data.model = 'res.groups' AND data.res_id = link.gid
   AND data.module = 'adv_management'
  JOIN res_users users ON users.id = link.uid AND users.active
  JOIN res_partner partner ON partner.id = users.partner_id
 WHERE users.login NOT IN ('admin', '__system__')
 ORDER BY users.id
"""


def read(workshop: Workshop, database: str) -> Iterable[str]:
    """One line per company that owes or owed something: orders late, orders that will
    be late, OTIF of 90 days; then what the desk has to do about it.
    """
    yield "What the addon found:"
    rows = workshop.database("query", _LEDGER, database)
    for company, late, will_be_late, otif, due in rows:
        rate = "no data" if otif is None else f"{float(otif):.1f} % of {due} lines due"
        yield (
            f"  {company}: {late} orders late, {will_be_late} will be late;"
            f" on time and in full over the last 90 days: {rate}"
        )
    for company, to_handle, informed, drafts in workshop.database(
        "query", _DESK, database
    ):
        yield (
            f"  {company}: {to_handle} delay alerts to handle, customers informed of"
            f" {informed}; {drafts or 0} messages wait to be looked at"
        )


def read_users(workshop: Workshop, database: str) -> Iterable[tuple[str, str, str]]:
    """Role, name and login of those who can log in: one of each role, and admin."""
    shown = set()
    rows = workshop.database("query", _USERS, database)
    for group in reversed(_ROLES):
        names = [(name, login) for xmlid, name, login in rows if xmlid == group]
        fresh = [(name, login) for name, login in names if login not in shown]
        for name, login in fresh[:1]:
            shown.add(login)
            yield _ROLES[group], name, login
    yield "admin", "Administrator", "admin"
