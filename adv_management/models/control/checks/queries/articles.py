"""What a customer ordered before: one statement for all lines of a set."""

from odoo.tools import SQL

_WAS_BOUGHT = SQL(
    """
    bought.customer_id = asked.customer_id
    AND bought.company_id = asked.company_id
    AND bought.product_id = asked.product_id
    AND bought.order_id != asked.order_id
    AND (bought.date_order, bought.order_id) < (asked.moment, asked.order_id)
    """
)


def _asked(rows) -> SQL:
    """Return the lines in question as a relation.

    :param rows: ``(line id, order id, company id, commercial partner id, product id,
        naive UTC moment up to which orders count as earlier)``
    """
    return SQL(
        """
        SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[], %s::int[],
                             %s::timestamp[])
          AS asked(line_id, order_id, company_id, customer_id, product_id, moment)
        """,
        *(list(column) for column in zip(*rows, strict=True)),
    )


def _bought(rows) -> SQL:
    """Return what the customers of ``asked`` ordered of these articles, on whatever
    contact: read once a customer, not once a line.

    Quotations and cancelled orders say nothing.
    """
    return SQL(
        """
        SELECT customer.customer_id, customer.company_id, line.product_id,
               earlier.id AS order_id, earlier.date_order, line.product_uom_id
          FROM (SELECT DISTINCT customer_id, company_id FROM asked) customer
          JOIN res_partner contact
            ON contact.commercial_partner_id = customer.customer_id
          JOIN sale_order earlier ON earlier.partner_id = contact.id
           AND earlier.company_id = customer.company_id
           AND earlier.state = 'sale'
          JOIN sale_order_line line ON line.order_id = earlier.id
         WHERE line.product_id = ANY(%s)
        """,
        list({row[4] for row in rows}),
    )


def _read_fields(env):
    """Return the fields that have to be in the database before it is asked."""
    names = {
        "res.partner": ("commercial_partner_id",),
        "sale.order": ("partner_id", "company_id", "state", "date_order"),
        "sale.order.line": ("order_id", "product_id", "product_uom_id"),
    }
    return [env[model]._fields[name] for model in names for name in names[model]]


def never_bought(env, rows, minimum: int) -> SQL:
    """Return the ids of lines whose article the customer never had, if he ordered often
    enough to be known.

    The customer's orders are counted up to ``minimum`` only: how many more there are
    does not matter.
    """
    return SQL(
        """
        WITH asked AS MATERIALIZED (%(asked)s),
        bought AS MATERIALIZED (%(bought)s),
        new AS MATERIALIZED (
            SELECT asked.*
              FROM asked
             WHERE NOT EXISTS (SELECT FROM bought WHERE %(was_bought)s)
        ), known AS MATERIALIZED (
            SELECT given.order_id, given.moment
              FROM (SELECT DISTINCT order_id, company_id, customer_id, moment
                      FROM new) given
             WHERE (SELECT count(*) FROM (
                       SELECT FROM res_partner contact
                         JOIN sale_order earlier ON earlier.partner_id = contact.id
                        WHERE contact.commercial_partner_id = given.customer_id
                          AND earlier.company_id = given.company_id
                          AND earlier.state = 'sale'
                          AND earlier.id != given.order_id
                          AND (earlier.date_order, earlier.id)
                              < (given.moment, given.order_id)
                        LIMIT %(minimum)s) few) >= %(minimum)s
        )
        SELECT new.line_id FROM new JOIN known USING (order_id, moment)
        """,
        asked=_asked(rows),
        bought=_bought(rows),
        was_bought=_WAS_BOUGHT,
        minimum=minimum,
        to_flush=_read_fields(env),
    )


def units_ordered(env, rows, since) -> SQL:
    """Return ``(line id, unit id, count)``: in which units the customer ordered the
    article of each line before.

    :param since: naive UTC moment before which orders say nothing
    """
    return SQL(
        """
        WITH asked AS MATERIALIZED (%(asked)s),
        bought AS MATERIALIZED (%(bought)s AND earlier.date_order >= %(since)s)
        SELECT asked.line_id, bought.product_uom_id, count(*)
          FROM asked JOIN bought ON %(was_bought)s
         GROUP BY asked.line_id, bought.product_uom_id
        """,
        asked=_asked(rows),
        bought=_bought(rows),
        was_bought=_WAS_BOUGHT,
        since=since,
        to_flush=_read_fields(env),
    )
