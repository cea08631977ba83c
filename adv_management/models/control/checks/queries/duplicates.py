"""The same order twice: by the customer's reference, or by what was ordered."""

from odoo.tools import SQL

# A reference without case, spaces, punctuation and the leading zeros of its numbers.
# The index of the same words makes a customer of 50,000 orders as fast as one of 5.
REFERENCE = (
    "upper(regexp_replace(regexp_replace(%s, "
    "'(^|[^0-9])0+(?=[0-9])', '\\1', 'g'), '[^[:alnum:]]', '', 'g'))"
)
# Lines that nobody ordered; the last two are of the apps delivery and loyalty.
_NOT_ORDERED = {
    "is_downpayment": SQL("IS NOT TRUE"),
    "is_expense": SQL("IS NOT TRUE"),
    "is_delivery": SQL("IS NOT TRUE"),
    "reward_id": SQL("IS NULL"),
}


def _reference(alias: str) -> SQL:
    return SQL(REFERENCE, SQL.identifier(alias, "client_order_ref"))


def _goods(env, alias: str) -> SQL:
    """Return what an order is about as one text: articles and quantities, in the units
    of the articles; NULL without any.
    """
    known = env["sale.order.line"]._fields
    apart = SQL(" ").join(
        SQL("AND %s %s", SQL.identifier("line", name), condition)
        for name, condition in _NOT_ORDERED.items()
        if name in known
    )
    return SQL(
        """
        (SELECT string_agg(product_id || ':' || quantity, ',' ORDER BY product_id)
           FROM (SELECT line.product_id,
                        round(SUM(line.product_uom_qty * unit.factor
                                  / product_unit.factor)::numeric, 4) AS quantity
                   FROM sale_order_line line
                   JOIN uom_uom unit ON unit.id = line.product_uom_id
                   JOIN product_product product ON product.id = line.product_id
                   JOIN product_template template
                     ON template.id = product.product_tmpl_id
                   JOIN uom_uom product_unit ON product_unit.id = template.uom_id
                  WHERE line.order_id = %s AND line.display_type IS NULL %s
               GROUP BY line.product_id) goods
          WHERE quantity != 0)
        """,
        SQL.identifier(alias, "id"),
        apart,
    )


def _is_order(env, alias: str) -> SQL:
    """Return the condition on orders that are worth a comparison: no cancelled ones, no
    baskets of the website.
    """
    alive = SQL("%s != 'cancel'", SQL.identifier(alias, "state"))
    if "website_id" not in env["sale.order"]._fields:
        return alive
    return SQL(
        "%s AND NOT (%s = 'draft' AND %s IS NOT NULL)",
        alive,
        SQL.identifier(alias, "state"),
        SQL.identifier(alias, "website_id"),
    )


def _rank(alias: str) -> SQL:
    """Return what sorts two orders into the first and its duplicate: confirmed ones
    come first, as they were confirmed; drafts as they were made.
    """
    state = SQL.identifier(alias, "state")
    return SQL(
        "(%s != 'sale', CASE WHEN %s = 'sale' THEN %s ELSE '-infinity' END, %s)",
        state,
        state,
        SQL.identifier(alias, "date_order"),
        SQL.identifier(alias, "id"),
    )


def _read_fields(env):
    names = {
        "res.partner": ("commercial_partner_id",),
        "sale.order": (
            *("partner_id", "company_id", "state", "date_order"),
            *("client_order_ref", "website_id"),
        ),
        "sale.order.line": (
            *("order_id", "product_id", "product_uom_id", "product_uom_qty"),
            *("display_type", *_NOT_ORDERED),
        ),
    }
    return [
        env[model]._fields[name]
        for model in names
        for name in names[model]
        if name in env[model]._fields
    ]


def earlier_twins(env, rows) -> SQL:
    """Return ``(order id, id of an earlier order, same reference, same goods)``.

    :param rows: ``(order id, start, end)``: naive UTC moments between which orders with
        the same goods are duplicates
    """
    return SQL(
        """
        WITH asked AS MATERIALIZED (
            SELECT sale.id, sale.company_id, sale.state, sale.date_order,
                   contact.commercial_partner_id AS customer_id,
                   given.starts, given.ends,
                   %(asked_reference)s AS reference, %(asked_goods)s AS goods
              FROM unnest(%(ids)s::int[], %(starts)s::timestamp[],
                          %(ends)s::timestamp[]) AS given(id, starts, ends)
              JOIN sale_order sale ON sale.id = given.id
              JOIN res_partner contact ON contact.id = sale.partner_id
             WHERE %(is_asked)s
        ), span AS (
            SELECT customer_id, company_id, MIN(starts) AS starts, MAX(ends) AS ends
              FROM asked GROUP BY customer_id, company_id
        ), nearby AS MATERIALIZED (
            SELECT other.id, span.customer_id, other.company_id, other.state,
                   other.date_order, %(other_goods)s AS goods
              FROM span
              JOIN res_partner contact
                ON contact.commercial_partner_id = span.customer_id
              JOIN sale_order other ON other.partner_id = contact.id
               AND other.company_id = span.company_id
               AND other.date_order BETWEEN span.starts AND span.ends
             WHERE %(is_order)s
        ), twin AS (
            SELECT asked.id AS order_id, other.id AS other_id, TRUE AS is_reference
              FROM asked
              JOIN res_partner contact
                ON contact.commercial_partner_id = asked.customer_id
              JOIN sale_order other ON other.partner_id = contact.id
               AND other.client_order_ref IS NOT NULL
               AND %(other_reference)s = asked.reference
               AND other.company_id = asked.company_id
             WHERE asked.reference != '' AND %(is_order)s
               AND %(other_rank)s < %(asked_rank)s
               -- "by phone" is no number: it says something for a few days only
               AND (asked.reference ~ '[0-9]'
                    OR other.date_order BETWEEN asked.starts AND asked.ends)
         UNION ALL
            SELECT asked.id, other.id, FALSE
              FROM asked
              JOIN nearby other ON other.customer_id = asked.customer_id
               AND other.company_id = asked.company_id
               AND other.goods = asked.goods
               AND other.date_order BETWEEN asked.starts AND asked.ends
             WHERE %(other_rank)s < %(asked_rank)s
        )
        SELECT order_id, other_id, bool_or(is_reference), NOT bool_and(is_reference)
          FROM twin
         GROUP BY order_id, other_id
         ORDER BY order_id, other_id DESC
        """,
        ids=[row[0] for row in rows],
        starts=[row[1] for row in rows],
        ends=[row[2] for row in rows],
        asked_reference=_reference("sale"),
        other_reference=_reference("other"),
        asked_goods=_goods(env, "sale"),
        other_goods=_goods(env, "other"),
        asked_rank=_rank("asked"),
        other_rank=_rank("other"),
        is_asked=_is_order(env, "sale"),
        is_order=_is_order(env, "other"),
        to_flush=_read_fields(env),
    )
