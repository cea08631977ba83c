"""What is right in a ledger after a storm; loaded by its path, as ``jobs``."""

import json
import sys


def check_storm(env):
    """Drain what is left, then print what a fresh run over everything would change."""
    commitments = env["adv.commitment"]
    commitments._cron_refresh()
    before = _read(env)
    lines = commitments.search([]).sale_line_id
    commitments._refresh(lines.ids)
    after = _read(env)
    promised = env["sale.order.line"].search(
        [("state", "=", "sale")] + list(commitments._get_promised_line_domain())
    )
    env.cr.execute("SELECT COUNT(*) FROM adv_commitment_todo")
    [waiting] = env.cr.fetchone()
    result = {
        "count": len(lines),
        "waiting": waiting,
        "unpromised": (promised - lines).ids,
        "wrong": [row for row in after if row not in before],
        "unapplied": _find_unapplied(commitments.search([])),
        "unbalanced": _find_unbalanced(
            commitments.search([("order_id.state", "=", "sale")])
        ),
    }
    sys.stdout.write(f"\nresult {json.dumps(result, default=str)}\n")


def _read(env):
    rows = []
    for table in ("adv_commitment", "adv_commitment_revision"):
        env.cr.execute(f"SELECT to_jsonb(row) FROM {table} row ORDER BY id")
        rows += [row for (row,) in env.cr.fetchall()]
    return rows


def _find_unapplied(commitments):
    """Promises that do not show what was decided last, or not yet."""
    found = []
    for commitment in commitments:
        history = commitment.revision_ids.sorted("id")
        agreed = history.filtered(lambda each: each.kind == "date" and each.is_accepted)
        causes = history.filtered(lambda each: each.kind == "cause")
        last = causes[-1:].cause_id
        if (
            any(history.mapped("is_pending"))
            or (agreed and agreed[-1].date_new != commitment.date_promise)
            or commitment.is_cause_manual != bool(last)
            or (last and last != commitment.cause_id)
        ):
            found.append((commitment.id, history.read(["kind", "date_new"])))
    return found


def _find_unbalanced(commitments):
    """Orders at work whose history does not add up to the quantity of the line."""
    found = []
    for commitment in commitments:
        history = commitment.revision_ids.filtered(lambda each: each.kind == "quantity")
        noted = commitment.qty_first_promise + sum(history.mapped("qty_delta"))
        if noted != commitment.sale_line_id.product_uom_qty:
            found.append((commitment.id, noted, history.mapped("qty_delta")))
    return found
