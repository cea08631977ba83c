"""The set-based half of the ledger: what happened, what is open, what it means.

Three statements share the same building blocks:

* :func:`insert_promises` writes one row per confirmed line,
* :func:`insert_quantity_revisions` notes increases and cuts that have not been noted yet,
* :func:`update_measures` rewrites what follows from the facts, where it changed.

All quantities are in the product's unit, all days are local to the warehouse.
"""

from odoo.tools import SQL

OPEN_STATES = ("draft", "waiting", "confirmed", "partially_available", "assigned")


def _local_day(moment: SQL, zone: SQL) -> SQL:
    """Return the local date of a naive UTC timestamp."""
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, zone)


# --------------------------------------------------------------------------------------
# Promises
# --------------------------------------------------------------------------------------


def insert_promises(clock: SQL, promises: SQL, digits: int) -> SQL:
    """Return the INSERT of one commitment per promised line; existing rows are left alone.

    :param promises: relation ``(line_id, promised_at, confirmed_at)``, both naive UTC;
        ``promised_at`` is empty when neither a date nor a lead time was given
    """
    return SQL(
        """
        WITH clock AS (%(clock)s), promise AS (%(promises)s)
        INSERT INTO adv_commitment (
            sale_line_id, order_id, partner_id, product_id, product_uom_id, warehouse_id,
            team_id, adv_user_id, company_id, currency_id,
            date_confirmed, date_requested, date_first_promise, date_headline, date_promise,
            qty_first_promise, qty_ordered, qty_open, qty_delivered, qty_on_time, first_qty_on_time,
            status, is_hold,
            due_count, on_time_count, in_full_count, otif_count,
            first_due_count, first_on_time_count, first_in_full_count, first_otif_count,
            create_uid, create_date, write_uid, write_date
        )
        SELECT line.id, line.order_id, COALESCE(partner.commercial_partner_id, partner.id),
               line.product_id, template.uom_id, warehouse.id,
               sale.team_id, sale.adv_user_id, sale.company_id, sale.currency_id,
               %(confirmed_day)s, sale.adv_date_requested, day.promised, day.promised, day.promised,
               quantity.promised, quantity.promised, quantity.promised, 0, 0, 0,
               CASE WHEN day.promised IS NULL THEN 'unpromised'
                    WHEN day.promised < clock.today THEN 'late'
                    ELSE 'on_time' END, FALSE,
               0, 0, 0, 0, 0, 0, 0, 0,
               1, NOW() AT TIME ZONE 'UTC', 1, NOW() AT TIME ZONE 'UTC'
          FROM promise
          JOIN sale_order_line line ON line.id = promise.line_id
          JOIN sale_order sale ON sale.id = line.order_id
          JOIN res_partner partner ON partner.id = sale.partner_id
          JOIN product_product product ON product.id = line.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
          JOIN uom_uom line_unit ON line_unit.id = line.product_uom_id
          JOIN uom_uom unit ON unit.id = template.uom_id
     LEFT JOIN stock_warehouse warehouse ON warehouse.id = COALESCE(line.warehouse_id, sale.warehouse_id)
           AND warehouse.company_id = sale.company_id
          JOIN clock ON clock.company_id = sale.company_id AND clock.warehouse_id = COALESCE(warehouse.id, 0)
    CROSS JOIN LATERAL (SELECT %(promised_day)s AS promised) day
    CROSS JOIN LATERAL (
               SELECT ROUND(line.product_uom_qty * line_unit.factor / unit.factor, %(digits)s) AS promised
               ) quantity
         WHERE quantity.promised > 0
         ORDER BY line.id
            ON CONFLICT (sale_line_id) DO NOTHING
        """,
        clock=clock,
        promises=promises,
        digits=digits,
        promised_day=_local_day(SQL("promise.promised_at"), SQL("clock.zone")),
        confirmed_day=_local_day(SQL("promise.confirmed_at"), SQL("clock.zone")),
    )


