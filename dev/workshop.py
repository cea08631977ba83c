"""Everything a command needs at hand: cache, Odoo, Python, PostgreSQL, and how to start
Odoo with them.
"""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from dev import errors, odoo_source, postgres, settings
from dev.cache import Cache
from dev.console import run
from dev.python_env import clean_env, odoo_environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Workshop:
    """One developer's command at work; `open` it to have the database server running
    meanwhile.
    """

    def __init__(self) -> None:
        self.cache = Cache()
        self.server_env: dict[str, str] = {}
        # Files belong to a server's databases; a given server has its own.
        given = os.environ.get("PGHOST", "").replace("/", "_")
        port = os.environ.get("PGPORT", "5432")
        self.data_dir = self.cache.root / (f"data-{given}-{port}" if given else "data")

    @cached_property
    def source(self) -> odoo_source.OdooSource:
        return odoo_source.find(self.cache)

    @cached_property
    def programs(self) -> Path:
        return odoo_environment(self.cache)

    @property
    def python(self) -> Path:
        return self.programs / "python"

    @contextmanager
    def open(self) -> Iterator[Workshop]:
        """Get what is missing, start PostgreSQL, and leave it at the end."""
        server = postgres.server(self.cache)
        self.source, self.programs  # noqa: B018 (made here, before the server starts)
        try:
            self.server_env = server.start()
            self._check_server()
            yield self
        finally:
            server.leave()
            if "config" in self.__dict__:
                self.config.unlink(missing_ok=True)

    def _check_server(self) -> None:
        """A one-line error for a given server that cannot be reached or used."""
        self.database("query", "SELECT 1")

    def env(self, **extra: str) -> dict[str, str]:
        """Environment of a program that works with Odoo and the database."""
        path = os.pathsep.join([str(self.source.python_path), str(settings.REPO)])
        # The programs' folder comes first: tests call tools of this environment by
        # name.
        programs = os.pathsep.join(
            [str(self.programs), os.environ.get("PATH", os.defpath)]
        )
        return clean_env(PYTHONPATH=path, PATH=programs, **self.server_env, **extra)

    def database(self, function: str, *arguments: object) -> list:
        """Call a function of `dev.database` in Odoo's Python."""
        command = [self.python, "-m", "dev.database", function, *arguments]
        done = subprocess.run(
            [str(word) for word in command],
            env=self.env(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            reason = errors.last_error(done.stderr)
            raise errors.DevError(
                f"PostgreSQL (PGHOST, PGPORT, PGUSER) refused: {reason}"
            )
        return json.loads(done.stdout)

    @cached_property
    def config(self) -> Path:
        """Odoo's configuration; the server's address comes from the environment, as for
        every client.
        """
        addons = ",".join(
            str(path) for path in (*self.source.addons_paths, settings.REPO)
        )
        path = self.cache.root / f"odoo-{os.getpid()}.conf"
        path.write_text(
            "[options]\n"
            f"addons_path = {addons}\n"
            f"data_dir = {self.data_dir}\n"
            f"http_interface = {settings.HOST}\n"
            f"screenshots = {settings.REPO / 'screenshots'}\n"
            "list_db = False\n"
            "max_cron_threads = 0\n",
            encoding="utf-8",
        )
        return path

    def odoo(self, *arguments: object) -> list[object]:
        """The command line that starts Odoo."""
        return [self.python, "-m", "odoo", *arguments]

    def run_odoo(self, *arguments: object, what: str, log: Path) -> str:
        """Run Odoo to its end; it starts outside `odoo/addons`, whose `calendar` would
        hide Python's.
        """
        return run(
            self.odoo(*arguments),
            what=what,
            log=log,
            env=self.env(),
            cwd=self.cache.root,
        )
