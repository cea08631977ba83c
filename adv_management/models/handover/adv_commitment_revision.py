from odoo import api, models


class AdvCommitmentRevision(models.Model):
    """A changed promise reaches the warehouse that is already preparing the goods."""

    _name = "adv.commitment.revision"
    _inherit = ["adv.commitment.revision"]

    # What two revisions have in common that are one change for the warehouse.
    _CHANGE = ("date_old", "date_new", "origin", "is_accepted", "reason")

    @api.model_create_multi
    def create(self, vals_list):
        revisions = super().create(vals_list)
        # Of an order confirmed again the warehouse gets new transfers.
        moved = revisions.filtered(
            lambda revision: (
                revision.kind == "date" and revision.source != "reconfirmed"
            )
        )
        if moved:
            self.env["adv.release.note"]._watch_promises(moved)
        return revisions

    def _word_change(self):
        """Return what this change of the date means for the warehouse, and why."""
        in_words = self.env["adv.commitment"]._in_words
        facts = {"new": in_words(self.date_new), "old": in_words(self.date_old)}
        if not self.date_old:
            sentence = self.env._("Promised for %(new)s.", **facts)
        elif self.origin == "customer":
            sentence = self.env._(
                "Promised for %(new)s instead of %(old)s: the customer asked for it.",
                **facts,
            )
        elif self.is_accepted:
            sentence = self.env._(
                "Promised for %(new)s instead of %(old)s: the customer accepted it.",
                **facts,
            )
        else:
            sentence = self.env._(
                "Now planned for %(new)s, still promised for %(old)s.", **facts
            )
        return f"{sentence} ({self.reason})" if self.reason else sentence
