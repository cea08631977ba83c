from odoo.tools.sql import table_exists


def migrate(cr, version):
    """Have no error cost less than nothing: what controls found again could."""
    if table_exists(cr, "adv_entry_error"):
        cr.execute(
            "UPDATE adv_entry_error"
            " SET amount_cost = abs(amount_cost), minutes = greatest(minutes, 0)"
            " WHERE amount_cost < 0 OR minutes < 0"
        )
