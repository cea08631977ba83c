from odoo import fields, models
from odoo.tools.sql import SQL

from . import queries


class AdvOrderConfirmation(models.Model):
    """The first time an order was confirmed, and how long it was then.

    Odoo rewrites ``date_order`` at every confirmation; this row is written once and
    survives cancelling, editing and reconfirming the order.
    """

    _name = "adv.order.confirmation"
    _description = "First confirmation of an order"
    _log_access = False
    _rec_name = "order_id"
    _order = "date_confirmed desc, id desc"

    # Unique below; indexed here as well, since Odoo's linter knows of this kind only.
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    date_confirmed = fields.Datetime("First confirmed on", required=True, readonly=True)
    date_confirmed_local = fields.Date(
        "First confirmation day",
        required=True,
        readonly=True,
        index=True,
        help="The day on the company's own clock.",
    )
    date_quoted = fields.Datetime(
        "Quoted on",
        readonly=True,
        help="The date of the quotation, which Odoo overwrites at the confirmation: "
        "prices are those of that day.",
    )
    line_count = fields.Integer("Product lines at first confirmation", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Confirmed by", readonly=True, ondelete="set null"
    )

    _order_uniq = models.UniqueIndex(
        "(order_id)", "An order is confirmed for the first time only once."
    )

    def init(self):
        """Take over the confirmations of the orders that were there before us, once."""
        cr = self.env.cr
        cr.execute(SQL("SELECT 1 FROM adv_order_confirmation LIMIT 1"))
        if not cr.rowcount:
            subtype = self.env.ref("sale.mt_order_confirmed", raise_if_not_found=False)
            cr.execute(queries.history(subtype.id if subtype else 0))

    def _stamp(self, orders, quoted=None):
        """Remember the first confirmation of ``orders``; later ones change nothing.

        :param quoted: ``{order id: date of the quotation}`` as it was before
        :return: the orders that are confirmed for the first time
        """
        if not orders:
            return orders
        rows = [
            (
                order.id,
                order.company_id.id,
                len(order.order_line.filtered(self._is_product_line)),
                (quoted or {}).get(order.id) or order.date_order,
            )
            for order in orders
        ]
        self.env.cr.execute(queries.stamp(rows, fields.Datetime.now(), self.env.uid))
        first = orders.browse(row[0] for row in self.env.cr.fetchall())
        orders.invalidate_recordset(
            ["adv_confirmation_ids", "adv_date_first_confirmed", "adv_line_count"],
            flush=False,
        )
        return first

    def _is_product_line(self, line):
        return line.product_id and not line.display_type and not line.is_downpayment
