from odoo import api, fields, models
from odoo.tools import clean_context


class AdvControlStop(models.TransientModel):
    """Shows what stops documents, with what to do about each control."""

    _name = "adv.control.stop"
    _description = "Stopped by Controls"

    result_ids = fields.Many2many("adv.control.result", string="Controls")
    document_name = fields.Char(compute="_compute_document_name")
    is_settled = fields.Boolean(compute="_compute_is_settled")
    is_decided = fields.Boolean(compute="_compute_is_settled")
    is_many = fields.Boolean(compute="_compute_document_name")

    @api.depends("result_ids")
    def _compute_document_name(self):
        for stop in self:
            names = dict.fromkeys(stop.result_ids.mapped("document_name"))
            stop.document_name = ", ".join(names)
            stop.is_many = len(names) > 1

    @api.depends("result_ids.state", "result_ids.decision")
    def _compute_is_settled(self):
        for stop in self:
            stop.is_settled = not any(
                result.state == "failed" for result in stop.result_ids
            )
            stop.is_decided = any(stop.result_ids.mapped("decision"))

    def _get_action(self):
        """Return the action that shows this dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Stopped by the controls"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": clean_context(self.env.context),
        }

    @api.model
    def _get_current(self):
        """Return the dialog from which a button was pressed, if any."""
        return self.browse(self.env.context.get("adv_stop_id") or []).exists()

    @api.model
    def _get_back(self):
        """Return the action that shows the dialog again from which a button was
        pressed; else the one that closes what is open.
        """
        if stop := self._get_current():
            return stop._get_action()
        return {"type": "ir.actions.act_window_close"}

    def action_go_on(self):
        """Try once more what was stopped.

        :return: what the document's own button returns, which may be this dialog again
        """
        self.ensure_one()
        checkpoint = self.result_ids[:1].checkpoint
        documents = self.result_ids._get_documents()
        button = {
            "quotation": "action_quotation_send",
            "confirmation": "action_adv_confirm",
            "release": "action_adv_release",
            "shipment": "button_validate",
            "invoice": "action_adv_post",
        }[checkpoint]
        if checkpoint == "confirmation" and documents[:1].adv_is_parked:
            button = "action_adv_release"
        result = getattr(documents, button)()
        closed = {"type": "ir.actions.act_window_close"}
        return result if isinstance(result, dict) else closed
