"""``make test``: everything, one room (T=room), or what needs no database
(``make test-fast``).
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from dev import browser, linters, patience, settings
from dev.errors import DevError
from dev.templates import PREFIX, Templates, drop_leftovers
from dev.workshop import Workshop

if TYPE_CHECKING:
    from pathlib import Path

_TESTS = settings.ADDON / "tests"
_OWN_TESTS = settings.REPO / "dev" / "tests"
_BRIDGE_TESTS = {
    name: settings.REPO / addon / "tests" for name, addon in settings.BRIDGES.items()
}
_PURE = ("tools", "kpi")  # folders of the addon whose doctests are tests
_PURE_FOLDERS = [settings.ADDON / name for name in _PURE]
_EVERYTHING = [
    _TESTS,
    *_BRIDGE_TESTS.values(),
    *_PURE_FOLDERS,
    settings.REPO / "dev",
]
# Files go to two workers in the order of the plugin. A worker that dies ends the run:
# xdist replaces it, but if little is left gives the new one nothing and waits for it.
IN_PARALLEL = (
    *("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"),
    "--max-worker-restart=0",
)


def rooms() -> dict[str, list[Path]]:
    """What `T=` may name: a folder of tests with the doctests of the pure folder of
    that name, the tests of a bridge, one of the files of dev/tests.
    """
    found = {
        folder.name: [folder]
        for folder in sorted(_TESTS.iterdir())
        if (folder / "__init__.py").exists()
    }
    for name in _PURE:
        found.setdefault(name, []).append(settings.ADDON / name)
    found.update((name, [folder]) for name, folder in _BRIDGE_TESTS.items())
    for path in sorted(_OWN_TESTS.glob("test_*.py")):
        found[path.stem.removeprefix("test_")] = [path]
    return found


def _room(name: str) -> list[Path]:
    known = rooms()
    if name not in known:
        raise DevError(
            f"There is no room of tests called {name}."
            f" T= may be one of: {', '.join(known)}."
        )
    return known[name]


def run_all(room: str | None, extra: list[str]) -> int:
    """Run the tests and return pytest's exit code; its closing line is the last."""
    chosen = _room(room) if room else []
    workshop = Workshop()
    with workshop.open():
        targets = chosen or _EVERYTHING
        if browser.is_needed(chosen or [_TESTS]):
            browser.require(workshop.cache)
        drop_leftovers(workshop)
        options = [
            *("--odoo-config", workshop.config),
            *("--odoo-database", f"{PREFIX}run_{os.getpid()}"),
            *("--odoo-log-level=warn", "--odoo-http"),
        ]
        if not room:
            options += IN_PARALLEL
        env = workshop.env(**_variables(workshop, targets))
        shutil.rmtree(settings.REPO / "screenshots", ignore_errors=True)
        return _pytest(workshop, env, [*options, *extra, *targets])


def _variables(workshop: Workshop, targets: list[Path]) -> dict[str, str]:
    """What the tests and our plugin need to know."""
    found = {"ADV_DATA_DIR": str(workshop.data_dir)}
    own = settings.REPO / "dev"
    bridges = {*_BRIDGE_TESTS.values(), own, _OWN_TESTS / "test_bridges.py"}
    if not set(targets) <= bridges - {own}:
        found.update(_template(workshop, "test", "ADV"))
    if bridges.intersection(targets):
        found.update(_template(workshop, "full", "ADV_FULL"))
    if {own, _OWN_TESTS / "test_bench.py"}.intersection(targets):
        found["ADV_FULL_BASE"] = Templates(workshop, "full").dependencies()
    if {own, _OWN_TESTS / "test_lint.py"}.intersection(targets):
        found.update(linters.Tools.get(workshop.cache).to_env())
    return found


def _template(workshop: Workshop, kind: str, prefix: str) -> dict[str, str]:
    """The name of a template, made if need be, and what Odoo said when it was made."""
    templates = Templates(workshop, kind)
    name = templates.addon()
    log = str(templates.install_log(name))
    return {f"{prefix}_TEMPLATE": name, f"{prefix}_INSTALL_LOG": log}


def run_fast(extra: list[str]) -> int:
    """Run what needs neither database nor browser."""
    workshop = Workshop()
    addons = ",".join(map(str, (*workshop.source.addons_paths, settings.REPO)))
    env = workshop.env(ADV_ADDONS_PATH=addons)
    targets = [_TESTS, *_PURE_FOLDERS]
    plugins = ["-p", "no:odoo", "-p", "no:xdist", "-p", "dev.pytest_without_database"]
    return _pytest(workshop, env, [*plugins, *extra, *targets])


def _pytest(workshop: Workshop, env: dict[str, str], arguments: list[object]) -> int:
    command = [
        *(workshop.python, "-m", "pytest"),
        *("-c", settings.REPO / "pyproject.toml", "--rootdir", settings.REPO),
        *arguments,
    ]
    words = [str(word) for word in command]
    return patience.returncode_of(words, env=env, cwd=settings.REPO)
