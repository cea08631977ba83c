"""Chromium for the browser tests: the machine's, else Debian's where root asks."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from dev import debian
from dev.errors import DevError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dev.cache import Cache

# The names that Odoo's test framework looks for, in its order.
_NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
_DRIVEN = ("start_tour(", "browser_js(")


def is_needed(paths: Iterable[Path]) -> bool:
    """Whether these tests drive a browser."""
    files = [
        file
        for path in paths
        for file in (path.rglob("*.py") if path.is_dir() else [path])
    ]
    texts = (file.read_text(encoding="utf-8") for file in files)
    return any(call in text for text in texts for call in _DRIVEN)


def require(cache: Cache) -> None:
    """Make sure that there is a browser, or say what to do."""
    if any(shutil.which(name) for name in _NAMES):
        return
    if not debian.install(cache, ["chromium"], "Chromium for the browser tests"):
        raise DevError(
            "No Chromium for the browser tests and no right to install it: ask for"
            " `apt-get install chromium` (rooms without browser tests run all the same:"
            " make test T=commitment)."
        )
