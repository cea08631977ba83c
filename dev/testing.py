"""``make test``: everything, one room (T=room), or what needs no database (``make
test-fast``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from dev import settings
from dev.errors import DevError
from dev.templates import PREFIX, Templates, drop_leftovers
from dev.workshop import Workshop

if TYPE_CHECKING:
    from pathlib import Path

_TESTS = settings.ADDON / "tests"
_OWN_TESTS = settings.REPO / "dev" / "tests"
_PURE = ("tools", "kpi")
WORKERS = "2"


def rooms() -> dict[str, list[Path]]:
    """What `T=` may name: a folder of tests, with the doctests of a pure folder of that
    name.
    """
    found = {
        folder.name: [folder]
        for folder in sorted(_TESTS.iterdir())
        if (folder / "__init__.py").exists()
    }
    for path in sorted(_OWN_TESTS.glob("test_*.py")):
        found[path.stem.removeprefix("test_")] = [path]
    for name in _PURE:
        if (settings.ADDON / name).is_dir():
            found.setdefault(name, []).append(settings.ADDON / name)
    return found


def _targets(room: str | None) -> list[Path]:
    known = rooms()
    if not room:
        return [
            _TESTS,
            _OWN_TESTS,
            settings.REPO / "dev",
            *(path for name in _PURE for path in known.get(name, [])[-1:]),
        ]
    if room not in known:
        raise DevError(
            f"There is no room of tests called {room}. T= may be one of:"
            f" {', '.join(known)}."
        )
    return known[room]


def run_all(room: str | None, extra: list[str]) -> int:
    """Run the tests and return pytest's exit code; its closing line is the last one."""
    targets = _targets(room)
    workshop = Workshop()
    with workshop.open():
        drop_leftovers(workshop)
        template = Templates(workshop).addon()
        shutil.rmtree(settings.REPO / "screenshots", ignore_errors=True)
        options = [
            *("--odoo-config", workshop.config),
            *("--odoo-database", f"{PREFIX}run_{os.getpid()}"),
            *("--odoo-log-level=warn", "--odoo-http"),
        ]
        if not room:
            options += ["-n", WORKERS, "--dist", "loadfile"]
        env = workshop.env(ADV_TEMPLATE=template)
        return _pytest(workshop, env, [*options, *extra, *targets])


def _pytest(workshop: Workshop, env: dict[str, str], arguments: list[object]) -> int:
    command = [workshop.python, "-m", "pytest", *arguments]
    return subprocess.run(
        [str(part) for part in command], env=env, cwd=settings.REPO, check=False
    ).returncode
