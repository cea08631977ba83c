"""``make demo``: the addon with its demo story, what it found there, and a server to
look at it. Nothing leaves the machine.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dev import debian, findings, settings
from dev.console import say, step
from dev.errors import DevError
from dev.templates import PREFIX, Templates
from dev.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = f"{PREFIX}demo"
_SINK = settings.ADDON / "tests" / "process" / "smtp_sink.py"
_START_TIMEOUT = 120


def run(*, serve: bool, port: int) -> int:
    """Make the demo database, tell what the addon found in it, and serve it."""
    if serve:
        _check_port(port)
    workshop = Workshop()
    with workshop.open():
        if serve and not debian.find_program("wkhtmltopdf"):
            _offer_pdf(workshop)
        _prepare(workshop)
        for line in findings.read(workshop, DATABASE):
            say(line)
        if serve:
            _serve(workshop, port)
    return 0


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, port))
        except OSError as error:
            raise DevError(
                f"Port {port} is taken: stop the program that uses it or choose another"
                f" one, `make demo PORT={port + 1}`."
            ) from error


def _offer_pdf(workshop: Workshop) -> None:
    """Printing needs wkhtmltopdf; all else works without it."""
    if not debian.install(workshop.cache, ["wkhtmltopdf"], "wkhtmltopdf for PDFs"):
        say(
            "There is no wkhtmltopdf: PDFs will not print (apt-get install"
            " wkhtmltopdf)."
        )


def _prepare(workshop: Workshop) -> None:
    """Have the demo database of this addon, with what was done in it since."""
    template = Templates(workshop, "demo").addon()
    found = DATABASE in workshop.database("names", DATABASE)
    if found and _made_from(workshop) == template:
        say("The demo database is as you left it (`make clean` makes a new one).")
        return
    if found:
        say("The addon or the week changed: the demo database is made anew.")
    workshop.database("drop", DATABASE, workshop.data_dir)
    workshop.database("copy", template, DATABASE, workshop.data_dir)
    workshop.database("query", f"COMMENT ON DATABASE {DATABASE} IS '{template}'")


def _made_from(workshop: Workshop) -> str:
    statement = (
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        f" WHERE datname = '{DATABASE}'"
    )
    [[template]] = workshop.database("query", statement)
    return template


@contextmanager
def _mail_sink(workshop: Workshop) -> Iterator[str]:
    """The port of a mail server that keeps all messages as files."""
    folder = workshop.cache.root / "demo-mail"
    command = [sys.executable, str(_SINK), str(folder)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the server
    ) as sink:
        yield sink.stdout.readline().strip()
        sink.stdin.close()


def _serve(workshop: Workshop, port: int) -> None:
    """Serve until Ctrl-C; scheduled actions run, mail stays in a folder, and no other
    server is reached (the proxy that HTTP would have to take does not exist).
    """
    _link_to(workshop, port)
    nowhere = f"http://{settings.HOST}:9"
    env = workshop.env(
        HTTP_PROXY=nowhere, HTTPS_PROXY=nowhere, NO_PROXY="127.0.0.1,localhost"
    )
    log = workshop.cache.logs / "demo.log"
    with _mail_sink(workshop) as mail_port, log.open("w") as output:
        options = [
            *("--config", workshop.config, "--database", DATABASE),
            *("--http-port", port, "--max-cron-threads=1"),
            *("--smtp", settings.HOST, "--smtp-port", mail_port),
        ]
        server = subprocess.Popen(
            [str(word) for word in workshop.odoo(*options)],
            env=env,
            cwd=workshop.cache.root,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for_login(server, port, log)
            _tell_how_to_log_in(workshop, port)
            server.wait()
        except KeyboardInterrupt:
            say("Stopping.")
        finally:
            server.terminate()
            server.wait()


def _link_to(workshop: Workshop, port: int) -> None:
    """Have the links of the demo's e-mails lead to where it is served."""
    statement = (
        f"UPDATE ir_config_parameter SET value = 'http://{settings.HOST}:{port}'"
        " WHERE key = 'web.base.url'"
    )
    workshop.database("query", statement, DATABASE)


def _wait_for_login(server: subprocess.Popen, port: int, log: object) -> None:
    url = f"http://{settings.HOST}:{port}/web/login"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + _START_TIMEOUT
    with step("Starting Odoo"):
        while server.poll() is None and time.monotonic() < deadline:
            try:
                opener.open(url, timeout=10).close()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
            else:
                return
    raise DevError(f"Odoo does not answer on {url}; what it said: {log}")


def _tell_how_to_log_in(workshop: Workshop, port: int) -> None:
    say("")
    say(
        f"Open http://{settings.HOST}:{port} (Ctrl-C stops). The password is the login:"
    )
    for role, name, login in findings.read_users(workshop, DATABASE):
        say(f"  {role:<18} {login:<12} {name}")
    say(f"Mail is kept in {workshop.cache.root / 'demo-mail'}, none is sent.")


def wants_to_serve() -> bool:
    return os.environ.get("SERVE", "1") not in ("0", "no", "false")
