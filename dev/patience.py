"""Nothing waits without end: neither a test, nor a program that one starts, nor all
tests together.

A test that waits in Python (for a program, a lock, a reply) fails where it waits. One
that cannot be interrupted, in a call of C, is ended later with its process, by
``faulthandler_timeout`` (pyproject.toml): all threads say where they are, and the run
goes no further.
"""

from __future__ import annotations

import signal
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from dev.errors import DevError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import FrameType
    from typing import IO

# Seconds: many times what they take, on a slow and busy machine too.
TEST = 900
PROGRAM = 600
RUN = 4500
LEAVING = 60


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Have the main thread fail where it is after so many seconds, and again where it
    is some time later, such as in what cleans up.
    """
    import pytest  # noqa: PLC0415 (only Odoo's environment has it)

    def fail(number: int, frame: FrameType | None) -> None:
        pytest.fail(f"it has not ended after {seconds:g} s")

    handler = signal.signal(signal.SIGALRM, fail)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, LEAVING)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)


def output_of(
    *command: object,
    cwd: Path | str,
    env: Mapping[str, str] | None = None,
    seconds: float = PROGRAM,
    stdin: int | IO[str] = subprocess.DEVNULL,
    stderr: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and return what it printed; if it does not end, kill it
    and say what it was at.
    """
    words = [str(word) for word in command]
    try:
        return subprocess.run(
            words,
            cwd=cwd,
            env=None if env is None else dict(env),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        said = b"".join(filter(None, (error.output, error.stderr)))
        raise DevError(
            f"{' '.join(words)} had not ended after {seconds:g} s and was stopped; it"
            f" said: {said.decode(errors='replace')[-3000:] or 'nothing'}"
        ) from error


def returncode_of(
    command: list[str], *, cwd: Path, env: Mapping[str, str], seconds: float = RUN
) -> int:
    """Run a program that prints by itself and return its exit code; if it does not end,
    interrupt it, so that it can tell what it found, then kill it.
    """
    with subprocess.Popen(command, cwd=cwd, env=dict(env)) as program:
        try:
            return program.wait(seconds)
        except subprocess.TimeoutExpired as error:
            program.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                program.wait(LEAVING)
            raise DevError(
                f"{command[0]} had not ended after {seconds / 60:g} minutes and was"
                " stopped; what it was at stands above."
            ) from error
        finally:
            program.kill()
