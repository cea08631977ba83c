"""Install, upgrade and uninstall on a real database: silent in the log, clean at the
end.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dev import database
from dev.settings import NAME
from dev.templates import bad_lines


@pytest.fixture(scope="module")
def odoo(request):
    """Run Odoo on a copy of the template, and give what it logged."""
    config = request.config.getoption("--odoo-config")
    data_dir = os.environ["ADV_DATA_DIR"]
    name = f"{request.config.getoption('--odoo-database')}_install"
    database.copy(os.environ["ADV_TEMPLATE"], name, data_dir)

    def run(*arguments):
        command = [sys.executable, "-m", "odoo", *arguments, "-c", config, "-d", name]
        done = subprocess.run(
            command, cwd=data_dir, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    run.database = name
    yield run
    database.drop(name, data_dir)


def test_install_logs_no_warning():
    log = Path(os.environ["ADV_INSTALL_LOG"]).read_text(encoding="utf-8")
    assert "odoo.modules.loading" in log
    assert bad_lines(log) == []


def test_upgrade_logs_no_warning(odoo):
    log = odoo("server", "-u", NAME, "--stop-after-init", "--no-http")
    assert f"Loading module {NAME}" in log
    assert bad_lines(log) == []


def test_uninstall_logs_no_warning_and_leaves_nothing(odoo):
    log = odoo("module", "uninstall", NAME)
    assert bad_lines(log) == []
    leftovers = """
        SELECT 'column ' || table_name || '.' || column_name
          FROM information_schema.columns
         WHERE column_name LIKE 'adv\\_%' OR table_name LIKE 'adv\\_%'
        UNION ALL
        SELECT 'record ' || model || ' ' || name
          FROM ir_model_data WHERE module = 'adv_management'
        UNION ALL
        SELECT 'parameter ' || key FROM ir_config_parameter
         WHERE key LIKE 'adv\\_%'
    """
    assert database.query(leftovers, database=odoo.database) == []
