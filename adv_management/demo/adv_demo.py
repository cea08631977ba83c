import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class AdvDemo(models.AbstractModel):
    """The door of the demo story: a trading company's last twelve months."""

    _name = "adv.demo"
    _description = "Demo Story"

    @api.model
    def _load_story(self, today=None):
        """Tell the story up to ``today`` (default: the current date).

        Returns its company; none if it was already told or time cannot be frozen.
        """
        from . import clock, company

        if clock.freeze_time is None:
            _logger.info(
                "Demo story skipped: the Python package freezegun is not installed."
            )
            return self.env["res.company"]
        if company.existing_company(self.env):
            _logger.info(
                "Demo story skipped: %s exists in this database.", company.NAME
            )
            return self.env["res.company"]
        from .player import Player

        in_paris = self.with_context(tz="Europe/Paris")
        today = today or fields.Date.context_today(in_paris)
        return Player(self.env(su=True), today).play()
