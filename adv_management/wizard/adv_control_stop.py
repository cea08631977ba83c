from odoo import api, fields, models


class AdvControlStop(models.TransientModel):
    """Shows what stops documents, with what to do about each control."""

    _name = "adv.control.stop"
    _description = "Stopped by Controls"

    result_ids = fields.Many2many("adv.control.result", string="Controls")
    document_name = fields.Char(compute="_compute_document_name")
    is_settled = fields.Boolean(compute="_compute_is_settled")

    @api.depends("result_ids")
    def _compute_document_name(self):
        for stop in self:
            names = dict.fromkeys(stop.result_ids.mapped("document_name"))
            stop.document_name = ", ".join(names)

    @api.depends("result_ids.state")
    def _compute_is_settled(self):
        for stop in self:
            stop.is_settled = not any(
                result.state == "failed" for result in stop.result_ids
            )

    def _get_action(self):
        """Return the action that shows this dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Stopped by the controls"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": self.env.context,
        }

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
