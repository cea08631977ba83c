"""``make clean`` and ``make distclean``."""

from __future__ import annotations

import os
import shutil

from dev import settings
from dev.cache import Cache, default_root
from dev.console import say
from dev.postgres import Cluster
from dev.templates import PREFIX
from dev.workshop import Workshop

_LEFT_BY_RUNS = (".pytest_cache", ".ruff_cache", "screenshots", "dist", "build")


def clean() -> int:
    """Remove our databases and what test runs leave in the checkout; downloads stay."""
    _clean_checkout()
    workshop = Workshop()
    if os.environ.get("PGHOST"):
        _drop_databases(workshop)
    else:
        _remove_clusters(workshop.cache)
    root = workshop.cache.root
    for folder in (workshop.data_dir, root / "demo-mail", root / "log"):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"Databases, filestore and logs in {root} are gone.")
    return 0


def distclean() -> int:
    """Remove the whole cache as well."""
    clean()
    root = default_root()
    shutil.rmtree(root)
    say(f"{root} is gone.")
    return 0


def _clean_checkout() -> None:
    for name in _LEFT_BY_RUNS:
        shutil.rmtree(settings.REPO / name, ignore_errors=True)
    for folder in (*settings.ADDONS, "bench", "dev"):
        for path in (settings.REPO / folder).rglob("__pycache__"):
            shutil.rmtree(path, ignore_errors=True)


def _remove_clusters(cache: Cache) -> None:
    for folder in cache.root.glob("postgres-*"):
        if (folder / "data").exists():
            Cluster(cache).stop()
        shutil.rmtree(folder)


def _drop_databases(workshop: Workshop) -> None:
    """On a server that is not ours, only our own databases go."""
    with workshop.open():
        for name in workshop.database("names", PREFIX):
            workshop.database("drop", name, workshop.data_dir)
