"""What people decided about promises and nobody has applied yet."""

from odoo.tools import SQL

from .facts import facts, stream
from .sources import LEDGER, REVISIONS, Sources

PENDING = SQL("SELECT DISTINCT commitment_id FROM %s WHERE is_pending", REVISIONS)


def judge_decisions(clock: SQL, lines: SQL, digits: int, sources: Sources) -> SQL:
    """Return what waits to be applied, and how things stood when it was decided.

    A delivery of the same second leaves the decision its due: who decided saw the line
    open. Cuts count from the end of their day, as everywhere.

    :return: the promises so far, the decisions in their order, ``is_done``: nothing was
        left to deliver, ``is_first_done``: nor of what had been promised first
    """
    return SQL(
        """
        WITH %(facts)s, %(stream)s,
        owed AS (
            SELECT scope.id, scope.qty_first_promise AS first_qty,
                   COALESCE(SUM(revision.qty_delta), 0) AS raised
              FROM scope
         LEFT JOIN %(revisions)s revision ON revision.commitment_id = scope.id
               AND revision.kind = 'quantity' AND revision.origin = 'customer'
               AND revision.qty_delta > 0
          GROUP BY scope.id, scope.qty_first_promise
        ),
        happened AS (
            SELECT stream.*, owed.first_qty, owed.raised,
                   -- what came back before the end keeps no line open for ever
                   CASE WHEN COALESCE(goods.open, 0) = 0
                         AND MAX(stream.net + stream.cut)
                             OVER (PARTITION BY stream.commitment_id)
                             < owed.first_qty + owed.raised
                        THEN stream.gross ELSE stream.net END AS had
              FROM stream
              JOIN owed ON owed.id = stream.commitment_id
         LEFT JOIN goods ON goods.commitment_id = stream.commitment_id
        )
        SELECT decision.id, decision.commitment_id, decision.kind, decision.origin,
               decision.is_accepted, decision.date_new,
               decision.cause_id AS cause_chosen_id, decision.date_effective AS day,
               commitment.date_first_promise, commitment.date_headline,
               commitment.date_promise, commitment.date_announced,
               commitment.cause_id, commitment.is_cause_manual,
               COALESCE(BOOL_OR(had + cut >= first_qty + raised), FALSE) AS is_done,
               COALESCE(BOOL_OR(had + GREATEST(cut - raised, 0) >= first_qty), FALSE)
                   AS is_first_done
          FROM %(revisions)s decision
          JOIN %(ledger)s commitment ON commitment.id = decision.commitment_id
          JOIN scope ON scope.id = commitment.id
     LEFT JOIN happened ON happened.commitment_id = commitment.id
           AND (happened.day < decision.date_effective
                OR happened.day = decision.date_effective AND happened.turn = 0
               AND happened.moment < date_trunc('second', decision.create_date))
         WHERE decision.is_pending
      GROUP BY decision.id, commitment.id
      ORDER BY decision.id
        """,
        facts=facts(clock, lines, digits, sources),
        stream=stream(digits, sources),
        revisions=sources.revisions,
        ledger=sources.ledger,
    )


def apply_promises(rows) -> SQL:
    """Return the UPDATE of what decisions moved.

    :param rows: ``(commitment id, *tools.promises.Promise)``
    """
    columns = [list(column) for column in zip(*rows, strict=True)]
    return SQL(
        """
        UPDATE %s commitment
           SET date_first_promise = moved.date_first_promise,
               date_headline = moved.date_headline,
               date_promise = moved.date_promise,
               date_announced = moved.date_announced,
               cause_id = moved.cause_id, is_cause_manual = moved.is_cause_manual
          FROM unnest(%s::int[], %s::date[], %s::date[], %s::date[], %s::date[],
                      %s::int[], %s::bool[])
            AS moved(id, date_first_promise, date_headline, date_promise,
                     date_announced, cause_id, is_cause_manual)
         WHERE moved.id = commitment.id
        """,
        LEDGER,
        *columns,
    )


def settle_decisions(ids) -> SQL:
    """Return the UPDATE that keeps decisions from being applied once more."""
    return SQL("UPDATE %s SET is_pending = FALSE WHERE id = ANY(%s)", REVISIONS, ids)
