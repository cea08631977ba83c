"""Telling what is being done, and running programs that keep quiet unless they fail."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dev import errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TICK = 10  # seconds between two signs of life
LONGEST = 2 * 3600  # seconds that a program may take


def say(text: str) -> None:
    print(text, flush=True)


def warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def folder_size(path: Path) -> int:
    """Bytes in the files under `path`; files that vanish meanwhile are left out."""
    total = 0
    for file in path.rglob("*"):
        try:
            total += file.lstat().st_size
        except OSError:
            continue
    return total


@contextmanager
def step(title: str, watch: Path | None = None) -> Iterator[None]:
    """Announce a long step, show that it lives (and how much arrived in `watch`), say
    what it took.
    """
    say(f"-> {title}")
    start = time.monotonic()
    done = threading.Event()

    def show_progress() -> None:
        while not done.wait(TICK):
            arrived = (
                f", {folder_size(watch) / 1e6:.0f} MB"
                if watch and watch.exists()
                else ""
            )
            say(f"   ... {time.monotonic() - start:.0f} s{arrived}")

    ticker = threading.Thread(target=show_progress, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()
    say(f"   {time.monotonic() - start:.1f} s")


def run(
    command: Sequence[object],
    *,
    what: str,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | str | None = None,
    fetches: bool = False,
) -> str:
    """Run a program, keep what it prints in `log` and return it; raise a one-line error
    when it fails or does not end.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as output:
        try:
            done = subprocess.run(
                [str(part) for part in command],
                env=dict(env) if env is not None else None,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=LONGEST,
                check=False,
            )
        except FileNotFoundError as error:
            raise errors.DevError(
                f"{what}: the program {command[0]} is missing, install it."
            ) from error
        except subprocess.TimeoutExpired as error:
            raise errors.DevError(
                f"{what} had not ended after {LONGEST / 3600:g} hours; what it said:"
                f" {log}"
            ) from error
    text = log.read_text(encoding="utf-8", errors="replace")
    if done.returncode:
        raise errors.from_output(what, text, log, fetches=fetches)
    return text
