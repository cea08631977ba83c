"""The lines of alerts: each bad promise as its line has to be, and the line written."""

from odoo.tools import SQL

from ...commitment.queries.outcome import day_key, days

_CALENDAR = SQL.identifier("commitment", "calendar_key")

BAD = ("late", "will_be_late")

# What is measured of a line.
_MEASURED = (
    "product_id",
    "partner_id",
    "team_id",
    "cause_id",
    "responsibility",
    "supplier_id",
    "date_promise",
    "date_predicted",
    "delay_working_days",
    "amount_open",
    "is_open",
    "date_closed",
    "due_count",
)
# What a line is given once.
_GIVEN = (
    "alert_id",
    "commitment_id",
    "order_id",
    "company_id",
    "currency_id",
    "is_backlog",
    "date_opened",
    "told_count",
    "told_in_time_count",
)
# The customer had to hear of it: the promise was missed, or he was told.
_DUE = SQL(
    """(NOT COALESCE(line.is_backlog, commitment.delay_working_days > 1)
        AND (line.due_count = 1 OR line.told_count = 1
             OR commitment.due_count > commitment.on_time_count) IS TRUE)::int"""
)


def wanted_lines(clock: SQL, book: SQL, orders) -> SQL:
    """Return the common table expressions ``clock``, ``book``, ``present`` (the alert
    of an order that lives, or was closed today), ``bad`` and ``wanted``: each bad
    promise as its line has to be.

    A promise on a closed day counts from the next open one. ``is_worse``: it is new, or
    predicted later than what was settled when the customer was told or the alert
    dismissed.
    """
    return SQL(
        """
        clock AS MATERIALIZED (%(clock)s),
        %(days)s,
        present AS (
            SELECT DISTINCT ON (alert.order_id) alert.*, clock.today
              FROM adv_delay_alert alert
              JOIN clock ON clock.company_id = alert.company_id
               AND clock.warehouse_id = 0
             WHERE alert.order_id = ANY(%(orders)s)
               AND (alert.date_closed IS NULL OR alert.date_closed = clock.today)
          ORDER BY alert.order_id, alert.date_closed IS NOT NULL, alert.id DESC
        ),
        -- Asked for row by row: of joins to one company and its clock the planner
        -- expects one row, and loops over all that follows.
        bad AS MATERIALIZED (
            SELECT commitment.*,
                   (SELECT calendar_key FROM clock
                     WHERE clock.company_id = commitment.company_id
                       AND clock.warehouse_id = COALESCE(commitment.warehouse_id, 0))
                       AS calendar_key,
                   (SELECT currency_id FROM res_company
                     WHERE id = commitment.company_id)
                       AS company_currency_id,
                   (SELECT adv_alert_move_days FROM res_company
                     WHERE id = commitment.company_id) AS move_days
              FROM adv_commitment commitment
             WHERE commitment.order_id = ANY(%(orders)s)
               AND commitment.status IN %(bad)s
        ),
        wanted AS (
            SELECT line.id AS line_id, present.id AS alert_id,
                   commitment.id AS commitment_id, commitment.order_id,
                   commitment.company_id,
                   commitment.company_currency_id AS currency_id,
                   commitment.product_id, commitment.partner_id, commitment.team_id,
                   commitment.cause_id, cause.responsibility,
                   supplier.commercial_partner_id AS supplier_id,
                   commitment.date_promise, commitment.date_predicted,
                   GREATEST(commitment.delay_working_days, 0, COALESCE(
                       predicted.rank - promised.rank
                           - (promised.opens > promised.day)::int,
                       commitment.date_predicted - commitment.date_promise))
                       AS delay_working_days,
                   ROUND(commitment.amount_open
                         / COALESCE(NULLIF(sale.currency_rate, 0), 1)::numeric, 2)
                       AS amount_open,
                   TRUE AS is_open, NULL::date AS date_closed,
                   commitment.delay_working_days > 1 AS is_backlog,
                   present.today AS date_opened,
                   %(due)s AS due_count, 0 AS told_count, 0 AS told_in_time_count,
                   COALESCE(line.told_in_time_count, 0) = 1 AS is_told_in_time,
                   CASE WHEN line.is_settled IS NOT TRUE THEN TRUE
                        WHEN commitment.date_predicted IS NULL
                        THEN line.is_supply_settled IS TRUE
                        WHEN line.date_settled IS NULL THEN FALSE
                        ELSE COALESCE(predicted.rank - settled.rank,
                                      commitment.date_predicted - line.date_settled)
                             > commitment.move_days END AS is_worse
              FROM bad commitment
              JOIN sale_order sale ON sale.id = commitment.order_id
         LEFT JOIN present ON present.order_id = commitment.order_id
         LEFT JOIN adv_delay_alert_line line ON line.alert_id = present.id
               AND line.commitment_id = commitment.id
         LEFT JOIN adv_delay_cause cause ON cause.id = commitment.cause_id
         LEFT JOIN stock_move receipt ON receipt.id = commitment.evidence_move_id
         LEFT JOIN stock_picking transfer ON transfer.id = receipt.picking_id
         LEFT JOIN res_partner supplier ON supplier.id = transfer.partner_id
         LEFT JOIN book promised ON promised.key = %(promised)s
         LEFT JOIN book predicted ON predicted.key = %(predicted)s
         LEFT JOIN book settled ON settled.key = %(settled)s
        )
        """,
        clock=clock,
        days=days(book),
        promised=day_key(SQL("commitment.date_promise"), _CALENDAR),
        predicted=day_key(SQL("commitment.date_predicted"), _CALENDAR),
        settled=day_key(SQL("line.date_settled"), _CALENDAR),
        orders=orders,
        due=_DUE,
        bad=BAD,
    )


