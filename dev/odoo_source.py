"""Where Odoo 19 comes from: ODOO_DIR, else Debian's package laid out in the cache."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dev import settings
from dev.cache import digest
from dev.console import step
from dev.debian import Archive, unpack
from dev.errors import DevError

if TYPE_CHECKING:
    from dev.cache import Cache

_FROM_UNSTABLE = ("odoo-19", "fonts-montserrat")
# What the package links to; the stable release's files fit its links, unstable's do
# not.
_FROM_STABLE = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
# Translations other than French are two thirds of the package.
_EXCLUDED = ("*/i18n/[a-eg-z]*.po", "*/i18n/f[a-qs-z]*.po", "*/i18n/fr_*.po")
_PYTHON_PATH = Path("usr/lib/python3/dist-packages")
# Debian strips this library; the mail bundle does not load without a file of that name.
_STRIPPED = Path(
    "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
)


@dataclass(frozen=True)
class OdooSource:
    """An Odoo 19 tree: what goes on Python's path, where its addons are, and a key that
    tells its version.
    """

    python_path: Path
    addons_paths: tuple[Path, ...]
    key: str


def find(cache: Cache) -> OdooSource:
    """The Odoo to use."""
    if chosen := os.environ.get("ODOO_DIR"):
        return _from_checkout(Path(chosen).expanduser().resolve())
    return _from_debian(cache)


def _read_series(root: Path) -> tuple[int, int]:
    """Odoo's series as its release file tells it."""
    release = root / "odoo" / "release.py"
    if not release.exists():
        raise DevError(
            f"ODOO_DIR={root} is not an Odoo checkout: there is no odoo/release.py in"
            " it."
        )
    found = re.search(
        r"^version_info = \((\d+), (\d+)",
        release.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _source(root: Path, key: str) -> OdooSource:
    series = _read_series(root)
    if series != settings.SERIES:
        raise DevError(
            f"{root} is Odoo {series[0]}.{series[1]}, adv_management needs 19.0: set"
            " ODOO_DIR to an Odoo 19.0 checkout."
        )
    # A checkout keeps most addons beside the package, Debian's package within it.
    within, beside = root / "odoo" / "addons", root / "addons"
    folders = (within,) if (within / "web").is_dir() else (beside, within)
    return OdooSource(root, folders, key)


def _from_checkout(root: Path) -> OdooSource:
    head = subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return _source(root, digest(root, head))


def _from_debian(cache: Cache) -> OdooSource:
    def make(folder: Path) -> None:
        downloads = folder / "packages"
        with step("Getting Odoo 19 from Debian (125 MB)", watch=downloads):
            packages = Archive(cache).download(_FROM_STABLE, _FROM_UNSTABLE, downloads)
        with step("Unpacking Odoo (400 MB)"):
            for package in packages:
                unpack(package, folder, _EXCLUDED)
                (folder / "versions").open("a").write(package.name + "\n")
                package.unlink()
        stripped = folder / _PYTHON_PATH / _STRIPPED
        if not stripped.exists():
            stripped.parent.mkdir(parents=True, exist_ok=True)
            stripped.write_text("/* not in Debian's package */\n", encoding="utf-8")

    folder = cache.build(
        "odoo", digest(_FROM_STABLE, _FROM_UNSTABLE, _EXCLUDED, _STRIPPED), make
    )
    return _source(folder / _PYTHON_PATH, digest((folder / "versions").read_text()))
