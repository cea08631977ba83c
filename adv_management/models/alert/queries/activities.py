"""Activities of alerts, in sets.

Created by the ORM each costs several queries, a follower and a mail to its user; ten
thousand promises that turn late in one night must not.
"""

from odoo.tools import SQL

_MODEL = "adv.delay.alert"
# An activity of this alert and type that is not done.
_PENDING = SQL(
    "activity.res_model = %s AND activity.res_id = alert.id AND activity.active", _MODEL
)


def drop_activities(alert_ids, type_ids) -> SQL:
    """Return the DELETE of what is planned for alerts that nobody has to handle now."""
    return SQL(
        """
        DELETE FROM mail_activity activity
              USING adv_delay_alert alert
              WHERE alert.id = ANY(%s) AND alert.state != 'open'
                AND %s AND activity.activity_type_id = ANY(%s)
        """,
        alert_ids,
        _PENDING,
        type_ids,
    )


def update_activities(alert_ids, type_id: int) -> SQL:
    """Return the UPDATE that gives activities owner and deadline of their alerts."""
    return SQL(
        """
        UPDATE mail_activity activity
           SET user_id = alert.user_id, date_deadline = alert.date_deadline,
               user_tz = partner.tz
          FROM adv_delay_alert alert
          JOIN res_users owner ON owner.id = alert.user_id
          JOIN res_partner partner ON partner.id = owner.partner_id
         WHERE alert.id = ANY(%s) AND %s AND activity.activity_type_id = %s
           AND (activity.user_id, activity.date_deadline)
               IS DISTINCT FROM (alert.user_id, alert.date_deadline)
        """,
        alert_ids,
        _PENDING,
        type_id,
    )


def insert_activities(alert_ids, type_id: int, model_id: int, now, user_id=None) -> SQL:
    """Return the INSERT of the activities that are missing on open alerts.

    :param user_id: for whom; the owner of each alert if None
    """
    return SQL(
        """
        INSERT INTO mail_activity
               (res_model_id, res_model, res_id, res_name, activity_type_id, summary,
                user_id, user_tz, date_deadline, active, automated,
                create_uid, create_date, write_uid, write_date)
        SELECT %(model)s, %(model_name)s, alert.id,
               concat_ws(' - ', sale.name, customer.complete_name), type.id,
               COALESCE(type.name ->> partner.lang, type.name ->> 'en_US'),
               users.id, partner.tz, alert.date_deadline, TRUE, TRUE,
               1, %(now)s, 1, %(now)s
          FROM adv_delay_alert alert
          JOIN mail_activity_type type ON type.id = %(type)s
          JOIN sale_order sale ON sale.id = alert.order_id
          JOIN res_users users ON users.id = COALESCE(%(user)s, alert.user_id)
          JOIN res_partner partner ON partner.id = users.partner_id
     LEFT JOIN res_partner customer ON customer.id = alert.partner_id
         WHERE alert.id = ANY(%(alerts)s) AND alert.state = 'open'
           AND NOT EXISTS (SELECT FROM mail_activity activity
                            WHERE %(pending)s AND activity.activity_type_id = %(type)s)
      ORDER BY alert.id
        """,
        model=model_id,
        model_name=_MODEL,
        type=type_id,
        user=user_id,
        now=now,
        alerts=alert_ids,
        pending=_PENDING,
    )
