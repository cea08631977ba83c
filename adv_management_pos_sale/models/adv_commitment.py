from odoo import api, models

from . import queries


class AdvCommitment(models.Model):
    """The promise that a till keeps."""

    _inherit = "adv.commitment"

    @api.model
    def _get_sources(self):
        return (
            super()
            ._get_sources()
            ._replace(handed=queries.HANDED, carriers=queries.CARRIERS)
        )
