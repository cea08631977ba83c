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

    def _get_evidence_record(self):
        return self.evidence_move_id.production_id or super()._get_evidence_record()

    def _name_supply(self, move):
        production = move.production_id
        if not production:
            return super()._name_supply(move)
        return self.env._("production %(name)s", name=production.name)

    def _get_supply_day(self, move):
        finished = move.production_id.date_finished
        return self._to_local_date(finished) or super()._get_supply_day(move)
