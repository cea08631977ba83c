"""The linters: one table for ``make lint``, the tests and the commit hooks."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dev import settings
from dev.cache import digest, digest_files
from dev.console import run, say, step
from dev.patience import output_of
from dev.python_env import clean_env, lint_environment

if TYPE_CHECKING:
    from dev.cache import Cache

_NODE = settings.REPO / "dev" / "node"
_MANIFESTS = [f"{addon}/__manifest__.py" for addon in settings.ADDONS]
_PRETTY = (
    *(f"{addon}/**/*.{{css,js,json,scss,xml}}" for addon in settings.ADDONS),
    "*.{json,mjs,yaml}",
    "dev/**/*.json",
)


@dataclass(frozen=True)
class Tools:
    """Where the linters' programs are."""

    python: Path
    node_modules: Path

    @classmethod
    def get(cls, cache: Cache) -> Tools:
        """Fetch them, each in its pinned version."""
        programs = lint_environment(cache)

        def make(folder: Path) -> None:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                (folder / name).write_bytes((_NODE / name).read_bytes())
            with step("Getting prettier and eslint from npm"):
                run(
                    [
                        programs / "npm",
                        "ci",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                    ],
                    what="Getting prettier and eslint",
                    log=cache.logs / "npm.log",
                    cwd=folder,
                    env=clean_env(
                        PATH=f"{programs}:/usr/bin:/bin",
                        NODE_USE_SYSTEM_CA="1",
                        npm_config_cache=str(cache.root / "npm-cache"),
                    ),
                    fetches=True,
                )

        key = digest(
            digest_files(_NODE, [_NODE / "package-lock.json", _NODE / ".npmrc"])
        )
        return cls(programs, cache.build("node", key, make) / "node_modules")

    @classmethod
    def from_env(cls) -> Tools:
        """Where the parent process said they are."""
        return cls(Path(os.environ["ADV_LINT"]), Path(os.environ["ADV_NODE"]))

    def to_env(self) -> dict[str, str]:
        return {"ADV_LINT": str(self.python), "ADV_NODE": str(self.node_modules)}

    def commands(self) -> dict[str, list[object]]:
        """What each linter is called with; none of them writes."""
        prettier = self._prettier()
        ruff = [self.python / "ruff"]
        brief = ["--quiet", "--output-format", "concise"]
        return {
            "ruff": [*ruff, "check", *brief, "."],
            "ruff-format": [*ruff, "format", "--check", *brief, "."],
            "pylint-odoo": [
                self.python / "pylint",
                "--rcfile=.pylintrc-mandatory",
                *settings.ADDONS,
            ],
            "oca-module": [
                self.python / "oca-checks-odoo-module",
                "--disable=prefer-readme-rst",
                *_MANIFESTS,
            ],
            "oca-po": [
                self.python / "oca-checks-po",
                "--disable=po-pretty-format",
                *sorted(settings.REPO.glob(f"{settings.NAME}*/i18n/*.po*")),
            ],
            "prettier": [*prettier, "--check", *_PRETTY],
            "eslint": [
                *(self.python / "node", self.node_modules / "eslint/bin/eslint.js"),
                *(
                    "--max-warnings=0",
                    "--no-error-on-unmatched-pattern",
                    *(f"{addon}/static/**/*.js" for addon in settings.ADDONS),
                ),
            ],
        }

    def formatters(self) -> list[list[object]]:
        """What brings files into the form that the linters ask for."""
        ruff = self.python / "ruff"
        return [
            [
                self.python / "oca-checks-odoo-module",
                "--fix",
                "--disable=prefer-readme-rst",
                *_MANIFESTS,
            ],
            [ruff, "check", "--fix-only", "."],
            [ruff, "format", "."],
            [*self._prettier(), "--write", *_PRETTY],
        ]

    def _prettier(self) -> list[object]:
        plugin = self.node_modules / "@prettier/plugin-xml/src/plugin.js"
        program = self.node_modules / "prettier/bin/prettier.cjs"
        return [
            self.python / "node",
            program,
            "--plugin",
            plugin,
            "--no-error-on-unmatched-pattern",
        ]


NAMES = tuple(Tools(Path(), Path()).commands())


def check(tools: Tools, name: str) -> subprocess.CompletedProcess:
    """Run one linter on the checkout."""
    return output_of(
        *tools.commands()[name],
        cwd=settings.REPO,
        env=clean_env(),
        stderr=subprocess.STDOUT,
    )


def run_all(cache: Cache, only: list[str]) -> int:
    """``make lint``: all linters, one after the other; their findings on the output."""
    tools = Tools.get(cache)
    failed = []
    for name in only or NAMES:
        result = check(tools, name)
        say(f"{name}: {'ok' if not result.returncode else 'not ok'}")
        if result.returncode:
            failed.append(name)
            say(result.stdout)
    return 1 if failed else 0


def write_format(cache: Cache) -> int:
    """``make format``: what can be mended without thought."""
    for command in Tools.get(cache).formatters():
        subprocess.run(
            [str(part) for part in command],
            cwd=settings.REPO,
            env=clean_env(),
            check=False,
        )
    return 0
