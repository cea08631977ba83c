"""A desk of which everything is switched on, and users who come between its scheduled
actions; loaded by its path, as ``jobs``.
"""

from contextlib import suppress
from datetime import timedelta

from psycopg2.errors import LockNotAvailable

from odoo import Command
from odoo.fields import Date, Datetime
from odoo.sql_db import Cursor

_LONG_AGO = timedelta(days=20)
# The scheduled actions that write to customers.
WRITING = (
    "adv.delay.alert._cron_send_notices",
    "adv.order.confirmation._cron_acknowledge",
    "res.partner._adv_cron_report_open_orders",
)


def open_desk(env, customers, orders):
    """Sell each customer late goods that come in some days, in a company that never
    sleeps, tells, acknowledges and reports by itself; all of it waits for long enough.
    """
    manager = env.ref("base.user_admin")
    env.company.adv_alert_manager_id = env.company.adv_alert_user_id = manager
    switch_on(env)
    sold = sell(env, customers, orders)
    env["adv.commitment"]._cron_refresh()
    sold.partner_id.adv_report_schedule = "daily"
    sold.partner_id.adv_report_date = Date.today()
    _let_time_pass(env)


def switch_on(env):
    """Have everything written by itself, and make all alerts old enough."""
    env.company.write(
        {
            "email": "adv@delorme.example",
            "resource_calendar_id": False,
            "adv_quiet_from": 0,
            "adv_quiet_to": 0,
            "adv_notice_mode": "auto",
            "adv_ack_mode": "automatic",
        }
    )
    _let_time_pass(env)


def sell(env, customers, orders):
    """Sell each customer goods that should have left yesterday and come later."""
    product = env["product.product"].create(
        {"name": "Armoire", "type": "consu", "is_storable": True, "list_price": 10}
    )
    people = env["res.partner"].create(
        [
            {"name": f"Customer {number}", "email": f"c{number}@garage.example"}
            for number in range(customers)
        ]
    )
    sold = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "commitment_date": Date.subtract(Date.today(), days=1),
                "order_line": [Command.create({"product_id": product.id})],
            }
            for customer in people
            for _order in range(orders)
        ]
    )
    sold.action_confirm()
    _expect(env, product, len(sold))
    return sold


def _expect(env, product, quantity):
    """Plan a receipt in five days."""
    kind = env["stock.warehouse"].search([], limit=1).in_type_id
    way = {
        "location_id": env.ref("stock.stock_location_suppliers").id,
        "location_dest_id": kind.default_location_dest_id.id,
    }
    goods = {"product_id": product.id, "product_uom_qty": quantity}
    receipt = env["stock.picking"].create(
        {"picking_type_id": kind.id, "move_ids": [Command.create(goods | way)], **way}
    )
    receipt.action_confirm()
    receipt.move_ids.date = Datetime.now() + timedelta(days=5)


def _let_time_pass(env):
    """Have everything happened long ago: these processes live in the real time."""
    env.flush_all()
    env.cr.execute(
        """
        UPDATE adv_delay_alert
           SET create_date = create_date - INTERVAL '20 days',
               date_waiting = date_waiting - 20;
        UPDATE res_company
           SET adv_notice_date_approved =
                   adv_notice_date_approved - INTERVAL '20 days',
               adv_notice_date_automatic =
                   adv_notice_date_automatic - INTERVAL '20 days'
        """
    )


def work(env, **kwargs):
    """Run the scheduled actions that write to customers, one after the other."""
    for call in WRITING:
        _run(env, call, **kwargs)


def _run(env, call, **kwargs):
    model, _, method = call.rpartition(".")
    getattr(env[model], method)(**kwargs)
    env.cr.commit()  # pylint: disable=invalid-commit


def run_disturbed(env, calls):
    """Run scheduled actions; in each, a user changes something just before its first
    statement with some words, unless it is held already.

    :param calls: ``[(call, words, what the user executes)]``
    """
    execute = Cursor.execute
    for call, words, statement in calls:
        Cursor.execute = _disturbed(env, execute, words, statement)
        _run(env, call)
        if Cursor.execute is not execute:
            raise AssertionError(f"{call}: no statement with {words}")


def _disturbed(env, execute, words, statement):
    def disturbed(cursor, query, *args, **kwargs):
        if words in " ".join(str(getattr(query, "code", query)).split()):
            Cursor.execute = execute
            with env.registry.cursor() as user, suppress(LockNotAvailable):
                user.execute("SET LOCAL lock_timeout = '1s'")
                user.execute(statement, log_exceptions=False)
        return execute(cursor, query, *args, **kwargs)

    return disturbed


def install(env):
    env.cr.commit()  # pylint: disable=invalid-commit
    type(env.registry).new(
        env.cr.dbname, update_module=True, install_modules=["adv_management"]
    )


def run_all(env):
    """Run every scheduled action of ours, the ledger's first, and Odoo's mail queue."""
    names = env["ir.model.data"].search(
        [("module", "=", "adv_management"), ("model", "=", "ir.cron")], order="id"
    )
    for cron in env["ir.cron"].browse(names.mapped("res_id")):
        cron.ir_actions_server_id.run()
        env.cr.commit()  # pylint: disable=invalid-commit
    env["mail.mail"].process_email_queue()
