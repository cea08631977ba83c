from odoo import api, fields, models
from odoo.tools import SQL

from . import queries


class AdvCommitmentTogether(models.AbstractModel):
    """Ties the lines of a delivery that leaves all at once: none goes before the last.

    Lines are tied by the open transfer they share as long as its policy is "when all
    products are ready"; a backorder or another policy unties them.
    """

    _name = "adv.commitment.together"
    _description = "Commitments that Leave Together"

    @api.model
    def _with_mates(self, lines: SQL) -> SQL:
        """Return the condition of these lines and of all that leaves with them."""
        mates = [line for _id, line in self.env.execute_query(queries.mates(lines))]
        if not mates:
            return lines
        return SQL("(%s OR commitment.sale_line_id = ANY(%s))", lines, mates)

    @api.model
    def _take_mates(self, line_ids) -> list:
        """Lock what leaves together with these lines, to be measured with them.

        What somebody holds is noted for the next run, which finds its mates again; of
        what people changed the note waits already, and tells since when.

        :return: ids of ``sale.order.line``
        """
        cr = self.env.cr
        cr.execute(
            queries.take_mates(line_ids, fields.Datetime.now()), log_exceptions=False
        )
        return [line for (line,) in cr.fetchall()]

    def _get_latest_mates(self):
        """Return ``{commitment: commitment}``: whose goods each of these waits for,
        where it leaves together with something that is less ready than itself.
        """
        waiting = self.filtered("qty_open").ids
        rows = self.env.execute_query(queries.latest_mates(waiting))
        mates = self.browse(mate for _id, mate in rows)
        return {
            self.browse(own): mate
            for (own, _mate), mate in zip(rows, mates, strict=True)
            if own != mate.id
        }

    def _explain_together(self, mate):
        """Say with what the goods leave, if they wait for it."""
        if mate == self:
            return ""
        return self.env._(
            "Leaves together with %(product)s.", product=mate.product_id.display_name
        )
