"""Python environments made from lock files, by uv as fetched from PyPI."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from dev import settings
from dev.cache import digest, digest_files
from dev.console import run, step
from dev.debian import Archive, unpack

if TYPE_CHECKING:
    from pathlib import Path

    from dev.cache import Cache

UV = "uv==0.13.9"
_LOCKS = settings.REPO / "dev"
# uv ignores pip's configuration: what a machine sets for pip is handed over in uv's
# words.
_PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
}


def clean_env(**extra: str) -> dict[str, str]:
    """This process's environment without what other Pythons or Odoos left in it."""
    dropped = {
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHOME",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "ODOO_RC",
        "OPENERP_SERVER",
    }
    return {
        **{key: value for key, value in os.environ.items() if key not in dropped},
        **extra,
    }


def _pip_command(cache: Cache) -> tuple[list[str], dict[str, str]]:
    """How to run pip; a Python without it gets Debian's wheel of pip, unpacked in the
    cache.
    """
    command = [sys.executable, "-m", "pip"]
    if (
        subprocess.run(
            [*command, "--version"], capture_output=True, check=False
        ).returncode
        == 0
    ):
        return command, clean_env()

    def make(folder: Path) -> None:
        for package in Archive(cache).download(
            ["python3-pip-whl"], [], folder / "packages"
        ):
            unpack(package, folder)

    folder = cache.build("pip", "1", make)
    [wheel] = (folder / "usr/share/python-wheels").glob("pip-*.whl")
    return command, clean_env(PYTHONPATH=str(wheel))


def _read_pip_config(text: str) -> dict[str, str]:
    """What `pip config list` shows, as uv's variables; more specific lines come later
    and win.

    >>> _read_pip_config("global.index-url='https://a/simple'\\nglobal.find-links='/x\\\\n/y'\\nglobal.cert='z'")
    {'UV_DEFAULT_INDEX': 'https://a/simple', 'UV_FIND_LINKS': '/x,/y'}
    """
    found = {}
    for line in text.splitlines():
        name, _, value = line.partition("=")
        if variable := _PIP_TO_UV.get(name.rpartition(".")[2]):
            words = value.strip("'\"").replace("\\n", " ").split()
            found[variable] = ("," if variable == "UV_FIND_LINKS" else " ").join(words)
    return found


def _uv(cache: Cache) -> tuple[Path, dict[str, str]]:
    pip, env = _pip_command(cache)

    def make(folder: Path) -> None:
        with step(f"Getting {UV} from PyPI"):
            run(
                [*pip, "install", "--target", folder, UV],
                what="Getting uv",
                log=cache.logs / "uv.log",
                env=env,
                fetches=True,
            )

    folder = cache.build("uv", digest(UV), make)
    listed = subprocess.run(
        [*pip, "config", "list"], capture_output=True, text=True, check=False, env=env
    ).stdout
    found = {
        key: value
        for key, value in _read_pip_config(listed).items()
        if key not in os.environ
    }
    if "UV_INDEX" in found:
        found.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return folder / "bin" / "uv", clean_env(
        UV_SYSTEM_CERTS="1", UV_CACHE_DIR=str(cache.root / "uv-cache"), **found
    )


def environment(cache: Cache, name: str, lock: str, title: str) -> Path:
    """The folder of programs of the environment `name`, made from `dev/<lock>.lock`."""
    lock_file = _LOCKS / f"{lock}.lock"

    def make(folder: Path) -> None:
        uv, env = _uv(cache)
        with step(f"{title} (dev/{lock_file.name})"):
            log = cache.logs / f"{name}.log"
            run(
                [uv, "venv", "--clear", "--python", sys.executable, folder],
                what=title,
                log=log,
                env=env,
                fetches=True,
            )
            run(
                [
                    uv,
                    "pip",
                    "install",
                    "--python",
                    folder / "bin/python",
                    "--requirement",
                    lock_file,
                ],
                what=title,
                log=log,
                env=env,
                fetches=True,
            )

    # Any Python 3.11 will do, unless the one it was made from has gone.
    if not (cache.root / name / "bin" / "python").exists():
        cache.forget(name)
    key = digest_files(_LOCKS, [lock_file])
    return cache.build(name, key, make) / "bin"


def odoo_environment(cache: Cache) -> Path:
    return environment(
        cache, "venv", "requirements", "Making Odoo's Python environment"
    )


def lint_environment(cache: Cache) -> Path:
    return environment(cache, "lint", "lint", "Making the linters' environment")
