"""What went wrong, in one line that says what to do."""

from __future__ import annotations

import errno
import re

_NETWORK = re.compile(
    r"(could ?n.t|could not) resolve|name resolution|name or service not known"
    r"|temporary failure|dns error|(could not|failed to|unable to) connect"
    r"|connection (refused|error)|network is unreachable|no route to host"
    r"|failed to (download|fetch)|error sending request|max retries exceeded"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED",
    re.IGNORECASE,
)
_RAISED = re.compile(r"([a-z_]\w*\.)*[A-Z]\w*(Error|Exception|Violation|Missing)\b.*: ")
_DISK = re.compile(r"no space left on device|ENOSPC|disk quota exceeded", re.IGNORECASE)


class DevError(Exception):
    """A failure whose single line tells the developer what to do about it."""


def no_network(what: str) -> DevError:
    return DevError(
        f"{what}: no network. The package registries must be reachable (Debian, PyPI,"
        " npm); check it, then run the same command again."
    )


def disk_full(where: object) -> DevError:
    return DevError(
        f"The disk is full ({where}): free some space or set ADV_CACHE to a folder on"
        " another disk."
    )


def from_output(what: str, output: str, log: object, *, fetches: bool) -> DevError:
    """The likely reason of a failed program (one that `fetches`?), read from its
    output.
    """
    if _DISK.search(output):
        return disk_full(log)
    if fetches and _NETWORK.search(output):
        return no_network(what)
    return DevError(f"{what} failed: {last_error(output)} (the whole output: {log})")


def last_error(output: str) -> str:
    """The line that tells most: the last error raised, else the last line.

    >>> last_error("Traceback\\n  x\\nodoo.tools.ParseError: while parsing\\nbye")
    'odoo.tools.ParseError: while parsing'
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    raised = [line for line in lines if _RAISED.match(line)]
    return (raised or lines or ["it said nothing"])[-1]


def from_os_error(error: OSError) -> DevError:
    """One line for what the system refused.

    >>> print(from_os_error(OSError(errno.EACCES, "Permission denied", "/x")))
    Permission denied: /x. Set ADV_CACHE to a folder you may write to.
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(error.filename or "cache")
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return DevError(
            f"{error.strerror}: {error.filename}. Set ADV_CACHE to a folder you may"
            " write to."
        )
    return DevError(f"{error.strerror}: {error.filename}")
