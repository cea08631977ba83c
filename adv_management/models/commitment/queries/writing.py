"""What is measured, written: where it changed, or a whole history at once."""

from odoo.tools import SQL

from .measures import measures
from .sources import Sources

MEASURED = (
    "product_id",
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
    "date_to_leave",
    "evidence_move_id",
    "cause_id",
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


def update_measures(
    clock: SQL,
    book: SQL,
    steps: SQL,
    lines: SQL,
    digits: int,
    sources: Sources,
    written: SQL,
) -> SQL:
    """Return the UPDATE of all measured columns, of the rows that would change; it
    returns their order lines.

    :param written: condition on ``commitment``: those of ``lines`` that are locked
    """
    columns = [SQL.identifier(name) for name in MEASURED]
    return SQL(
        """
        %(measures)s
        UPDATE adv_commitment commitment
           SET %(assignments)s
          FROM caused measure
         WHERE measure.id = commitment.id AND %(written)s
           AND (%(old)s) IS DISTINCT FROM (%(new)s)
     RETURNING commitment.sale_line_id
        """,
        measures=measures(clock, book, steps, lines, digits, sources),
        written=written,
        assignments=SQL(", ").join(
            SQL("%s = measure.%s", column, column) for column in columns
        ),
        old=SQL(", ").join(SQL("commitment.%s", column) for column in columns),
        new=SQL(", ").join(SQL("measure.%s", column) for column in columns),
    )


def read_statuses(
    clock: SQL, book: SQL, steps: SQL, lines: SQL, digits: int, sources: Sources
) -> SQL:
    """Return ``(commitment_id, status)`` as measured, without writing it."""
    return SQL(
        "%s SELECT measure.id, measure.status FROM caused measure",
        measures(clock, book, steps, lines, digits, sources),
    )


def insert_measured(
    clock: SQL, book: SQL, steps: SQL, digits: int, sources: Sources, names
) -> SQL:
    """Return the INSERT of a whole draft into the ledger, measured on the way.

    :param sources: their ledger is the draft, which holds the promises
    :param names: the ledger's columns
    """
    return SQL(
        """
        INSERT INTO adv_commitment (%(names)s)
        %(measures)s
        SELECT %(values)s
          FROM %(draft)s draft
          JOIN caused measure ON measure.id = draft.id
        """,
        names=SQL(", ").join(map(SQL.identifier, names)),
        measures=measures(clock, book, steps, SQL("TRUE"), digits, sources),
        values=SQL(", ").join(
            SQL.identifier("measure" if name in MEASURED else "draft", name)
            for name in names
        ),
        draft=sources.ledger,
    )
