from odoo import api, fields, models

from ..field_log.watched import WATCHED
from .proposal import Proposal


class AdvEntryErrorFinding(models.AbstractModel):
    """Source: what controls found.

    Found before the first confirmation it is a suspicion that nobody has to classify:
    the value that is confirmed in the end tells whether the error was caught. Found
    later it has escaped, and people classify it. What was waived is no error.
    """

    _name = "adv.entry.error.finding"
    _description = "Findings of Controls as Entry Errors"

    control_id = fields.Many2one(
        "adv.control", readonly=True, index="btree_not_null", ondelete="set null"
    )
    result_id = fields.Many2one(
        "adv.control.result",
        "Result of the control",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model
    def _follow_results(self, results):
        """Propose what these results found, and settle what they found before.

        What has passed is not told here, it is settled by the job (``_settle``).
        """
        # sudo: whoever passes a checkpoint need not see what it is part of.
        results = results.sudo().filtered(self._tells_errors)
        if not results:
            return
        self.sudo()._settle_watched(results)
        failed = results.filtered(lambda result: result.state == "failed")
        self._propose(
            [
                proposal
                for result in failed
                for proposal in self._prepare_findings(result)
            ]
        )

    @api.model
    def _tells_errors(self, result):
        """Return whether a control finds entry errors; a tick by hand finds nothing."""
        control = result.control_id
        return control.error_type_id and control.method != "manual"

    @api.model
    def _prepare_findings(self, result):
        order = self._get_order(result)
        return [
            self._prepare_finding(result, finding, line, order or line.order_id)
            for finding in result.finding_ids
            for line in self._get_order_line(finding)
            if order or line.order_id
            if self._is_on_order(result, finding)
        ]

    @api.model
    def _is_on_order(self, result, finding):
        """Return whether the fault is on the order, not on the card of the customer or
        the article. The other order of a duplicate is looked at there: it is found on
        the later one only.
        """
        return finding.fix_model in (False, "sale.order")

    @api.model
    def _get_order(self, result):
        if result.picking_id:
            return result.picking_id.sale_id
        orders = result.move_id.invoice_line_ids.sale_line_ids.order_id
        return result.order_id or (orders if len(orders) == 1 else orders.browse())

    @api.model
    def _get_order_line(self, finding):
        """Return a list of the only order line that a finding is about, maybe none."""
        line = (
            finding.sale_line_id
            or finding.move_line_id.sale_line_id
            or finding.invoice_line_id.sale_line_ids[:1]
        )
        return [line]

    @api.model
    def _prepare_finding(self, result, finding, line, order):
        control = result.control_id
        key = f"{control.id}:{finding.field_name or ''}:{finding.value_seen or ''}"
        return Proposal(
            order_id=order.id,
            code=self._get_code(control, finding),
            source="control",
            evidence=f"control:{key}",
            at=result.date,
            line_id=line.id or None,
            product_id=line.product_id.id or None,
            field_name=finding.field_name or None,
            value_wrong=self._get_wrong_value(finding),
            value_right=finding.value_expected or None,
            amount=finding.amount,
            extra={
                "control_id": control.id,
                "result_id": result.id,
                "note": finding.text or None,
            },
        )

    @api.model
    def _get_wrong_value(self, finding):
        """Return the wrong value; what an own condition reads is spelt for programs."""
        if not finding.field_name and finding.result_id.control_id.method == "domain":
            return None
        return finding.value_seen or None

    @api.model
    def _get_code(self, control, finding):
        """Return the code of the type of error; whether a wrong price was typed as a
        price or as a discount, its field says: two controls then find one error.
        """
        code = control.error_type_id.code
        typed = WATCHED["sale.order.line"].get(finding.field_name)
        return typed if {code, typed} == {"PRX", "REM"} else code

    # ----------------------------------------------------------------------------------
    # Found before the confirmation
    # ----------------------------------------------------------------------------------

    @api.model
    def _settle_watched(self, results):
        """Settle what these controls had found on orders that were not confirmed."""
        watched = self.search(
            [
                ("control_id", "in", results.control_id.ids),
                ("order_id", "in", results.order_id.ids),
                ("state", "=", "suspected"),
                ("moment", "=", "before_confirmation"),
            ]
        )
        by_key = {(each.control_id, each.order_id): each for each in results}
        for error in watched:
            if result := by_key.get((error.control_id, error.order_id)):
                error._follow_result(result)

    def _follow_result(self, result):
        """Follow the control: still wrong, waived, or put right before anybody lost."""
        if result.state == "error":
            return
        same = result.finding_ids.filtered(
            lambda finding: (
                finding.sale_line_id.id == self.line_id.id
                and (finding.field_name or False) == self.field_name
            )
        )[:1]
        if result.state == "failed" and same:
            wrong = self._get_wrong_value(same)
            self.write({"value_wrong": wrong, "amount_cost": abs(same.amount)})
        elif result.state != "waived" and self._has_changed():
            self.write(self._prepare_caught(self._get_present_value()))
        else:
            # Another rule or another tolerance: nobody corrected anything.
            self.unlink()

    def _has_changed(self):
        """Return whether the wrong value has gone; a rule about the whole document has
        no value, but does not fail any more.
        """
        present = self._get_present_value()
        return not self.field_name or (present or False) != self.value_wrong

    def _prepare_caught(self, value):
        return {"state": "confirmed", "value_right": value or self.value_right}