def history_promises(lines: SQL, confirmed_subtype_id: int) -> SQL:
    """Return the promises of orders confirmed before the addon came, as Odoo kept them.

    Mirrors :meth:`_get_promise_moments` of the live orders. The first confirmation is the
    oldest message that announced one, else the order's date. Orders cancelled since then
    had promised too: a message or a stock move proves that they had been confirmed.

    :param lines: query of the ids of the order lines that may have promised goods
    :param confirmed_subtype_id: id of the message subtype of a confirmation
    :return: relation ``(line_id, promised_at, confirmed_at)``, naive UTC
    """
    return SQL(
        """
        SELECT line.id AS line_id,
               COALESCE(sale.commitment_date,
                        CASE WHEN sale.picking_policy = 'one' THEN MAX(lead.expected) OVER (PARTITION BY sale.id)
                             ELSE lead.expected END) AS promised_at,
               COALESCE(confirmed.at, sale.date_order) AS confirmed_at
          FROM sale_order_line line
          JOIN sale_order sale ON sale.id = line.order_id
     LEFT JOIN (SELECT res_id, MIN(date) AS at
                  FROM mail_message
                 WHERE model = 'sale.order' AND subtype_id = %(subtype)s
              GROUP BY res_id) confirmed ON confirmed.res_id = sale.id
    CROSS JOIN LATERAL (
               SELECT CASE WHEN line.customer_lead > 0
                           THEN sale.date_order + line.customer_lead * INTERVAL '1 day' END AS expected
               ) lead
         WHERE line.id IN (%(lines)s)
           AND (sale.state = 'sale' OR confirmed.at IS NOT NULL
                OR EXISTS (SELECT FROM stock_move move WHERE move.sale_line_id = line.id))
        """,
        lines=lines,
        subtype=confirmed_subtype_id,
    )


# --------------------------------------------------------------------------------------
# Facts of the stock moves
# --------------------------------------------------------------------------------------


