"""An Odoo environment on one database, and what a piece of work in it costs."""

import re
import statistics
import time
from pathlib import Path
from typing import NamedTuple

import psycopg2

import odoo.init  # noqa: F401 (sets Odoo up)
from odoo import api
from odoo.api import SUPERUSER_ID
from odoo.modules.registry import Registry
from odoo.sql_db import close_db, connection_info_for
from odoo.tools import config


class Cost(NamedTuple):
    """What a piece of work took; the memory is the highest of the Odoo process."""

    seconds: float
    queries: int
    megabytes: float


class Session:
    """One open transaction on a database; what is not committed is undone."""

    def __init__(self, config_file, database):
        config.parse_config(
            ["--config", config_file, "--database", database, "--log-level=warn"]
        )
        self.database = database

    def __enter__(self):
        cursor = Registry(self.database).cursor()
        self.env = api.Environment(cursor, SUPERUSER_ID, {"tracking_disable": False})
        return self

    def __exit__(self, *_exception):
        self.env.cr.close()
        close_db(self.database)

    def undo(self):
        """Take everything back since the last commit."""
        self.env.cr.rollback()
        self.env.invalidate_all(flush=False)

    def cost(self, work) -> Cost:
        """Do some work up to the point of its commit and return what it took."""
        cr = self.env.cr
        _forget_peak()
        queries, start = cr.sql_log_count, time.perf_counter()
        work()
        cr.flush()
        seconds = time.perf_counter() - start
        return Cost(seconds, cr.sql_log_count - queries, peak_megabytes())


def typical(costs) -> Cost:
    """Return the median of each part of some costs."""
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


def vacuum(database):
    """Leave statistics and visibility maps as a living database has them."""
    _name, parameters = connection_info_for(database)
    connection = psycopg2.connect(**parameters)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    finally:
        connection.close()


def _forget_peak():
    """Have the kernel count this process's memory peak anew, where it can."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def peak_megabytes(status="/proc/self/status") -> float:
    """Return the highest resident memory of a process, 0 where nobody knows."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(status).read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
