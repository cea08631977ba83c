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


def test_uninstall_logs_no_warning_and_leaves_nothing(odoo):
    # without the keys of other tables: a promise that is late for a reason is enough
    odoo.query(
        """
        SET session_replication_role = replica;
        INSERT INTO adv_commitment
                    (sale_line_id, order_id, company_id, status, cause_id)
             SELECT 1, 1, 1, 'late', MIN(id) FROM adv_delay_cause
        """
    )
    log = odoo.run("module", "uninstall", NAME)
    assert bad_lines(log) == []
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