def _facts(clock: SQL, lines: SQL, digits: int) -> SQL:
    """Return the common table expressions ``scope``, ``move`` and ``goods``.

    * ``scope``: the commitments in question, with the line's present quantity;
    * ``move``: their stock moves of the same product, signed seen from the customer;
    * ``goods``: per commitment what is out, open, cancelled, ready and when.

    :param lines: condition on ``commitment``, for instance ``commitment.sale_line_id = ANY(...)``
    """
    return SQL(
        """
        clock AS MATERIALIZED (%(clock)s),
        scope AS MATERIALIZED (
            SELECT commitment.*, clock.zone, clock.calendar_key, clock.today, clock.buffer_days,
                   sale.state AS order_state, sale.write_date AS order_write_date,
                   sale.team_id AS order_team_id, sale.adv_user_id AS order_adv_user_id,
                   sale.adv_date_requested AS order_date_requested,
                   line.price_reduce_taxexcl * unit.factor / line_unit.factor AS unit_price,
                   currency.decimal_places AS currency_digits,
                   unit.factor AS unit_factor,
                   ROUND(line.product_uom_qty * line_unit.factor / unit.factor, %(digits)s) AS line_qty
              FROM adv_commitment commitment
              JOIN sale_order_line line ON line.id = commitment.sale_line_id
              JOIN sale_order sale ON sale.id = commitment.order_id
              JOIN uom_uom line_unit ON line_unit.id = line.product_uom_id
              JOIN uom_uom unit ON unit.id = commitment.product_uom_id
              JOIN res_currency currency ON currency.id = commitment.currency_id
              JOIN clock ON clock.company_id = commitment.company_id
                        AND clock.warehouse_id = COALESCE(commitment.warehouse_id, 0)
             WHERE %(lines)s
        ),
        place AS MATERIALIZED (
            SELECT id, usage = 'customer' OR (usage = 'transit' AND company_id IS NULL) AS is_outside
              FROM stock_location
        ),
        move AS MATERIALIZED (
            SELECT scope.id AS commitment_id, move.id, move.date, move.write_date, move.state,
                   %(day)s AS day,
                   ROUND(CASE WHEN move.state = 'done' THEN move.quantity ELSE move.product_uom_qty END
                         * move_unit.factor / scope.unit_factor, %(digits)s) AS qty,
                   -- a refused backorder leaves the demand on the done move
                   CASE WHEN move.state = 'done'
                        THEN ROUND(GREATEST(move.product_uom_qty - move.quantity, 0)
                                   * move_unit.factor / scope.unit_factor, %(digits)s) ELSE 0 END AS qty_refused,
                   destination.is_outside AND NOT source.is_outside AS is_out,
                   source.is_outside AND NOT destination.is_outside AS is_back,
                   NOT source.is_outside AND COALESCE(final.is_outside, destination.is_outside) AS is_outbound,
                   EXISTS (SELECT FROM stock_move_move_rel link
                             JOIN stock_move next ON next.id = link.move_dest_id
                            WHERE link.move_orig_id = move.id AND next.sale_line_id = move.sale_line_id
                              AND next.state IN %(open_states)s) AS is_followed,
                   EXISTS (SELECT FROM stock_move_move_rel link
                             JOIN stock_move previous ON previous.id = link.move_orig_id
                            WHERE link.move_dest_id = move.id AND previous.sale_line_id = move.sale_line_id
                              AND previous.state IN %(open_states)s) AS is_waiting
              FROM scope
              JOIN stock_move move ON move.sale_line_id = scope.sale_line_id AND move.product_id = scope.product_id
              JOIN uom_uom move_unit ON move_unit.id = move.product_uom
              JOIN place source ON source.id = move.location_id
              JOIN place destination ON destination.id = move.location_dest_id
         LEFT JOIN place final ON final.id = move.location_final_id
        ),
        goods AS MATERIALIZED (
            SELECT commitment_id,
                   SUM(CASE WHEN state = 'done' AND is_out THEN qty
                            WHEN state = 'done' AND is_back THEN -qty ELSE 0 END) AS net,
                   COALESCE(SUM(qty) FILTER (WHERE is_outbound AND state IN %(open_states)s AND NOT is_followed), 0)
                        AS open,
                   COALESCE(SUM(qty) FILTER (WHERE is_outbound AND state = 'cancel'), 0) AS cancelled,
                   MAX(write_date) FILTER (WHERE is_outbound AND state = 'cancel') AS cancelled_at,
                   COALESCE(SUM(qty_refused) FILTER (WHERE is_outbound), 0) AS refused,
                   MAX(date) FILTER (WHERE is_outbound AND qty_refused > 0) AS refused_at,
                   BOOL_AND(state = 'assigned') FILTER (
                        WHERE is_outbound AND state IN %(open_states)s AND NOT is_waiting) AS is_ready,
                   MIN(day) FILTER (WHERE is_outbound AND state IN %(open_states)s) AS day_next,
                   MAX(day) FILTER (WHERE is_outbound AND state IN %(open_states)s) AS day_last
              FROM move
          GROUP BY commitment_id
        )
        """,
        clock=clock,
        lines=lines,
        digits=digits,
        open_states=OPEN_STATES,
        day=_local_day(SQL("move.date"), SQL("scope.zone")),
    )


# Deliveries, returns and cuts of a commitment in the order in which they happened. A cut
# counts from the end of its day: what left that day was still owed. A cut that was taken
# back later never happened: ``cut`` is the part of the running total that lasted.
_STREAM = SQL(
    """
    event AS (
        SELECT commitment_id, day, 0 AS turn, date AS moment, id,
               CASE WHEN is_out THEN qty ELSE 0 END AS qty_out,
               CASE WHEN is_back THEN qty ELSE 0 END AS qty_back,
               0 AS qty_cut
          FROM move
         WHERE state = 'done' AND (is_out OR is_back)
     UNION ALL
        SELECT revision.commitment_id, revision.date_effective, 1, NULL, revision.id, 0, 0, -revision.qty_delta
          FROM adv_commitment_revision revision
          JOIN scope ON scope.id = revision.commitment_id
         WHERE revision.kind = 'quantity' AND revision.origin = 'internal'
    ),
    running AS (
        SELECT commitment_id, day, turn, moment, id,
               SUM(qty_out - qty_back) OVER happened AS net,
               SUM(qty_out) OVER happened AS gross,
               SUM(qty_cut) OVER happened AS cut_so_far
          FROM event
        WINDOW happened AS (PARTITION BY commitment_id ORDER BY day, turn, moment, id)
    ),
    stream AS (
        SELECT commitment_id, day, net, gross,
               MIN(cut_so_far) OVER (
                   PARTITION BY commitment_id ORDER BY day, turn, moment, id
                   ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS cut
          FROM running
    )
    """
)


