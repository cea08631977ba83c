"""Install, upgrade and uninstall on a real database: silent in the log, clean at the
end.
"""

import os
from pathlib import Path

import pytest

from dev.settings import NAME
from dev.templates import bad_lines
from dev.tests.installation import copy_of


@pytest.fixture(scope="module")
def odoo(request):
    """Odoo on a copy of the template that has the addon alone."""
    with copy_of("ADV_TEMPLATE", request) as copy:
        yield copy


def test_install_logs_no_warning():
    log = Path(os.environ["ADV_INSTALL_LOG"]).read_text(encoding="utf-8")
    assert "odoo.modules.loading" in log
    assert bad_lines(log) == []


def test_upgrade_logs_no_warning(odoo):
    log = odoo.run("server", "-u", NAME, "--stop-after-init", "--no-http")
    assert f"Loading module {NAME}" in log
    assert bad_lines(log) == []


_PARK = """
env["adv.control"].create(
    {
        "name": "Own rule",
        "domain": "[('client_order_ref', '=', False)]",
        "checkpoint": "release",
        "severity": "blocking",
    }
)
goods = env["product.product"].create({"name": "Chaise", "type": "consu"})
order = env["sale.order"].create(
    {
        "partner_id": env["res.partner"].create({"name": "Garage Martin"}).id,
        "order_line": [(0, 0, {"product_id": goods.id, "product_uom_qty": 7})],
    }
)
order.action_confirm()
assert order.adv_is_parked and not order.picking_ids
env.cr.commit()
"""


@pytest.fixture(scope="module")
def uninstalled(odoo):
    """What Odoo logged while the addon left a database in which it was used."""
    odoo.shell(_PARK)
    # without the keys of other tables: a promise that is late for a reason is enough
    odoo.query(
        """
        SET session_replication_role = replica;
        INSERT INTO adv_commitment
                    (sale_line_id, order_id, company_id, status, cause_id)
             SELECT 0, 0, 1, 'late', MIN(id) FROM adv_delay_cause
        """
    )
    return odoo.run("module", "uninstall", NAME)


def test_uninstall_logs_no_warning_and_leaves_nothing(odoo, uninstalled):
    assert bad_lines(uninstalled) == []
    assert odoo.leftovers(NAME) == []
    columns = """
        SELECT 'column ' || table_name || '.' || column_name
          FROM information_schema.columns
         WHERE column_name LIKE 'adv\\_%' OR table_name LIKE 'adv\\_%'
        UNION ALL
        SELECT 'parameter ' || key FROM ir_config_parameter
         WHERE key LIKE 'adv\\_%'
    """
    assert odoo.query(columns) == []


def test_uninstall_releases_orders_that_were_parked(odoo, uninstalled):
    moves = """
        SELECT move.product_uom_qty::int, move.state
          FROM stock_move move JOIN sale_order_line line ON line.id = move.sale_line_id
    """
    assert odoo.query(moves) == [(7, "assigned")]
