from odoo import api, models


class AdvCommitment(models.Model):
    """What is measured of promises opens, updates and closes their alerts."""

    _inherit = "adv.commitment"

    @api.model
    def _after_refresh(self, frame, line_ids):
        result = super()._after_refresh(frame, line_ids)
        # sudo: the engine follows what was measured, whoever caused it.
        self.env["adv.delay.alert"].sudo()._sync(line_ids, frame)
        return result

    def _change_promise(self, date_new, origin, *, is_accepted=False, **evidence):
        revisions = super()._change_promise(
            date_new, origin, is_accepted=is_accepted, **evidence
        )
        if is_accepted and origin == "internal":
            # He who accepted our date was told it.
            self._mark_told(announced=date_new)
        return revisions

    def _mark_told(self, day=None, announced=None):
        """Note that the customer was told about these promises.

        :param day: local date on which he was told; today if None
        :param announced: the date he was told the goods will come, if he was
        """
        # sudo: whoever may inform the customer; the figures are not typed.
        self.env["adv.delay.alert.line"].sudo().search(
            [("commitment_id", "in", self.ids), ("is_open", "=", True)]
        )._mark_told(day, announced)