def insert_quantity_revisions(clock: SQL, lines: SQL, digits: int, seen: SQL) -> SQL:
    """Return the INSERT of the increases and cuts that the history does not hold yet.

    What will never be delivered any more is ``qty_ordered`` less the line's quantity, or
    less what is out and open when moves were cancelled or backorders refused. Only such
    moves prove a cut: a line without moves (a hold, a dropship not ordered) has lost nothing.

    :param seen: relation ``(line_id, seen_at, user_id)``: when and by whose hand the
        change reached the database; lines without a row are dated from the records
    """
    return SQL(
        """
        WITH %(facts)s, %(stream)s,
        seen AS (%(seen)s),
        noted AS (
            SELECT revision.commitment_id,
                   -SUM(revision.qty_delta) FILTER (WHERE revision.origin = 'internal') AS cut,
                   SUM(revision.qty_delta) FILTER (WHERE revision.origin = 'customer') AS agreed
              FROM adv_commitment_revision revision
              JOIN scope ON scope.id = revision.commitment_id
             WHERE revision.kind = 'quantity'
          GROUP BY revision.commitment_id
        ),
        peak AS (SELECT commitment_id, MAX(net) AS net FROM stream GROUP BY commitment_id),
        fact AS (
            SELECT scope.*, seen.seen_at, seen.user_id AS seen_user_id,
                   COALESCE(noted.cut, 0) AS noted_cut,
                   scope.qty_first_promise + COALESCE(noted.agreed, 0) AS ordered,
                   GREATEST(COALESCE(peak.net, 0), 0) AS delivered,
                   CASE WHEN goods.cancelled = 0 THEN goods.refused_at END AS refused_at, goods.cancelled_at,
                   LEAST(GREATEST(scope.line_qty - COALESCE(goods.net, 0) - COALESCE(goods.open, 0), 0),
                         COALESCE(goods.cancelled + goods.refused, 0)) AS lost
              FROM scope
         LEFT JOIN goods ON goods.commitment_id = scope.id
         LEFT JOIN noted ON noted.commitment_id = scope.id
         LEFT JOIN peak ON peak.commitment_id = scope.id
         LEFT JOIN seen ON seen.line_id = scope.sale_line_id
        ),
        change AS (
            SELECT fact.*,
                   CASE WHEN order_state = 'sale' THEN GREATEST(line_qty - ordered, 0) ELSE 0 END AS raised,
                   CASE WHEN delivered >= GREATEST(ordered, line_qty) THEN noted_cut
                        WHEN order_state = 'sale' THEN GREATEST(ordered, line_qty) - (line_qty - lost)
                        ELSE ordered - LEAST(delivered, ordered) END - noted_cut AS cut
              FROM fact
        )
        INSERT INTO adv_commitment_revision (
            commitment_id, order_id, company_id, kind, origin, is_accepted, source, qty_delta,
            date_effective, user_id, create_uid, create_date, write_uid, write_date
        )
        SELECT change.id, change.order_id, change.company_id, 'quantity', delta.origin, delta.is_accepted,
               delta.source, delta.qty, %(day)s, change.seen_user_id,
               COALESCE(change.seen_user_id, 1), NOW() AT TIME ZONE 'UTC',
               COALESCE(change.seen_user_id, 1), NOW() AT TIME ZONE 'UTC'
          FROM change
    CROSS JOIN LATERAL (
               VALUES ('customer', TRUE, 'increase', change.raised),
                      ('internal', FALSE,
                       CASE WHEN change.cut < 0 THEN 'restored'
                            WHEN change.order_state != 'sale' THEN 'order_cancelled'
                            WHEN change.lost > 0 THEN 'rest_cancelled'
                            ELSE 'decrease' END, -change.cut)
               ) AS delta(origin, is_accepted, source, qty)
         WHERE delta.qty != 0
        """,
        facts=_facts(clock, lines, digits),
        stream=_STREAM,
        seen=seen,
        day=_local_day(
            SQL(
                """COALESCE(
                    CASE WHEN delta.source = 'rest_cancelled' THEN change.refused_at END,
                    change.seen_at,
                    CASE WHEN delta.source = 'rest_cancelled' THEN change.cancelled_at END,
                    change.order_write_date)"""
            ),
            SQL("change.zone"),
        ),
    )


