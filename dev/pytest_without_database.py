"""pytest for what needs no database: doctests and tests that subclass only BaseCase."""

from __future__ import annotations

import os

import pytest

import odoo.init  # noqa: F401 (set-up code of Odoo, before anything else)


def pytest_configure(config: pytest.Config) -> None:
    import pytest_odoo  # noqa: PLC0415

    from odoo.tools import config as odoo_config  # noqa: PLC0415

    odoo_config.parse_config(
        [
            "--addons-path",
            os.environ["ADV_ADDONS_PATH"],
            "--log-level=warn",
            "--http-interface=127.0.0.1",
        ],
        setup_logging=True,
    )
    pytest_odoo.monkey_patch_resolve_pkg_root_and_module_name()
    pytest_odoo.support_subtest()
    pytest_odoo.disable_odoo_test_retry()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what opens a database, by its class or by saying so."""
    from odoo.tests import TransactionCase  # noqa: PLC0415

    def needs_database(item: pytest.Item) -> bool:
        case = getattr(item, "cls", None)
        return case is not None and (
            issubclass(case, TransactionCase) or getattr(case, "needs_database", False)
        )

    left_out = [item for item in items if needs_database(item)]
    items[:] = [item for item in items if not needs_database(item)]
    config.hook.pytest_deselected(items=left_out)