def ended_lines() -> SQL:
    """Return ``(line_id, alert_id, today, due_count)`` of the lines of ``present`` that
    are not bad any more.
    """
    return SQL(
        """
        SELECT line.id AS line_id, line.alert_id, present.today, %s AS due_count
          FROM present
          JOIN adv_delay_alert_line line ON line.alert_id = present.id AND line.is_open
          JOIN adv_commitment commitment ON commitment.id = line.commitment_id
           AND commitment.status NOT IN %s
        """,
        _DUE,
        BAD,
    )


def is_line_stale() -> SQL:
    """Return whether ``line`` is not yet written as ``wanted`` says."""
    return SQL(
        "(%s) IS DISTINCT FROM (%s)",
        _columns(_MEASURED, "line"),
        _columns(_MEASURED, "wanted"),
    )


def write_lines(clock: SQL, book: SQL, orders) -> SQL:
    """Return the statement that writes the lines of these orders' alerts, those that
    change.
    """
    names = (*_GIVEN, *_MEASURED)
    return SQL(
        """
        WITH %(wanted)s,
        ended AS (
            UPDATE adv_delay_alert_line line
               SET is_open = FALSE, date_closed = ended.today,
                   due_count = ended.due_count
              FROM (%(ended)s) ended
             WHERE ended.line_id = line.id
        ),
        changed AS (
            UPDATE adv_delay_alert_line line
               SET %(assignments)s
              FROM wanted
             WHERE wanted.line_id = line.id AND %(is_stale)s
        )
        INSERT INTO adv_delay_alert_line (%(names)s)
        SELECT %(names)s FROM wanted
         WHERE line_id IS NULL AND alert_id IS NOT NULL
      ORDER BY commitment_id
        """,
        wanted=wanted_lines(clock, book, orders),
        ended=ended_lines(),
        assignments=SQL(", ").join(
            SQL("%s = wanted.%s", SQL.identifier(name), SQL.identifier(name))
            for name in _MEASURED
        ),
        is_stale=is_line_stale(),
        names=SQL(", ").join(map(SQL.identifier, names)),
    )


def follow_causes(line_ids) -> SQL:
    """Return the UPDATE that takes causes corrected later into lines that are over."""
    return SQL(
        """
        UPDATE adv_delay_alert_line line
           SET cause_id = cause.id, responsibility = cause.responsibility
          FROM adv_commitment commitment
          JOIN adv_delay_cause cause ON cause.id = commitment.cause_id
         WHERE commitment.sale_line_id = ANY(%s)
           AND line.commitment_id = commitment.id AND NOT line.is_open
           AND (line.cause_id, line.responsibility)
               IS DISTINCT FROM (cause.id, cause.responsibility)
        """,
        list(line_ids),
    )


def _columns(names, table: str) -> SQL:
    return SQL(", ").join(SQL.identifier(table, name) for name in names)
