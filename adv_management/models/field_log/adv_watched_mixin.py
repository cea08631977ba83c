from odoo import api, models

from .adv_field_log import as_text
from .watched import WATCHED


class AdvWatchedMixin(models.AbstractModel):
    """Makes a document tell the field log who wrote which value when.

    What Odoo computes by itself does not pass ``write`` and is nobody's entry. Values
    given at creation need no entry either: they belong to who created the record.
    """

    _name = "adv.watched.mixin"
    _description = "Document whose entries are logged"

    def write(self, vals):
        names = [
            name
            for name in WATCHED[self._name]
            if name in vals and name in self._fields
        ]
        if not names:
            return super().write(vals)
        before = self._adv_snapshot(names)
        result = super().write(vals)
        self._adv_log_changes(names, before, self._adv_snapshot(names))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_logged(self):
        """Log lines that leave their order: that is how an article gets forgotten."""
        if "product_id" in WATCHED[self._name]:
            names = ["product_id"]
            self._adv_log_changes(
                names, self._adv_snapshot(names), [(None,)] * len(self)
            )

    def _adv_snapshot(self, names):
        """Return the watched values of each record, as text."""
        # sudo: who may not write is refused by ``write`` itself, in Odoo's own words.
        return [
            tuple(as_text(record[name]) for name in names) for record in self.sudo()
        ]

    def _adv_log_changes(self, names, before, after):
        for record, old_values, new_values in zip(
            self.sudo(), before, after, strict=True
        ):
            for name, old, new in zip(names, old_values, new_values, strict=True):
                if old != new:
                    self.env["adv.field.log"]._collect(record, name, old, new)
