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
    _disturb(env, "adv.control", "_record", _correct_first)
    env["adv.control"]._cron_check()


def check_while_waived(env):
    """A user waives what was found before on an order that is judged once more."""
    env["adv.control"]._run_pending()
    env["adv.control"]._note(_find_orders(env), "confirmation")
    env.cr.commit()  # pylint: disable=invalid-commit
    _disturb(env, "adv.control", "_record", _waive_first)
    env["adv.control"]._cron_check()


def check_while_others_check(env):
    """Another worker takes a note while this one is at its first."""

    def check(other):
        if other["adv.control"]._drain(1) != 1:
            raise AssertionError("the other worker found nothing to do")

    _disturb(env, "adv.control", "_record", check)
    env["adv.control"]._cron_check(batch_size=1)


def propose_while_others_propose(env):
    """Another worker looks through all the rest while this one is at its first."""

    def propose(other):
        for task in other["adv.entry.error"]._list_tasks(1):
            task()

    _disturb(env, "adv.entry.error", "_look_through", propose)
    env["adv.entry.error"]._cron_propose(batch_size=1)


def propose_while_corrected(env):
    """A user corrects the first order once more while it is looked through."""

    def correct(other):
        _find_orders(other)[0].order_line.price_unit = 7

    _disturb(env, "adv.entry.error", "_propose", correct)
    env["adv.entry.error"]._cron_propose()


def propose_all_but_one(env):
    """The first order cannot be looked through."""
    bad = _find_orders(env)[0]
    owner = env.registry["adv.entry.error"]
    propose = owner._propose_corrections

    def stumble(self, orders):
        if bad in orders:
            raise ValueError("odd data")
        return propose(self, orders)

    owner._propose_corrections = stumble
    env["adv.entry.error"]._cron_propose()


def _disturb(env, model, name, act):
    """Have somebody else act once, right before this method runs, who waits for nobody:
    ``act(env)`` is given a transaction of its own.
    """
    owner = env.registry[model]
    method, used = getattr(owner, name), []

    def disturbed(self, *args):
        if not used:
            used.append(True)
            with env.registry.cursor() as cr:
                cr.execute("SET LOCAL lock_timeout = '1s'")
                act(api.Environment(cr, SUPERUSER_ID, {}))
        return method(self, *args)

    setattr(owner, name, disturbed)


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
