def post_init_hook(env):
    """Have the engine's next run measure again what purchases supply or deliver."""
    commitments = env["adv.commitment"]
    commitments._touch_open(env["res.company"].search([]))
    delivered = env["stock.move"].search_fetch(
        [("purchase_line_id", "!=", False), ("sale_line_id", "!=", False)],
        ["sale_line_id"],
    )
    commitments._touch(delivered.sale_line_id.ids)


def uninstall_hook(env):
    """Have all open promises measured again: requests no longer supply them."""
    commitments = env["adv.commitment"]
    commitments._touch_open(env["res.company"].search([]))
    commitments._note_touched()
