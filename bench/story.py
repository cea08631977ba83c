"""What Odoo makes itself, one record of each kind: the rest is cloned from them."""

from types import SimpleNamespace

from odoo import Command


def make_story(env) -> SimpleNamespace:
    """Return an order of each fate (``orders``, by the state of its move), invoice and
    payment of the delivered one, and the receipt that the made-to-order one waits for.
    """
    env.company.partner_id.tz = "Europe/Paris"
    env.company.resource_calendar_id.tz = "Europe/Paris"
    customer, vendor = env["res.partner"].create(
        [{"name": name, "is_company": True} for name in ("Client 0", "Vendor 0")]
    )
    article, made_to_order = _make_articles(env, vendor)
    story = SimpleNamespace(customer=customer, vendor=vendor, article=article)
    story.orders = _sell(env, customer, article, made_to_order)
    story.moves = {state: it.picking_ids.move_ids for state, it in story.orders.items()}
    story.purchase = story.orders["waiting"]._get_purchase_orders()
    story.purchase.button_confirm()
    story.invoice = story.orders["done"]._create_invoices()
    story.invoice.action_post()
    story.payment = _pay(env, story.invoice)
    story.receivable = story.invoice.line_ids.filtered("date_maturity")
    story.partial = story.receivable.matched_credit_ids
    story.message = _confirmation(story.orders["done"])
    env.flush_all()
    return story


def _make_articles(env, vendor):
    """Return a product that is kept in stock and one that is bought for the order."""
    routes = env.ref("stock.route_warehouse0_mto")
    routes.active = True
    routes += env.ref("purchase_stock.route_warehouse0_buy")
    common = {"is_storable": True, "list_price": 10, "taxes_id": False}
    common["supplier_taxes_id"] = False
    common["seller_ids"] = [Command.create({"partner_id": vendor.id, "price": 5})]
    return env["product.product"].create(
        [
            {"name": "Article 0", **common},
            {"name": "Made 0", **common, "route_ids": [Command.set(routes.ids)]},
        ]
    )


def _sell(env, customer, article, made_to_order):
    """Return orders, by the state in which their only stock move is in the end."""
    shelf = env["stock.warehouse"].search([], limit=1).lot_stock_id
    env["stock.quant"]._update_available_quantity(article, shelf, 20)
    orders = {}
    for state in ("done", "assigned", "confirmed", "cancel", "waiting"):
        product = made_to_order if state == "waiting" else article
        line = {"product_id": product.id, "product_uom_qty": 10}
        orders[state] = env["sale.order"].create(
            {"partner_id": customer.id, "order_line": [Command.create(line)]}
        )
        orders[state].action_confirm()
        if state == "done":
            _deliver(orders[state])
    orders["cancel"]._action_cancel()
    return orders


def _deliver(order):
    picking = order.picking_ids
    picking.move_ids.quantity = 10
    picking.move_ids.picked = True
    picking.button_validate()


def _pay(env, invoice):
    """Pay with an entry of its own, as where an outstanding account is set."""
    bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
    account = env["account.account"].create(
        {"name": "Outstanding", "code": "BENCH", "account_type": "asset_current"}
        | {"reconcile": True}
    )
    bank.inbound_payment_method_line_ids.payment_account_id = account
    register = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=invoice.ids
    )
    return register.create({"journal_id": bank.id})._create_payments()


def _confirmation(order):
    """Return the trace that a confirmation leaves: it is written at the end of the
    transaction that a fill does not wait for.
    """
    message = order.message_ids[:1]
    message.subtype_id = order.env.ref("sale.mt_order_confirmed")
    return message
