from odoo import api, fields, models

from . import queries
from .finding import PASSED

_PENDING = "adv_management.control"


class AdvControlRecording(models.AbstractModel):
    """Stores what controls found, so that the evidence outlives the moment."""

    _name = "adv.control.recording"
    _description = "Recording of Results"

    @api.model
    def _record(self, documents, outcomes):
        """Store outcomes now.

        :param documents: all of them of one model
        :return: the results, as the user sees them
        """
        results = self.env["adv.control.result"]
        if not outcomes:
            return results
        column = results._get_document_field(documents._name)
        # sudo: what is stored is what the documents showed to whoever passes them.
        known = {document.id: document for document in documents.sudo()}
        rows = [self._prepare_row(known[o.verdict.document], o) for o in outcomes]
        findings = [
            _prepare_finding(o.verdict, finding)
            for o in outcomes
            for finding in o.verdict.findings
        ]
        results.flush_model()
        moment = fields.Datetime.now()
        statement = queries.record(column, rows, findings, moment, self.env.uid)
        states = {(o.verdict.control, o.verdict.document): o.state for o in outcomes}
        found = {
            id_: states[control, document]
            for id_, control, document in self.env.execute_query(statement)
        }
        results = results.browse(found)
        self._forget_cached(documents, results)
        wrong = [id_ for id_, state in found.items() if state != PASSED]
        if wrong:
            # sudo: what follows is not for whoever passed the checkpoint to do.
            results.browse(wrong).sudo()._after_store()
        return results

    @api.model
    def _prepare_row(self, document, outcome):
        verdict = outcome.verdict
        return {
            "control_id": verdict.control,
            "document_id": document.id,
            "company_id": (document.company_id or self.env.company).id,
            "partner_id": document.partner_id.commercial_partner_id.id or None,
            "name": outcome.name,
            "checkpoint": outcome.checkpoint,
            "severity": outcome.severity,
            "state": outcome.state,
            "text": verdict.text or None,
            "amount": verdict.amount,
            "fingerprint": " ".join(verdict.marks) or None,
            "error": verdict.error,
        }

    @api.model
    def _forget_cached(self, documents, results):
        """Have what the database knows better read again."""
        results.flush_recordset()
        documents.invalidate_recordset(["adv_control_result_ids"], flush=False)
        results.invalidate_recordset(flush=False)
        self.env["adv.control.finding"].invalidate_model(flush=False)

    # ----------------------------------------------------------------------------------
    # At the end of the transaction
    # ----------------------------------------------------------------------------------

    @api.model
    def _record_later(self, documents, outcomes):
        """Store outcomes in one statement before this transaction commits; the last
        word on a document holds.
        """
        pending = self._get_pending()["outcomes"]
        for outcome in outcomes:
            key = (documents._name, outcome.verdict.control, outcome.verdict.document)
            pending[key] = outcome

    @api.model
    def _note(self, documents, checkpoint):
        """Have documents judged after the commit by what stops nobody."""
        rules = {
            company: any(
                rule[1] == checkpoint
                for rule in self.env["adv.control"]._get_rules(company.id)
            )
            for company in documents.company_id
        }
        noted = documents.filtered(lambda document: rules.get(document.company_id))
        if noted:
            self._get_pending()["notes"].update(
                ((noted._name, id_, checkpoint), self.env.uid) for id_ in noted.ids
            )

    @api.model
    def _get_pending(self):
        precommit = self.env.cr.precommit
        if _PENDING not in precommit.data:
            precommit.data[_PENDING] = {"outcomes": {}, "notes": {}}
            # su=False keeps who acted: results name the user.
            precommit.add(self._write_pending)
        return precommit.data[_PENDING]

    @api.model
    def _write_pending(self):
        pending = self.env.cr.precommit.data.pop(_PENDING, None)
        if not pending:
            return
        by_model = {}
        for (model, _control, _id), outcome in pending["outcomes"].items():
            by_model.setdefault(model, []).append(outcome)
        for model, outcomes in by_model.items():
            ids = {o.verdict.document for o in outcomes}
            documents = self.env[model].browse(ids).sudo().exists()
            living = set(documents.ids)
            outcomes = [o for o in outcomes if o.verdict.document in living]
            self._record(documents, outcomes)
        if pending["notes"]:
            self._write_notes(pending["notes"])

    @api.model
    def _write_notes(self, notes):
        cron = self.env["ir.model.data"]._xmlid_to_res_id(
            "adv_management.ir_cron_adv_check_controls"
        )
        rows = [(*key, user) for key, user in notes.items()]
        note = queries.note(rows, fields.Datetime.now())
        self.env["adv.noting"]._note_last(note, cron)


def _prepare_finding(verdict, finding):
    fix_model, fix_id = finding.fix or (None, None)
    return {
        "control_id": verdict.control,
        "document_id": verdict.document,
        "line_id": finding.line,
        "field_name": finding.field,
        "text": finding.text,
        "value_seen": finding.seen or None,
        "value_expected": finding.expected or None,
        "amount": finding.amount,
        "fix_model": fix_model,
        "fix_id": fix_id,
    }
