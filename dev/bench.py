"""``make bench``: the budgets on databases with two years of trade, which are filled
once a day and kept in the server.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
from typing import TYPE_CHECKING

from dev import settings
from dev.bench_table import is_missed, table
from dev.cache import digest, digest_files, files_under
from dev.console import run, say, step
from dev.errors import DevError
from dev.templates import PREFIX, Templates, drop_leftovers
from dev.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZES = (20_000, 200_000)
MIN_SIZE = 100
# The filled database, a copy without us, a copy with us that works.
_DISK_BYTES_PER_ORDER = 45_000
# Files that leave no trace in a filled database.
_TRACELESS = ("check.py", "clicks.py", "measure.py")
# What decides how fast a server seems.
_SERVER_SETTINGS = (
    *("shared_buffers", "work_mem", "jit", "random_page_cost"),
    *("fsync", "synchronous_commit", "full_page_writes"),
)


def run_all(sizes: Iterable[int]) -> int:
    """Print the table of budgets; return 1 if one is missed."""
    sizes = sizes or SIZES
    workshop = Workshop()
    _check_sizes(workshop, sizes)
    with workshop.open():
        drop_leftovers(workshop)
        columns = {orders: _measure(workshop, orders) for orders in sizes}
        for line in table(columns):
            say(line)
        say(_conditions(workshop))
    return 1 if is_missed(columns) else 0


def _check_sizes(workshop: Workshop, sizes: Iterable[int]) -> None:
    """A one-line error for a size that makes no sense or does not fit the disk."""
    if min(sizes) < MIN_SIZE:
        raise DevError(f"The bench starts at {MIN_SIZE} orders.")
    need = max(sizes) * _DISK_BYTES_PER_ORDER
    free = shutil.disk_usage(workshop.cache.root).free
    if need > free and not os.environ.get("PGHOST"):
        raise DevError(
            f"A bench of {max(sizes):,} orders needs {need / 1e9:.0f} GB in"
            f" {workshop.cache.root}, {free / 1e9:.0f} GB are free."
        )


def _conditions(workshop: Workshop) -> str:
    """Under what the figures were measured, for whoever compares them."""
    shown = ", ".join(f"current_setting('{name}')" for name in _SERVER_SETTINGS)
    [[version, *values]] = workshop.database(
        "query", f"SELECT current_setting('server_version'), {shown}"
    )
    pairs = zip(_SERVER_SETTINGS, values, strict=True)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"PostgreSQL {version}: {', '.join(f'{name} {value}' for name, value in pairs)}"
        f"\n{os.cpu_count()} cores; load over 1, 5 and 15 minutes: {load}"
    )


def _measure(workshop: Workshop, orders: int) -> dict:
    template = _filled(workshop, orders)
    plain, own = (f"{PREFIX}run_{os.getpid()}_{name}" for name in ("plain", "own"))
    try:
        with step(f"Measuring on {orders:,} orders"):
            for name in (plain, own):
                workshop.database("copy", template, name, workshop.data_dir)
            output = _bench(workshop, "measure", plain, own)
    finally:
        for name in (plain, own):
            workshop.database("drop", name, workshop.data_dir)
    return json.loads(output.splitlines()[-1])


def _filled(workshop: Workshop, orders: int) -> str:
    """The database of today with that many orders, filled unless it already was."""
    source = Templates(workshop, "full").dependencies()
    files = files_under(settings.REPO / "bench", without=_TRACELESS)
    key = digest(source, digest_files(settings.REPO, files), datetime.date.today())
    name = f"{PREFIX}bench_{orders}_{key}"
    with workshop.cache.lock(f"bench_{orders}"):
        known = workshop.database("names", f"{PREFIX}bench_{orders}_")
        if name not in known:
            for old in known:
                workshop.database("drop", old, workshop.data_dir)
            draft = f"{name}_draft"
            workshop.database("copy", source, draft, workshop.data_dir)
            with step(f"Filling a database with {orders:,} orders (kept for today)"):
                _bench(workshop, "fill", draft, orders)
            workshop.database("rename", draft, name, workshop.data_dir)
    return name


def _bench(workshop: Workshop, command: str, *arguments: object) -> str:
    words = [workshop.python, "-m", "bench", "--config", workshop.config, command]
    return run(
        [*words, *arguments],
        what=f"The bench ({command})",
        log=workshop.cache.logs / f"bench_{command}.log",
        env=workshop.env(),
        cwd=workshop.cache.root,
    )
