"""Orders that wait for the controls and for the search of entry errors; loaded by its
path, as ``jobs``.
"""

from odoo import SUPERUSER_ID, Command, api


def sell_wrong(env, orders):
    """Confirm orders that an own control, for information, finds wrong."""
    env["adv.control"].create(
        {
            "name": "Wrong reference",
            "domain": "[('client_order_ref', '=', 'wrong')]",
        }
    )
    product = env["product.product"].create({"name": "Banc", "list_price": 10})
    customer = env["res.partner"].create({"name": "Garage Petit"})
    vals = {
        "partner_id": customer.id,
        "client_order_ref": "wrong",
        "order_line": [Command.create({"product_id": product.id})],
    }
    env["sale.order"].create([vals] * orders).action_confirm()


def correct_prices(env):
    """Correct what was confirmed a day ago."""
    env.cr.execute(
        """
        UPDATE adv_order_confirmation
           SET date_confirmed = date_confirmed - INTERVAL '1 day'
        """
    )
    for order in _find_orders(env):
        order.order_line.price_unit = 8


def check_while_corrected(env):
    """A user takes up the first order again, corrects and confirms it."""
    _check_disturbed(env, _correct_first)


def check_while_waived(env):
    """A user waives what was found before on an order that is judged once more."""
    env["adv.control"]._run_pending()
    env["adv.control"]._note(_find_orders(env), "confirmation")
    env.cr.commit()  # pylint: disable=invalid-commit
    _check_disturbed(env, _waive_first)


def _check_disturbed(env, act):
    """Judge; when the controls have looked, a user acts, and waits for nobody."""
    owner = env.registry["adv.control"]
    record, used = owner._record, []

    def disturbed(self, documents, outcomes):
        if not used:
            used.append(True)
            with env.registry.cursor() as cr:
                cr.execute("SET LOCAL lock_timeout = '1s'")
                act(api.Environment(cr, SUPERUSER_ID, {}))
        return record(self, documents, outcomes)

    owner._record = disturbed
    env["adv.control"]._cron_check()
    if not used:
        raise AssertionError("nothing was judged")


def _correct_first(env):
    order = _find_orders(env)[0]
    order._action_cancel()
    order.action_draft()
    order.client_order_ref = "right"
    order.action_confirm()


def _waive_first(env):
    results = _find_orders(env)[0].adv_control_result_ids
    results.filtered(lambda each: each.name == "Wrong reference")._waive("Agreed")


def _find_orders(env):
    return env["sale.order"].search(
        [("partner_id.name", "=", "Garage Petit")], order="id"
    )
