from odoo import api, fields, models
from odoo.tools import SQL

_PRECOMMIT_KEY = "adv_management.commitment"
# In the context of whoever writes a date that the history already tells; no other
# program can send this very object.
RECORDED = object()

_NOTE = """
    INSERT INTO adv_commitment_todo
           (sale_line_id, product_id, user_id, date_seen, line_qty, order_state)
    SELECT noted.line_id, NULL::int, noted.user_id, %(now)s::timestamp,
           line.product_uom_qty, line.state
      FROM unnest(%(lines)s::int[], %(users)s::int[]) AS noted(line_id, user_id)
 LEFT JOIN sale_order_line line ON line.id = noted.line_id
 UNION ALL
    SELECT NULL, id, %(user)s, %(now)s, NULL, NULL
      FROM unnest(%(products)s::int[]) AS product(id)
"""


class AdvCommitmentNoting(models.AbstractModel):
    """Notes in the user's transaction what the engine will measure after it.

    Doors call :meth:`_touch`; one statement at the end of the transaction notes the
    lines in ``adv.commitment.todo``.
    """

    _name = "adv.commitment.noting"
    _description = "Noted Changes of Commitments"

    @api.model
    def _touch(self, line_ids, *, is_order=False, is_confirmed=False):
        """Note that facts of these order lines changed; costs nothing without lines.

        :param line_ids: ids of ``sale.order.line``
        :param is_order: the change came from the order, which may have made new
            promises
        :param is_confirmed: the orders have just been confirmed
        """
        if not line_ids:
            return
        noted = self._get_noted()
        noted["lines"].update(dict.fromkeys(line_ids, self.env.uid))
        if is_order:
            noted["order"].update(line_ids)
        if is_confirmed:
            noted["confirmed"].update(line_ids)

    @api.model
    def _touch_goods(self, product_ids):
        """Note that supply or demand of these products changed.

        :param product_ids: ids of ``product.product``
        """
        if product_ids:
            self._get_noted()["goods"].update(product_ids)

    @api.model
    def _get_noted(self):
        """Return what this transaction noted so far, written before it commits."""
        precommit = self.env.cr.precommit
        noted = precommit.data.get(_PRECOMMIT_KEY)
        if noted is None:
            noted = {"lines": {}, "order": set(), "confirmed": set(), "goods": set()}
            precommit.data[_PRECOMMIT_KEY] = noted
            # sudo: the hook writes ids, users and times of changes that were allowed.
            precommit.add(self.sudo()._note_touched)
        return noted

    @api.model
    def _touch_open(self, companies):
        """Note all open promises of these companies: what judges them changed."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sale_line_id FROM adv_commitment
                 WHERE company_id = ANY(%s)
                   AND status NOT IN ('delivered', 'cancelled')
                 -- who waits for the same goods is measured in the same batch
                 ORDER BY product_id, id
                """,
                companies.ids,
            )
        )
        self._touch([line for (line,) in rows])

    @api.model
    def _note_touched(self):
        """Write what :meth:`_touch` collected: new promises, and the lines to measure
        again.
        """
        noted = self.env.cr.precommit.data.pop(_PRECOMMIT_KEY, None)
        if not noted:
            return
        if noted["order"]:
            self.env["adv.commitment"]._promise(noted["order"], noted["confirmed"])
        self._note_changes(noted["lines"], noted["goods"])

    @api.model
    def _note_changes(self, users, product_ids):
        """Note lines and products and wake the scheduled action.

        :param users: ``{line id: id of the user who caused the change}``
        :param product_ids: products whose supply or demand changed
        """
        cron = self.env["ir.model.data"]._xmlid_to_res_id(
            "adv_management.ir_cron_adv_refresh_commitments"
        )
        note = SQL(
            _NOTE,
            now=fields.Datetime.now(),
            lines=list(users),
            users=list(users.values()),
            products=sorted(product_ids),
            user=self.env.uid,
        )
        self.env["adv.noting"]._note_last(note, cron)
