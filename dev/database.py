"""Databases: copied with their files in half a second, dropped, looked at.

Inside Odoo's Python environment the functions work at once; the `dev` command, which
runs on the machine's own Python, reaches them by ``python -m dev.database``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

# A statement may take so long, in milliseconds: it waits for all who are connected.
_LONGEST = 600_000
# A database may be copied only while nobody is in it: wait for those who are leaving.
TRIES = 20


def query(statement: str, database: str = "postgres") -> list[tuple]:
    """Run one statement outside a transaction on the server that PGHOST... name; return
    its rows.
    """
    import psycopg2  # noqa: PLC0415 (only Odoo's environment has it)

    connection = psycopg2.connect(
        dbname=database,
        connect_timeout=10,
        options=f"-c statement_timeout={_LONGEST}",
    )
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def names(prefix: str) -> list[str]:
    return [
        name
        for (name,) in query("SELECT datname FROM pg_database")
        if name.startswith(prefix)
    ]


def _patiently(statement: str) -> None:
    import psycopg2  # noqa: PLC0415

    for attempt in range(TRIES):
        try:
            query(statement)
        except psycopg2.errors.ObjectInUse:
            if attempt == TRIES - 1:
                raise
            time.sleep(0.5)
        else:
            return


def copy(source: str, target: str, data_dir: str) -> None:
    """Copy a database and its filestore (hard links: its files never change)."""
    [(version,)] = query("SHOW server_version_num")
    strategy = " STRATEGY file_copy" if int(version) >= 150000 else ""
    _patiently(f'CREATE DATABASE "{target}" TEMPLATE "{source}"{strategy}')
    store = Path(data_dir) / "filestore"
    shutil.rmtree(store / target, ignore_errors=True)
    if (store / source).exists():
        shutil.copytree(store / source, store / target, copy_function=os.link)


def drop(name: str, data_dir: str) -> None:
    query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{name}'"
    )
    _patiently(f'DROP DATABASE IF EXISTS "{name}"')
    shutil.rmtree(Path(data_dir) / "filestore" / name, ignore_errors=True)


def rename(source: str, target: str, data_dir: str) -> None:
    _patiently(f'ALTER DATABASE "{source}" RENAME TO "{target}"')
    store = Path(data_dir) / "filestore"
    if (store / source).exists():
        (store / source).rename(store / target)


if __name__ == "__main__":
    _function, *_arguments = sys.argv[1:]
    json.dump(
        {"query": query, "names": names, "copy": copy, "drop": drop, "rename": rename}[
            _function
        ](*_arguments),
        sys.stdout,
        default=str,
    )
