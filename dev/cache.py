"""One folder outside the checkout keeps what is slow to get, keyed by what it was made
from.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dev import settings
from dev.errors import DevError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_STAMP = ".made-for"
_SKIPPED = {"__pycache__", "node_modules"}


def digest(*parts: object) -> str:
    """Short fingerprint of some values.

    >>> digest("a", 1) == digest("a", 1), digest("a") == digest("b")
    (True, False)
    """
    return hashlib.sha256(
        json.dumps([str(part) for part in parts]).encode()
    ).hexdigest()[:12]


def digest_files(folder: Path, paths: Iterable[Path]) -> str:
    """Fingerprint of the names (relative to `folder`) and contents of files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(
            str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0"
        )
    return total.hexdigest()[:12]


def files_under(folder: Path, without: Iterable[str] = ()) -> list[Path]:
    """All files of a folder, less the named parts (relative to it) and what programs
    leave behind.
    """
    left_out = [folder / part for part in without]
    return [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not _SKIPPED.intersection(path.parts)
        and not any(path.is_relative_to(part) for part in left_out)
    ]


def default_root() -> Path:
    """Where the cache is: ADV_CACHE, else /var/cache for root (PostgreSQL runs as
    another user), else the home.
    """
    if chosen := os.environ.get("ADV_CACHE"):
        return Path(chosen).expanduser().absolute()
    if settings.is_root():
        return Path("/var/cache") / settings.NAME
    return (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / settings.NAME
    )


class Cache:
    """The cache folder: `build` makes an entry once for a key, also when two runs want
    it together.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or default_root()
        self.logs = self.root / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        self._check_space()

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.root).free / 1e9
        wanted = 0.3 if (self.root / "venv").exists() else settings.CACHE_NEED_GB
        if free < wanted:
            raise DevError(
                f"The disk is full: {self.root} has {free:.1f} GB free and needs"
                f" {wanted} GB;"
                " free some space or set ADV_CACHE to a folder on another disk."
            )

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Only one process at a time gets in, whatever its checkout."""
        with (self.root / f".{name}.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def forget(self, name: str) -> None:
        """Have an entry made anew the next time."""
        (self.root / name / _STAMP).unlink(missing_ok=True)

    def build(self, name: str, key: str, make: Callable[[Path], None]) -> Path:
        """The folder `name`, made by `make` unless it was already made for this key."""
        folder = self.root / name
        stamp = folder / _STAMP
        with self.lock(name.replace("/", "-")):
            if not stamp.exists() or stamp.read_text() != key:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                make(folder)
                stamp.write_text(key)
        return folder
