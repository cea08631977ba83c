def uninstall_hook(env):
    """Let go of what was found by the control that goes: nobody can judge it again."""
    control = env.ref("adv_management_delivery.adv_control_carriage_paid", False)
    if control:
        found = env["adv.control.result"].search([("control_id", "=", control.id)])
        found.unlink()
