"""What a customer ordered before: one statement for all lines of a set."""

from odoo.tools import SQL

# Any contact of the customer ordered it; quotations and cancelled orders say nothing.
_EARLIER = SQL(
    """
    res_partner contact
    JOIN sale_order earlier ON earlier.partner_id = contact.id
    """
)
_IS_EARLIER = SQL(
    """
    contact.commercial_partner_id = asked.customer_id
    AND earlier.state = 'sale'
    AND earlier.company_id = asked.company_id
    AND earlier.id != asked.order_id
    AND (earlier.date_order, earlier.id) < (asked.moment, asked.order_id)
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
        WITH asked AS MATERIALIZED (%(asked)s)
        SELECT asked.line_id
          FROM asked
         WHERE NOT EXISTS (
                   SELECT FROM %(earlier)s
                     JOIN sale_order_line line ON line.order_id = earlier.id
                    WHERE line.product_id = asked.product_id AND %(is_earlier)s)
           AND (SELECT count(*) FROM (
                   SELECT FROM %(earlier)s WHERE %(is_earlier)s LIMIT %(minimum)s
               ) few) >= %(minimum)s
         ORDER BY asked.line_id
        """,
        asked=_asked(rows),
        earlier=_EARLIER,
        is_earlier=_IS_EARLIER,
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
        WITH asked AS MATERIALIZED (%(asked)s)
        SELECT asked.line_id, line.product_uom_id, count(*)
          FROM asked, %(earlier)s
          JOIN sale_order_line line ON line.order_id = earlier.id
         WHERE line.product_id = asked.product_id
           AND earlier.date_order >= %(since)s
           AND %(is_earlier)s
         GROUP BY asked.line_id, line.product_uom_id
        """,
        asked=_asked(rows),
        earlier=_EARLIER,
        is_earlier=_IS_EARLIER,
        since=since,
        to_flush=_read_fields(env),
    )
