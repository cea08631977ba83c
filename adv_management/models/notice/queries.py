"""What the room of notices asks the database directly."""

from odoo.tools import SQL


def relieved(company_id: int, today) -> SQL:
    """Return the promises of a company whose customers wait for a later date than need
    be: the goods are expected before the announced date, or have gone already.
    """
    return SQL(
        """
        SELECT id FROM adv_commitment
         WHERE company_id = %s AND date_announced > %s AND date_announced > date_promise
           AND (status = 'delivered' AND date_delivered < date_announced
                OR status IN ('on_time', 'late', 'will_be_late')
               AND date_predicted < date_announced)
      ORDER BY partner_id, id
        """,
        company_id,
        today,
    )
