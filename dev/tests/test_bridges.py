"""The bridges come, go and come back beside the addon, in databases that have the apps
they lead to.
"""

import os
from pathlib import Path

import pytest

from dev.settings import ADDONS, BRIDGES, NAME
from dev.templates import bad_lines
from dev.tests.installation import copy_of

INSTALLED = """
    SELECT name FROM ir_module_module
     WHERE name LIKE 'adv\\_management%' AND state = 'installed'
"""


@pytest.fixture(scope="module")
def odoo(request):
    """Odoo on a copy of the template that has the bridges as well."""
    with copy_of("ADV_FULL_TEMPLATE", request) as copy:
        yield copy


def installed(odoo):
    return {name for (name,) in odoo.query(INSTALLED)}


def test_install_logs_no_warning():
    log = Path(os.environ["ADV_FULL_INSTALL_LOG"]).read_text(encoding="utf-8")
    assert all(f"Loading module {addon}" in log for addon in ADDONS)
    assert bad_lines(log) == []


def test_upgrade_logs_no_warning(odoo):
    log = odoo.run("server", "-u", NAME, "--stop-after-init", "--no-http")
    assert all(f"Loading module {addon}" in log for addon in ADDONS)
    assert bad_lines(log) == []


def test_bridges_go_and_the_addon_stays(odoo):
    log = odoo.run("module", "uninstall", *BRIDGES.values())
    assert bad_lines(log) == []
    assert installed(odoo) == {NAME}
    assert [
        found for addon in BRIDGES.values() for found in odoo.leftovers(addon)
    ] == []


def test_bridges_come_back(odoo):
    log = odoo.run("module", "install", *BRIDGES.values())
    assert bad_lines(log) == []
    assert installed(odoo) == set(ADDONS)


def test_all_go_with_the_addon(odoo):
    log = odoo.run("module", "uninstall", NAME)
    assert bad_lines(log) == []
    assert installed(odoo) == set()
