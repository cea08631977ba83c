def uninstall_hook(env):
    """Let go of what the controls that go have found: nobody can judge it again."""
    own = env["ir.model.data"].search(
        [("module", "=", "adv_management_delivery"), ("model", "=", "adv.control")]
    )
    results = env["adv.control.result"]
    results.search([("control_id", "in", own.mapped("res_id"))]).unlink()