# --------------------------------------------------------------------------------------
# Measures
# --------------------------------------------------------------------------------------

# What a promise is compared with: a promise on a closed day counts from the next open one.
_TARGET = SQL(
    """
    target AS (
        SELECT scope.*,
               scope.qty_first_promise + COALESCE(agreed.qty, 0) AS ordered,
               LEAST(scope.qty_first_promise, scope.qty_first_promise + COALESCE(agreed.qty, 0)) AS first_ordered,
               COALESCE(promised.opens, scope.date_promise) AS due_day, promised.rank AS due_rank,
               COALESCE(headline.opens, scope.date_headline) AS first_due_day, headline.rank AS first_due_rank,
               present.rank AS today_rank
          FROM scope
     LEFT JOIN (SELECT commitment_id, SUM(qty_delta) AS qty
                  FROM adv_commitment_revision
                 WHERE kind = 'quantity' AND origin = 'customer'
              GROUP BY commitment_id) agreed ON agreed.commitment_id = scope.id
     LEFT JOIN book promised_day ON promised_day.calendar_key = scope.calendar_key
           AND promised_day.day = scope.date_promise
     LEFT JOIN book promised ON promised.calendar_key = scope.calendar_key AND promised.day = promised_day.opens
     LEFT JOIN book headline_day ON headline_day.calendar_key = scope.calendar_key
           AND headline_day.day = scope.date_headline
     LEFT JOIN book headline ON headline.calendar_key = scope.calendar_key AND headline.day = headline_day.opens
     LEFT JOIN book present ON present.calendar_key = scope.calendar_key AND present.day = scope.today
    )
    """
)

# First moments at which the promised quantity was reached, by net and by gross quantity.
_REACHED = SQL(
    """
    reached AS (
        SELECT target.id AS commitment_id,
               MAX(stream.net) AS net, MAX(stream.gross) AS gross, MAX(stream.cut) AS cut,
               MIN(stream.day) FILTER (WHERE stream.net + stream.cut >= target.ordered) AS net_day,
               MIN(stream.day) FILTER (WHERE stream.gross + stream.cut >= target.ordered) AS gross_day,
               MIN(stream.day) FILTER (WHERE stream.net + stream.cut >= target.first_ordered) AS first_net_day,
               MIN(stream.day) FILTER (WHERE stream.gross + stream.cut >= target.first_ordered)
                    AS first_gross_day,
               MAX(stream.net) FILTER (WHERE stream.day <= target.due_day) AS net_on_time,
               MAX(stream.gross) FILTER (WHERE stream.day <= target.due_day) AS gross_on_time,
               MAX(stream.net) FILTER (WHERE stream.day <= target.first_due_day) AS first_net_on_time,
               MAX(stream.gross) FILTER (WHERE stream.day <= target.first_due_day) AS first_gross_on_time
          FROM target
          JOIN stream ON stream.commitment_id = target.id
      GROUP BY target.id
    )
    """
)

