from odoo import fields, models


class AccountMove(models.Model):
    """The customer invoice as the order desk controls it."""

    _name = "account.move"
    _inherit = ["account.move", "adv.controlled.invoice", "adv.invoice.references"]

    adv_control_result_ids = fields.One2many(
        "adv.control.result",
        "move_id",
        "Controls",
        copy=False,
        groups="sales_team.group_sale_salesman,account.group_account_invoice",
    )

    def _post(self, soft=True):
        held = self._adv_gate_posting()
        posted = super(AccountMove, self - held)._post(soft=soft)
        self.env["adv.entry.error"]._watch_credit_notes(posted)
        return posted

    def _reverse_moves(self, default_values_list=None, cancel=False):
        values = self._adv_prepare_reversal(default_values_list)
        return super()._reverse_moves(values, cancel)
