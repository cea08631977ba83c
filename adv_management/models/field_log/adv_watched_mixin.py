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
        names = [name for name in self._adv_get_watched() if name in vals]
        if not names:
            return super().write(vals)
        before = self._adv_snapshot(names)
        result = super().write(vals)
        self._adv_log_changes(before, self._adv_snapshot(names))
        return result

    def _adv_log_added(self):
        """Log lines that were added to an order that had been accepted: forgotten ones.

        The log itself leaves out those of orders that never were.
        """
        log = self.env["adv.field.log"]
        now = self.env.cr.now()
        for line in self:
            # A new order has no past: nothing is asked of the database for it.
            made = line.order_id.create_date or now
            is_known = line.state == "sale" or made < now
            if is_known and line.product_id:
                log._collect(line, "product_id", None, as_text(line.product_id))

    @api.ondelete(at_uninstall=False)
    def _unlink_if_logged(self):
        """Log lines that leave their order: that is how an article gets forgotten."""
        names = [name for name in self._adv_get_watched() if name == "product_id"]
        self._adv_log_changes(self._adv_snapshot(names), {})

    def _adv_get_watched(self):
        """Return the watched fields that this database knows."""
        return [name for name in WATCHED.get(self._name, ()) if name in self._fields]

    def _adv_snapshot(self, names):
        """Return the values of saved records as ``{(record, name): text}``."""
        # sudo: who may not write is refused by ``write`` itself, in Odoo's own words.
        saved = self.sudo().filtered("id")
        return {
            (record, name): as_text(record[name]) for record in saved for name in names
        }

    def _adv_log_changes(self, before, after):
        log = self.env["adv.field.log"]
        for (record, name), old in before.items():
            new = after.get((record, name))
            if old != new:
                log._collect(record, name, old, new)
