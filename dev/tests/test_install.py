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


# What came with the controls, taken out again: the database of the version before.
_AS_BEFORE = """
DO $$
DECLARE each text;
BEGIN
    FOR each IN SELECT tablename FROM pg_tables
                 WHERE tablename ~ '^adv_(control|entry_error|payment_limit)'
    LOOP EXECUTE format('DROP TABLE %I CASCADE', each); END LOOP;
    FOR each IN SELECT table_name || ' DROP ' || column_name
                  FROM information_schema.columns
                 WHERE column_name ~ '^adv_(is_parked|control|service|engagement)'
                    OR (table_name, column_name) IN
                       (('adv_order_confirmation', 'date_quoted'),
                        ('res_partner', 'adv_payment_limit_id'),
                        ('product_category', 'adv_payment_limit_id'),
                        ('sale_order_line', 'adv_free_reason'))
    LOOP EXECUTE 'ALTER TABLE ' || each || ' CASCADE'; END LOOP;
    DELETE FROM ir_cron WHERE id IN (
        SELECT res_id FROM ir_model_data WHERE module = 'adv_management'
           AND name IN ('ir_cron_adv_check_controls', 'ir_cron_adv_propose_errors'));
    DELETE FROM ir_model_data WHERE module = 'adv_management'
       AND (model ~ '^adv.(control|entry.error.type|payment.limit)'
            OR name IN ('ir_cron_adv_check_controls', 'ir_cron_adv_propose_errors'));
    UPDATE ir_module_module SET latest_version = '19.0.1.3.0'
     WHERE name = 'adv_management';
END $$
"""
_SELL = """
goods = env["product.product"].create({"name": "Conseil", "type": "service"})
order = env["sale.order"].create(
    {
        "partner_id": env["res.partner"].create({"name": "Garage Leroy"}).id,
        "order_line": [(0, 0, {"product_id": goods.id})],
    }
)
order.action_confirm()
env.cr.commit()
"""
# Every write of a row gives it another xmin.
_WRITTEN = " UNION ALL ".join(
    f"SELECT md5(string_agg(id || '-' || xmin, ',' ORDER BY id)) FROM {table}"
    for table in ("sale_order", "sale_order_line", "res_partner", "res_company")
)


def test_upgrade_brings_the_controls_and_writes_no_row_of_odoo(odoo):
    odoo.shell(_SELL)
    odoo.query(_AS_BEFORE)
    written = odoo.query(_WRITTEN)
    log = odoo.run("server", "-u", NAME, "--stop-after-init", "--no-http")
    assert f"Loading module {NAME}" in log
    assert bad_lines(log) == []
    assert odoo.query(_WRITTEN) == written
    severities = "SELECT severity, count(*) > 40 FROM adv_control GROUP BY severity"
    assert odoo.query(severities) == [("info", True)]
    crons = """
        SELECT count(*) FROM ir_cron JOIN ir_model_data data ON data.res_id = ir_cron.id
         WHERE data.name IN ('ir_cron_adv_check_controls', 'ir_cron_adv_propose_errors')
    """
    assert odoo.query(crons) == [(2,)]
    assert odoo.query("SELECT adv_is_parked FROM sale_order") == [(None,)]


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
