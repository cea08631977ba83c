from odoo import api, models
from odoo.tools import SQL

from . import queries


class AdvCommitment(models.Model):
    """The promise of a kit, or of goods that are still to be made."""

    _inherit = "adv.commitment"

    @api.model
    def _get_kit_condition(self) -> SQL:
        """Kits promise like other goods: their components tell what is delivered."""
        return SQL("FALSE")

    @api.model
    def _get_sources(self):
        sources = super()._get_sources()
        return sources._replace(
            origins=(*sources.origins, queries.ORIGINS),
            parts=queries.PARTS,
            waiting=(
                *sources.waiting,
                queries.WAITING_KITS,
                queries.WAITING_PRODUCTIONS,
            ),
        )

    def _explain_receipt(self, step, receipt):
        production = receipt and receipt.production_id
        if not production:
            return super()._explain_receipt(step, receipt)
        day = self._to_local_date(production.date_finished or receipt.date)
        facts = {"production": production.name, "day": self._in_words(day)}
        if day < self._get_today():
            return self.env._(
                "Production %(production)s should have ended %(day)s.", **facts
            )
        return self.env._("Production %(production)s ends %(day)s.", **facts)
