"""Alerts written: opened, updated, closed, escalated."""

from odoo.tools import SQL

# What the engine writes of an alert, with the type of the column.
ALERT = {
    "partner_id": "int",
    "team_id": "int",
    "currency_id": "int",
    "user_id": "int",
    "state": "text",
    "severity": "int",
    "severity_level": "text",
    "delay_working_days": "int",
    "amount_open": "numeric",
    "date_promise": "date",
    "date_predicted": "date",
    "cause_id": "int",
    "is_told_in_time": "bool",
    "date_opened": "date",
    "date_closed": "date",
    "date_waiting": "date",
    "date_deadline": "date",
    "date_escalated": "date",
}
KEYS = {"alert_id": "int", "order_id": "int", "company_id": "int"}


def _relation(rows) -> SQL:
    """Return rows (dictionaries) as a relation of ``KEYS`` and ``ALERT``."""
    types = {**KEYS, **ALERT}
    return SQL(
        "SELECT * FROM unnest(%s) AS wanted(%s)",
        SQL(", ").join(
            SQL("%s::%s[]", [row[name] for row in rows], SQL(kind))
            for name, kind in types.items()
        ),
        _columns(types),
    )


def insert_alerts(rows, now) -> SQL:
    """Return the INSERT of alerts; where another transaction opened one, it is left."""
    names = _columns(("order_id", "company_id", *ALERT))
    return SQL(
        """
        INSERT INTO adv_delay_alert (%(names)s, create_uid, create_date, write_uid,
                                     write_date)
        SELECT %(names)s, 1, %(now)s, 1, %(now)s FROM (%(rows)s) wanted
   ON CONFLICT (order_id) WHERE date_closed IS NULL DO NOTHING
     RETURNING order_id, id
        """,
        names=names,
        now=now,
        rows=_relation(rows),
    )


def update_alerts(rows) -> SQL:
    """Return the UPDATE of the alerts that no user holds right now."""
    return SQL(
        """
        WITH wanted AS (%(rows)s),
        free AS (
            SELECT id FROM adv_delay_alert
             WHERE id IN (SELECT alert_id FROM wanted)
          ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE adv_delay_alert alert
           SET %(assignments)s
          FROM wanted
          JOIN free ON free.id = wanted.alert_id
         WHERE alert.id = wanted.alert_id
     RETURNING alert.order_id, alert.id
        """,
        rows=_relation(rows),
        assignments=SQL(", ").join(
            SQL("%s = wanted.%s", SQL.identifier(name), SQL.identifier(name))
            for name in ALERT
        ),
    )


def note_again(orders, later) -> SQL:
    """Return the INSERT that has these orders' lines measured again, not before."""
    return SQL(
        """
        INSERT INTO adv_commitment_todo (sale_line_id, date_due)
        SELECT sale_line_id, %s FROM adv_commitment
         WHERE order_id = ANY(%s) ORDER BY id
        """,
        later,
        orders,
    )


def close_empty(company_id: int, today) -> SQL:
    """Return the UPDATE that closes living alerts whose lines were all deleted."""
    return SQL(
        """
        WITH free AS (
            SELECT id FROM adv_delay_alert alert
             WHERE company_id = %(company)s AND date_closed IS NULL
               AND NOT EXISTS (SELECT FROM adv_delay_alert_line line
                                WHERE line.alert_id = alert.id AND line.is_open)
          ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE adv_delay_alert alert
           SET state = CASE state WHEN 'dismissed' THEN state ELSE 'closed' END,
               date_closed = %(today)s, date_escalated = NULL
          FROM free WHERE free.id = alert.id
     RETURNING alert.id
        """,
        today=today,
        company=company_id,
    )


def escalate(company_id: int, last_day, today) -> SQL:
    """Return the UPDATE that escalates what has waited since ``last_day`` or longer."""
    return SQL(
        """
        WITH free AS (
            SELECT id FROM adv_delay_alert
             WHERE company_id = %(company)s AND state = 'open'
               AND date_escalated IS NULL AND user_id IS NOT NULL
               AND date_waiting <= %(last_day)s
          ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE adv_delay_alert alert SET date_escalated = %(today)s
          FROM free WHERE free.id = alert.id
     RETURNING alert.id
        """,
        company=company_id,
        last_day=last_day,
        today=today,
    )


def _columns(names) -> SQL:
    return SQL(", ").join(map(SQL.identifier, names))