# Goods that came back before the end and were not replaced do not keep a line open for
# ever: once nothing is open any more, what went out counts, not what stayed out.
_OUTCOME = SQL(
    """
    outcome AS (
        SELECT target.*, goods.is_ready, goods.day_next, goods.day_last,
               COALESCE(goods.net, 0) AS net_now, COALESCE(reached.cut, 0) AS cut,
               kept.delivered, kept.done_day, kept.first_done_day, kept.on_time, kept.first_on_time,
               kept.done_day IS NOT NULL AND kept.delivered <= 0 AS is_cancelled
          FROM target
     LEFT JOIN goods ON goods.commitment_id = target.id
     LEFT JOIN reached ON reached.commitment_id = target.id
    CROSS JOIN LATERAL (
               SELECT COALESCE(goods.open, 0) = 0 AND reached.net_day IS NULL AND reached.gross_day IS NOT NULL
                      AS by_gross
               ) counted
    CROSS JOIN LATERAL (
               SELECT COALESCE(CASE WHEN by_gross THEN reached.gross ELSE reached.net END, 0) AS delivered,
                      CASE WHEN by_gross THEN gross_day ELSE net_day END AS done_day,
                      CASE WHEN by_gross THEN first_gross_day ELSE first_net_day END AS first_done_day,
                      COALESCE(CASE WHEN by_gross THEN gross_on_time ELSE net_on_time END, 0) AS on_time,
                      COALESCE(CASE WHEN by_gross THEN first_gross_on_time ELSE first_net_on_time END, 0)
                           AS first_on_time
               ) kept
    )
    """
)

_MEASURE = SQL(
    """
    ended AS (
        SELECT outcome.*,
               done.rank AS done_rank, first_done.rank AS first_done_rank,
               done_day IS NULL AND due_day < today AS is_late,
               CASE WHEN done_day IS NULL THEN GREATEST(ordered - cut - net_now, 0) ELSE 0 END AS still_open,
               CASE WHEN done_day IS NULL THEN GREATEST(day_last, today) END AS predicted,
               -- the first day on which the promise is closer than the buffer
               risk.day AS risk_day,
               CASE WHEN due_day IS NULL THEN 0
                    WHEN is_cancelled THEN (done_day > due_day)::int
                    WHEN done_day IS NOT NULL THEN 1
                    ELSE (due_day < today)::int END AS due,
               CASE WHEN first_due_day IS NULL THEN 0
                    WHEN is_cancelled THEN (done_day > first_due_day)::int
                    WHEN first_done_day IS NOT NULL THEN 1
                    ELSE (first_due_day < today)::int END AS first_due
          FROM outcome
     LEFT JOIN book done ON done.calendar_key = outcome.calendar_key AND done.day = outcome.done_day
     LEFT JOIN book first_done ON first_done.calendar_key = outcome.calendar_key
           AND first_done.day = outcome.first_done_day
     LEFT JOIN book risk ON risk.calendar_key = outcome.calendar_key AND risk.opens = risk.day
           AND outcome.done_day IS NULL AND risk.rank = outcome.due_rank - outcome.buffer_days + 1
    ),
    measure AS (
        SELECT ended.id,
               order_team_id AS team_id, order_adv_user_id AS adv_user_id,
               COALESCE(order_date_requested, date_requested) AS date_requested,
               ordered AS qty_ordered, GREATEST(delivered, 0) AS qty_delivered, still_open AS qty_open,
               ROUND(still_open * COALESCE(unit_price, 0), currency_digits) AS amount_open,
               LEAST(GREATEST(on_time, 0), ordered) AS qty_on_time,
               LEAST(GREATEST(first_on_time, 0), first_ordered) AS first_qty_on_time,
               CASE WHEN is_cancelled THEN NULL ELSE done_day END AS date_delivered,
               CASE WHEN done_day IS NULL AND day_last IS NOT NULL THEN predicted END AS date_predicted,
               CASE WHEN is_cancelled THEN 'cancelled'
                    WHEN done_day IS NOT NULL THEN 'delivered'
                    WHEN due_day IS NULL THEN 'unpromised'
                    WHEN is_late THEN 'late'
                    WHEN is_hold THEN 'at_risk'
                    WHEN day_last IS NULL OR predicted > due_day THEN 'will_be_late'
                    WHEN day_next < today THEN 'at_risk'
                    WHEN NOT is_ready AND today >= risk_day THEN 'at_risk'
                    ELSE 'on_time' END AS status,
               due AS due_count,
               due * COALESCE((done_day <= due_day)::int, 0) AS on_time_count,
               due * (delivered >= ordered)::int AS in_full_count,
               due * COALESCE((done_day <= due_day AND delivered >= ordered)::int, 0) AS otif_count,
               first_due AS first_due_count,
               first_due * COALESCE((first_done_day <= first_due_day)::int, 0) AS first_on_time_count,
               first_due * (delivered >= first_ordered)::int AS first_in_full_count,
               first_due * COALESCE((first_done_day <= first_due_day AND delivered >= first_ordered)::int, 0)
                    AS first_otif_count,
               CASE WHEN is_cancelled OR due_day IS NULL THEN 0
                    WHEN done_day IS NOT NULL THEN done_day - due_day
                    WHEN is_late THEN today - due_day
                    ELSE 0 END AS delay_days,
               CASE WHEN is_cancelled OR due_day IS NULL THEN 0
                    WHEN done_day IS NOT NULL THEN COALESCE(done_rank - due_rank, done_day - due_day)
                    WHEN is_late THEN COALESCE(today_rank - due_rank, today - due_day)
                    ELSE 0 END AS delay_working_days,
               CASE WHEN is_cancelled OR first_due_day IS NULL THEN 0
                    WHEN first_done_day IS NOT NULL THEN first_done_day - first_due_day
                    WHEN first_due_day < today THEN today - first_due_day
                    ELSE 0 END AS first_delay_days,
               CASE WHEN is_cancelled OR first_due_day IS NULL THEN 0
                    WHEN first_done_day IS NOT NULL
                        THEN COALESCE(first_done_rank - first_due_rank, first_done_day - first_due_day)
                    WHEN first_due_day < today THEN COALESCE(today_rank - first_due_rank, today - first_due_day)
                    ELSE 0 END AS first_delay_working_days,
               CASE WHEN done_day IS NOT NULL THEN NULL
                    WHEN due_day < today OR first_due_day < today OR day_next < today THEN today + 1
                    ELSE LEAST(
                        due_day + 1, first_due_day + 1, day_next + 1,
                        CASE WHEN risk_day > today THEN risk_day END) END AS date_next_check
          FROM ended
    )
    """
)

