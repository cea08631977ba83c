"""Our rules for a pytest run: its own database, nothing logged at WARNING or worse, no
browser test skipped.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from dev import database, settings
from dev.patience import TEST, limited

if TYPE_CHECKING:
    from collections.abc import Iterator

# Said by Odoo, the machine or the browser, not because of us.
_NOISE = re.compile(r"Error received after termination")


class WarningCatcher(logging.Handler):
    """Keeps the warnings and errors that nothing expected or muted."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        if not _NOISE.search(line):
            self.lines.append(line)

    def take(self) -> list[str]:
        lines, self.lines = self.lines, []
        return lines


_SLOW = {
    "process",
    "demo",
    "test_install.py",
    "test_bridges.py",
    "test_bench.py",
    "browser",
    "screens",
}
_BRIDGES = [settings.REPO / addon for addon in settings.BRIDGES.values()]
_prepared: set[str] = set()
_catcher = WarningCatcher()


def pytest_configure(config: pytest.Config) -> None:
    logging.getLogger().addHandler(_catcher)
    templates = [os.environ.get(f"{name}_TEMPLATE") for name in ("ADV", "ADV_FULL")]
    if template := templates[0] or templates[1]:
        _use_own_database(template)


def pytest_unconfigure(config: pytest.Config) -> None:
    logging.getLogger().removeHandler(_catcher)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start what takes long first, so that the workers end at about the same time."""
    items.sort(key=lambda item: not _SLOW.intersection(item.path.parts))


def _use_own_database(template: str) -> None:
    """Give every process of the run its copy of the template (pytest-odoo's own way
    copies slowly).
    """
    import pytest_odoo  # noqa: PLC0415

    from odoo.tools import config  # noqa: PLC0415

    @contextmanager
    def worker_database() -> Iterator[str]:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = f"{config['db_name'][0]}_{worker}"
        with _copied(template, name), _opened(name):
            yield name

    pytest_odoo._worker_db_name = worker_database


@contextmanager
def _copied(template: str, name: str) -> Iterator[None]:
    """Have a copy of a template for a while."""
    from odoo.sql_db import close_db  # noqa: PLC0415
    from odoo.tools import config  # noqa: PLC0415

    database.copy(template, name, config["data_dir"])
    try:
        yield
    finally:
        close_db(name)
        database.drop(name, config["data_dir"])


@contextmanager
def _opened(name: str) -> Iterator[None]:
    """Let Odoo work in this database, then in the one before."""
    from odoo.tools import config  # noqa: PLC0415

    thread = threading.current_thread()
    before = config["db_name"], config["dbfilter"], getattr(thread, "dbname", None)
    config["db_name"], config["dbfilter"], thread.dbname = [name], f"^{name}$", name
    try:
        yield
    finally:
        config["db_name"], config["dbfilter"], thread.dbname = before


@pytest.fixture(scope="session")
def full_database(load_registry: None) -> Iterator[str]:
    """The copy, for this process, of the database that has the bridges."""
    from odoo.modules.registry import Registry  # noqa: PLC0415
    from odoo.tools import config  # noqa: PLC0415

    name = f"{config['db_name'][0]}_full"
    with _copied(os.environ["ADV_FULL_TEMPLATE"], name):
        # or loading the registry would run tests
        testing, config["test_enable"] = config["test_enable"], False
        with _opened(name):
            Registry(name)
        config["test_enable"] = testing
        yield name


@pytest.fixture(scope="class", autouse=True)
def right_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the tests of the bridges where the apps are that they lead to."""
    is_bridge = any(path in _BRIDGES for path in request.node.path.parents)
    if is_bridge and {"ADV_TEMPLATE", "ADV_FULL_TEMPLATE"} <= os.environ.keys():
        with _opened(request.getfixturevalue("full_database")):
            yield
    else:
        yield


@pytest.fixture(scope="class", autouse=True)
def backend_bundle(request: pytest.FixtureRequest) -> None:
    """Build the web client's files once: a browser test would build and forget them."""
    if not _is_browser_test(request.node) or "bundle" in _prepared:
        return
    request.getfixturevalue("load_registry")
    from odoo import SUPERUSER_ID, api  # noqa: PLC0415
    from odoo.modules.registry import Registry  # noqa: PLC0415
    from odoo.tools import config  # noqa: PLC0415

    with Registry(config["db_name"][0]).cursor() as cr:
        bundles = api.Environment(cr, SUPERUSER_ID, {})["ir.qweb"]
        bundle = bundles._get_asset_bundle("web.assets_web", css=True, js=True)
        bundle.js()
        bundle.css()
    _prepared.add("bundle")


def _fail_on_warnings(when: str) -> None:
    if lines := _catcher.take():
        pytest.fail(
            f"logged during the test's {when}:\n" + "\n".join(lines), pytrace=False
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> object:
    _catcher.take()
    with limited(TEST):
        result = yield
    _fail_on_warnings("setup")
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> object:
    with limited(TEST):
        result = yield
    _fail_on_warnings("call")
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> object:
    with limited(TEST):
        result = yield
    _fail_on_warnings("teardown")
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> object:
    """Odoo skips a browser test when Chromium does not start; here that fails."""
    report = yield
    if report.skipped and _is_browser_test(item):
        report.outcome = "failed"
        report.longrepr = f"a browser test may not be skipped: {report.longrepr}"
    return report


def _is_browser_test(item: pytest.Item | pytest.Class) -> bool:
    from odoo.tests import HttpCase  # noqa: PLC0415

    return isinstance(getattr(item, "cls", None), type) and issubclass(
        item.cls, HttpCase
    )
