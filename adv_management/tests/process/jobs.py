"""What the real processes of these tests do: functions of ``env``, loaded by their path
(so: no relative import here).
"""

from odoo import Command
from odoo.fields import Date


def write_parameter(env, value):
    env["ir.config_parameter"].set_param("adv_management.test", value)


def queue_and_send_mail(env, address):
    mail = env["mail.mail"].create(
        {
            "subject": "Délai",
            "body_html": "<p>Bonjour</p>",
            "email_from": "adv@example.com",
            "email_to": address,
        }
    )
    env.cr.commit()  # pylint: disable=invalid-commit
    mail.send(auto_commit=True)


def trade(env, orders, lines):
    """Sell, deliver in part, sell more, cut and decide, so that every commitment has to
    be measured and some get revisions; the engine has not seen any of it.
    """
    product = env["product.product"].create(
        {"name": "Chaise", "type": "consu", "is_storable": True, "list_price": 10}
    )
    warehouse = env["stock.warehouse"].search([], limit=1)
    env["stock.quant"]._update_available_quantity(
        product, warehouse.lot_stock_id, 1000 * orders * lines
    )
    customer = env["res.partner"].create({"name": "Garage Martin"})
    line_vals = {"product_id": product.id, "product_uom_qty": 10}
    sold = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "commitment_date": Date.add(Date.today(), days=number % 9 - 4),
                "order_line": [Command.create(line_vals) for _line in range(lines)],
            }
            for number in range(orders)
        ]
    )
    sold.action_confirm()
    env.cr.commit()  # pylint: disable=invalid-commit
    _deliver(sold[: orders // 2].picking_ids)
    for order in sold[::3]:
        order.order_line[0].product_uom_qty += 5
        order.order_line[1].product_uom_qty -= 4
    decided = sold.adv_commitment_ids[::2]
    decided._change_promise(Date.add(Date.today(), days=9), "customer")
    decided._choose_cause(env["adv.delay.cause"].search([], limit=1).id)


def _deliver(pickings):
    for move in pickings.move_ids[::2]:
        move.quantity = 6
        move.picked = True
    pickings.with_context(skip_backorder=True, skip_sms=True).button_validate()


def sell_more(env):
    """Raise a confirmed quantity as a user does who will not wait a second."""
    # pylint: disable=invalid-commit
    env.cr.execute("SET SESSION lock_timeout = '1s'")
    line = env["sale.order.line"].search([("state", "=", "sale")], limit=1)
    line.product_uom_qty += 1
    env.cr.commit()


def uninstall(env):
    env["ir.module.module"].search(
        [("name", "=", "adv_management")]
    ).button_immediate_uninstall()


def sell_late(env, orders):
    """Sell goods that nobody has, promised for yesterday, and open their alerts."""
    product = env["product.product"].create(
        {"name": "Armoire", "type": "consu", "is_storable": True, "list_price": 10}
    )
    sold = env["sale.order"].create(
        [
            {
                "partner_id": env["res.partner"]
                .create({"name": f"Customer {number}"})
                .id,
                "commitment_date": Date.subtract(Date.today(), days=1),
                "order_line": [Command.create({"product_id": product.id})],
            }
            for number in range(orders)
        ]
    )
    sold.action_confirm()
    env["adv.commitment"]._cron_refresh()


def rank_customers(env):
    """Make all late customers important, and have the engine see it."""
    alerts = env["adv.delay.alert"].search([])
    alerts.partner_id.adv_rank = "A"
    env["adv.commitment"]._touch(alerts.line_ids.commitment_id.sale_line_id.ids)
    env.cr.commit()  # pylint: disable=invalid-commit
    env["adv.commitment"]._cron_refresh()
