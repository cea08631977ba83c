from odoo import api
from odoo.api import SUPERUSER_ID

from odoo.addons.adv_management.models.control.finding import Finding, Verdict


def migrate(cr, version):
    """Keep what people decided: what a waiver covers is told by finding now."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    results = env["adv.control.result"].search(
        [
            ("finding_ids", "!=", False),
            *("|", ("date_waived", "!=", False), ("date_requested", "!=", False)),
        ]
    )
    for result in results:
        result.fingerprint = " ".join(_read_verdict(result).marks)
    results.flush_recordset()


def _read_verdict(result):
    customer = result._get_document().partner_id.commercial_partner_id.id
    is_duplicate = result.control_id.code == "duplicate_order"
    findings, about = [], []
    for row in result.finding_ids:
        line = row.sale_line_id or row.move_line_id or row.invoice_line_id
        found = Finding(
            0,
            "",
            line=line.id,
            field=row.field_name,
            seen=row.value_seen,
            expected=row.value_expected,
            amount=row.amount,
            covers=tuple((row.value_seen or "").split(",")) if is_duplicate else (),
        )
        findings.append(found)
        about.append((customer, line.product_id.id or 0))
    return Verdict(0, 0, tuple(findings), about=tuple(about))