MEASURED = (
    "team_id",
    "adv_user_id",
    "date_requested",
    "qty_ordered",
    "qty_delivered",
    "qty_open",
    "amount_open",
    "qty_on_time",
    "first_qty_on_time",
    "date_delivered",
    "date_predicted",
    "status",
    "due_count",
    "on_time_count",
    "in_full_count",
    "otif_count",
    "first_due_count",
    "first_on_time_count",
    "first_in_full_count",
    "first_otif_count",
    "delay_days",
    "delay_working_days",
    "first_delay_days",
    "first_delay_working_days",
    "date_next_check",
)


def update_measures(clock: SQL, book: SQL, lines: SQL, digits: int) -> SQL:
    """Return the UPDATE of all measured columns; rows that would not change are not written."""
    columns = [SQL.identifier(name) for name in MEASURED]
    return SQL(
        """
        WITH book AS MATERIALIZED (%(book)s), %(facts)s,
             %(stream)s, %(target)s, %(reached)s, %(outcome)s, %(measure)s
        UPDATE adv_commitment commitment
           SET %(assignments)s
          FROM measure
         WHERE measure.id = commitment.id
           AND (%(old)s) IS DISTINCT FROM (%(new)s)
        """,
        book=book,
        facts=_facts(clock, lines, digits),
        stream=_STREAM,
        target=_TARGET,
        reached=_REACHED,
        outcome=_OUTCOME,
        measure=_MEASURE,
        assignments=SQL(", ").join(SQL("%s = measure.%s", column, column) for column in columns),
        old=SQL(", ").join(SQL("commitment.%s", column) for column in columns),
        new=SQL(", ").join(SQL("measure.%s", column) for column in columns),
    )
