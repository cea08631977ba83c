"""The SQL of controls: results are written for whole sets, in one statement."""

import json

from odoo.tools import SQL

# The column that leads to a document's line, by the document's own column.
LINE_COLUMN = {
    "order_id": "sale_line_id",
    "picking_id": "move_line_id",
    "move_id": "invoice_line_id",
}


def record(column: str, rows, findings, moment, user_id: int) -> SQL:
    """Return the statement that stores results of one kind of document and what was
    found; it returns ``(id, control, document)`` of the results.

    Content that is added lets a waiver fall, and a request for one.

    :param column: of the result, that holds the document
    :param rows: dicts of ``control_id, document_id, company_id, partner_id, name,
        checkpoint, severity, state, text, amount, fingerprint, error``
    :param findings: dicts of ``control_id, document_id, line_id, field_name, text,
        value_seen, value_expected, amount, fix_model, fix_id``
    :param moment: naive UTC
    """
    document = SQL.identifier(column)
    line = SQL.identifier(LINE_COLUMN[column])
    kept = SQL(", ").join(
        SQL(
            "%(name)s = CASE WHEN string_to_array(EXCLUDED.fingerprint, ' ') "
            "<@ string_to_array(result.fingerprint, ' ') THEN result.%(name)s END",
            name=SQL.identifier(name),
        )
        for name in (
            "waiver_reason",
            "waived_by_id",
            "date_waived",
            "requested_by_id",
            "date_requested",
        )
    )
    return SQL(
        """
        WITH entry AS (
            SELECT entry.*
              FROM jsonb_to_recordset(%(rows)s::jsonb) AS entry(
                   control_id int, document_id int, company_id int, partner_id int,
                   name varchar, checkpoint varchar, severity varchar, state varchar,
                   text text, amount numeric, fingerprint varchar, error text)
        ), stored AS (
            INSERT INTO adv_control_result AS result
                (control_id, %(document)s, company_id, partner_id, name, checkpoint,
                 severity, state, text, amount, fingerprint, error, user_id, date)
            SELECT control_id, document_id, company_id, partner_id, name, checkpoint,
                   severity, state, text, amount, fingerprint, error,
                   %(user)s, %(moment)s
              FROM entry
             ORDER BY control_id, document_id
            ON CONFLICT (control_id, %(document)s) WHERE %(document)s IS NOT NULL
            DO UPDATE SET %(kept)s,
                   name = EXCLUDED.name, checkpoint = EXCLUDED.checkpoint,
                   severity = EXCLUDED.severity, state = EXCLUDED.state,
                   text = EXCLUDED.text, amount = EXCLUDED.amount,
                   fingerprint = EXCLUDED.fingerprint, error = EXCLUDED.error,
                   partner_id = EXCLUDED.partner_id, company_id = EXCLUDED.company_id,
                   user_id = EXCLUDED.user_id, date = EXCLUDED.date
            RETURNING result.id, result.control_id, result.%(document)s AS document_id
        ), gone AS (
            DELETE FROM adv_control_finding finding
             USING adv_control_result result, entry
             WHERE finding.result_id = result.id
               AND result.control_id = entry.control_id
               AND result.%(document)s = entry.document_id
        ), written AS (
            INSERT INTO adv_control_finding
                (result_id, %(line)s, field_name, text, value_seen, value_expected,
                 amount, fix_model, fix_id)
            SELECT stored.id, finding.line_id, finding.field_name, finding.text,
                   finding.value_seen, finding.value_expected, finding.amount,
                   finding.fix_model, finding.fix_id
              FROM jsonb_to_recordset(%(findings)s::jsonb) AS finding(
                   control_id int, document_id int, line_id int, field_name varchar,
                   text text, value_seen varchar, value_expected varchar,
                   amount numeric, fix_model varchar, fix_id int)
              JOIN stored ON stored.control_id = finding.control_id
                         AND stored.document_id = finding.document_id
        )
        SELECT id, control_id, document_id FROM stored
        """,
        rows=json.dumps(rows),
        findings=json.dumps(findings),
        document=document,
        line=line,
        kept=kept,
        user=user_id,
        moment=moment,
    )


def note(rows, moment) -> SQL:
    """Return the insert that notes documents to judge after the commit.

    :param rows: ``(model, id, checkpoint, user id)``
    """
    models, ids, checkpoints, users = (
        list(column) for column in zip(*rows, strict=True)
    )
    return SQL(
        """
        INSERT INTO adv_control_todo (model, res_id, checkpoint, user_id, date)
        SELECT noted.*, %(now)s
          FROM unnest(%(models)s::text[], %(ids)s::int[], %(checkpoints)s::text[],
                      %(users)s::int[]) AS noted
        """,
        models=models,
        ids=ids,
        checkpoints=checkpoints,
        users=users,
        now=moment,
    )


def take(limit: int) -> SQL:
    """Return the deletion of the oldest notes that nobody else holds; it returns
    ``(model, checkpoint, id, user id)``.
    """
    return SQL(
        """
        DELETE FROM adv_control_todo
         WHERE id IN (SELECT id FROM adv_control_todo
                       ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
        RETURNING model, checkpoint, res_id, user_id
        """,
        limit,
    )
