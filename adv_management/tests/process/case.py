"""The helpers of process-level tests: copied databases, real Odoo processes, real mail.

What a ``TransactionCase`` cannot show, because it never commits, is shown here: what is
left when a process dies, or when two work at the same time.

.. code-block:: python

    class TestKilledJob(ProcessCase):
        def test_nothing_is_lost(self):
            database = self.copy_database()
            job = self.start(database, call="adv.x._cron_y", kill_at="commit:2:after")
            self.assertKilled(job)
            self.run_to_end(database, call="adv.x._cron_y")
            self.assertEqual(self.query(database, "SELECT count(*) FROM adv_x"), [(3,)])
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from psycopg2.errors import ObjectInUse

import odoo.tools
from odoo.sql_db import close_db, db_connect
from odoo.tests import BaseCase, tagged
from odoo.tools import SQL, config

from .smtp_sink import SmtpSink

_RUNNER = Path(__file__).with_name("runner.py")
TIMEOUT = 300  # seconds that a process may take, on a busy machine
_LEAVING = 10  # seconds in which it says what it is at, or is gone


class OdooProcess:
    """A running Odoo; what it prints is kept in a file."""

    def __init__(self, command, env):
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `end`)
        self.popen = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )

    def wait(self, timeout=TIMEOUT):
        """Wait for its end and return its exit code, -9 when it was killed."""
        try:
            return self.popen.wait(timeout)
        except subprocess.TimeoutExpired:
            message = f"it still runs after {timeout} s; it said:\n{self.output}"
            raise AssertionError(message) from None

    def kill(self):
        """End it as a power cut would."""
        self.popen.send_signal(signal.SIGKILL)
        self.popen.wait(_LEAVING)

    def end(self):
        """End it whatever it is doing, and forget its log."""
        if not self.is_gone:
            self.kill()
        self._log.close()

    @property
    def is_gone(self):
        return self.popen.poll() is not None

    @property
    def output(self):
        self._log.seek(0)
        return self._log.read().decode(errors="replace")


@tagged("post_install", "-at_install", "adv_process")
class ProcessCase(BaseCase):
    """Works on copies of the database under test, with real processes and commits."""

    needs_database = True

    # Databases ------------------------------------------------------------------------

    def copy_database(self, source=None):
        """Copy a database, the one under test if None; return the copy's name.

        Nobody may be connected to the source meanwhile; the copy goes with the test.
        """
        source = source or config["db_name"][0]
        name = f"{config['db_name'][0]}_p{time.monotonic_ns() % 10**9}"
        close_db(source)
        create = SQL(
            "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy",
            SQL.identifier(name),
            SQL.identifier(source),
        )
        if self._server_version() < 150000:
            create = SQL(create.code.removesuffix(" STRATEGY file_copy"))
        self._administer(create)
        self.addCleanup(self.drop_database, name)
        filestore = Path(config.filestore(source))
        if filestore.exists():
            target = Path(config.filestore(name))
            shutil.copytree(filestore, target, copy_function=os.link)
        return name

    def drop_database(self, name):
        close_db(name)
        self._administer(SQL("DROP DATABASE %s WITH (FORCE)", SQL.identifier(name)))
        shutil.rmtree(config.filestore(name), ignore_errors=True)

    def query(self, database, statement, *params):
        """Run one statement on a database, commit, and return its rows."""
        with db_connect(database).cursor() as cr:
            cr.execute(SQL("SET LOCAL statement_timeout = %s", f"{TIMEOUT}s"))
            cr.execute(SQL(statement, *params))
            return cr.fetchall() if cr.description else []

    def rows(self, database, table, without=()):
        """All rows of a table as dicts by id, without some columns: two databases that
        went different ways to the same end must give the same.
        """
        with db_connect(database).cursor() as cr:
            cr.execute(SQL("SELECT * FROM %s ORDER BY id", SQL.identifier(table)))
            rows = cr.dictfetchall()
        return {
            row["id"]: {key: row[key] for key in row if key not in without}
            for row in rows
        }

    @staticmethod
    def _server_version():
        with db_connect("postgres").cursor() as cr:
            return cr._cnx.server_version

    @staticmethod
    def _administer(statement, tries=40):
        """Run a statement outside a transaction, waiting for those who are leaving."""
        for left in reversed(range(tries)):
            with db_connect("postgres").cursor() as cr:
                cr._cnx.autocommit = True
                cr.execute(SQL("SET statement_timeout = %s", f"{TIMEOUT}s"))
                try:
                    cr.execute(statement, log_exceptions=False)
                except ObjectInUse:
                    if not left:
                        raise
                else:
                    return
                finally:
                    cr._cnx.autocommit = False
            time.sleep(0.25)

    # Processes ------------------------------------------------------------------------

    def start(
        self, database, *, call=None, function=None, kill_at=None, sink=None, **kw
    ):
        """Start a real Odoo process and return it at once.

        :param call: ``model._method``, called as superuser on an empty recordset, then
            committed; without it and ``function``, the process serves and runs crons
        :param function: a function of a module of yours, called with ``env`` instead
        :param kill_at: the point at which it kills itself, see
            :class:`.kill_point.KillPoint`
        :param sink: the :class:`.smtp_sink.SmtpSink` that takes its mails
        :param kw: keyword arguments of the call, as far as JSON can carry them
        """
        command = [sys.executable, _RUNNER, "--database", database]
        command += ["--seconds", TIMEOUT - _LEAVING]
        command += ["--odoo", json.dumps(self._odoo_options(sink))]
        if kill_at:
            command += ["--kill-at", kill_at]
        if call:
            command += ["--call", call, "--kwargs", json.dumps(kw)]
        elif function:
            path = f"{sys.modules[function.__module__].__file__}:{function.__name__}"
            command += ["--function", path, "--kwargs", json.dumps(kw)]
        else:
            command.append("--serve")
        process = OdooProcess([str(word) for word in command], self._environment())
        self.addCleanup(process.end)
        return process

    def run_to_end(self, database, **kw):
        """Start a process as :meth:`start` does; it must end well."""
        process = self.start(database, **kw)
        self.assertEqual(process.wait(), 0, process.output)
        return process.output

    def serve_one_cron(self, database, cron, **kw):
        """Start a server whose only scheduled action is this one (an XML id); it runs
        at once and not when a server would next look, after a minute.
        """
        module, _, name = cron.partition(".")
        statement = """
            UPDATE ir_cron SET active = id IN (
                SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s)"""
        self.query(database, statement, module, name)
        process = self.start(database, **kw)

        def is_started():
            self.query("postgres", "SELECT pg_notify('cron_trigger', %s)", database)
            return process.is_gone or "starting" in process.output

        self.wait_until(is_started)
        return process

    def assertKilled(self, process, timeout=TIMEOUT):
        """Wait for a process that must die at its kill point."""
        code = process.wait(timeout)
        self.assertEqual(code, -signal.SIGKILL, process.output)
        self.assertIn("kill point reached", process.output)

    def wait_until(self, condition, timeout=TIMEOUT):
        """Wait until a function of no argument gives something true."""
        deadline = time.monotonic() + timeout
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it did not happen in time")
            time.sleep(0.2)

    def sink(self, **kw):
        """A mail server of the test's own, see :class:`.smtp_sink.SmtpSink`."""
        sink = SmtpSink(**kw)
        sink.__enter__()
        self.addCleanup(sink.__exit__)
        return sink

    @staticmethod
    def _odoo_options(sink):
        """The running Odoo's options for another one, its mail going to a sink."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        names = ("db_host", "db_port", "db_user", "data_dir")
        given = [
            f"--{name.replace('_dir', '-dir')}={config[name]}"
            for name in names
            if config[name]
        ]
        return [
            *given,
            f"--addons-path={','.join(config['addons_path'])}",
            f"--http-port={port}",
            "--http-interface=127.0.0.1",
            "--max-cron-threads=1",
            "--smtp=127.0.0.1",
            f"--smtp-port={sink.port if sink else 1}",
        ]

    @staticmethod
    def _environment():
        """Odoo is found where this process found it, the password not on the command
        line.
        """
        odoo_root = str(Path(odoo.tools.__file__).parents[2])
        paths = filter(None, [odoo_root, os.environ.get("PYTHONPATH")])
        nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
        env = {**os.environ, **nowhere, "PYTHONPATH": os.pathsep.join(paths)}
        if config["db_password"]:
            env["PGPASSWORD"] = config["db_password"]
        return env
