"""Fill a database with two years of trade: orders, deliveries, invoices, payments.

Every row is cloned from one that Odoo itself made; what differs is computed from the
row's number, so that two fills of one day are equal.
"""

from datetime import datetime

from .clone import Cloner, without_indexes
from .deliveries import write_deliveries
from .invoices import write_invoices
from .masters import write_masters
from .orders import write_orders
from .payments import write_payments
from .plan import Size, plan
from .receipts import write_receipts
from .story import make_story

# Filled without their indexes.
_TABLES = (
    *("sale_order", "sale_order_line", "mail_message", "stock_reference"),
    *("stock_picking", "stock_move", "stock_move_line"),
    *("account_move", "account_move_line", "account_payment"),
    *("account_partial_reconcile", "account_full_reconcile"),
)
_RELATIONS = (
    *("stock_reference_sale_rel", "stock_reference_move_rel", "stock_move_move_rel"),
    *("sale_order_line_invoice_rel", "account_move__account_payment"),
)
_FEW = ("product_template", "product_product", "purchase_order", "purchase_order_line")


def fill(env, orders: int, today: datetime):
    """Write ``orders`` orders confirmed in the two years before ``today``, five lines
    each, and what became of them. The caller commits.
    """
    size = Size.of(orders)
    env.cr.execute("SET LOCAL work_mem = '256MB'")
    env.cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    story = make_story(env)
    plan(env, size, today)
    with without_indexes(env, _TABLES + _RELATIONS):
        cloner = Cloner(env, _TABLES + _FEW)
        write_masters(cloner, story, size)
        write_orders(cloner, story)
        write_deliveries(cloner, story)
        write_receipts(cloner, story)
        write_invoices(cloner, story)
        write_payments(cloner, story)
    env.invalidate_all()
