"""What Odoo's own linter (its module test_lint) says of our addons.

Left out is what looks only at Odoo's modules, and its pylint and eslint, whose work our
own linters do. Its package is not imported as such: it wants pylint beside Odoo.
"""

import importlib
import inspect
import sys
import types
from unittest import TestCase, mock

import pytest

from odoo.modules import Manifest

from dev.settings import ADDONS

_PACKAGE = "odoo.addons.test_lint.tests"
_MODULES = (
    *("dunderinit", "i18n", "index", "jstranslate", "manifests", "naming"),
    *("onchange_domains", "orm_import", "override_signatures", "pofile", "routes"),
    "test_holes",
)


def _package():
    """A stand-in for the package, so that its modules can be imported one by one."""
    package = types.ModuleType(_PACKAGE)
    package.__path__ = [f"{Manifest.for_addon('test_lint').path}/tests"]
    return package


def _test_cases():
    sys.modules.setdefault(_PACKAGE, _package())
    for name in _MODULES:
        module = importlib.import_module(f"{_PACKAGE}.test_{name}")
        for case_name, case in inspect.getmembers(module, inspect.isclass):
            if issubclass(case, TestCase) and case.__module__ == module.__name__:
                yield f"{name}_{case_name}", case


globals().update(_test_cases())


@pytest.fixture(autouse=True)
def only_our_addons():
    """They look at every addon there is; let them see ours."""
    ours = [Manifest.for_addon(name) for name in ADDONS]
    with (
        mock.patch.object(Manifest, "all_addon_manifests", lambda: ours),
        mock.patch("odoo.modules.get_modules", lambda: list(ADDONS)),
    ):
        yield
