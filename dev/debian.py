"""Debian as an archive: packages fetched and unpacked without installing them, or
installed when root says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from dev import settings
from dev.console import run, say, step
from dev.errors import DevError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dev.cache import Cache

APT = Path("/etc/apt")
_ONE_LINE = re.compile(
    r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<parts>.+)$"
)


def codename() -> str:
    """The Debian release of this machine, empty when it is not Debian.

    >>> isinstance(codename(), str)
    True
    """
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    return (
        values.get("VERSION_CODENAME", "").strip('"')
        if values.get("ID", "").strip('"') == "debian"
        else ""
    )


def _parse_deb822(text: str) -> Iterable[dict[str, str]]:
    """Stanzas of a `.sources` file; a value keeps its continuation lines (an embedded
    key).

    >>> list(_parse_deb822("# x\\nTypes: deb\\nSuites: a b\\n\\nTypes: deb-src\\n"))
    [{'Types': 'deb', 'Suites': 'a b'}, {'Types': 'deb-src'}]
    """
    for block in re.split(r"\n\s*\n", text):
        stanza: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line[0].isspace():
                stanza[key] += "\n" + line
            else:
                key, value = line.split(":", 1)
                stanza[key] = value.strip()
        if stanza:
            yield stanza


def _parse_one_line(text: str) -> Iterable[dict[str, str]]:
    """Entries of a `sources.list` file, in the other form's words.

    >>> [stanza] = _parse_one_line("deb [signed-by=/k arch=x] http://h/d stable main")
    >>> stanza["URIs"], stanza["Suites"], stanza["Components"], stanza["Signed-By"]
    ('http://h/d', 'stable', 'main', '/k')
    """
    for line in text.splitlines():
        if not (found := _ONE_LINE.match(line.strip())):
            continue
        stanza = {
            "Types": "deb",
            "URIs": found["uri"],
            "Suites": found["suite"],
            "Components": found["parts"],
        }
        options = dict(
            option.split("=", 1)
            for option in (found["options"] or "").split()
            if "=" in option
        )
        if "signed-by" in options:
            stanza["Signed-By"] = options["signed-by"]
        yield stanza


def _machine_sources() -> Iterable[dict[str, str]]:
    folder = APT / "sources.list.d"
    for path in [
        APT / "sources.list",
        *sorted(folder.glob("*.list")),
        *sorted(folder.glob("*.sources")),
    ]:
        if path.exists():
            parse = _parse_deb822 if path.suffix == ".sources" else _parse_one_line
            yield from parse(path.read_text(encoding="utf-8"))


def debian_source() -> dict[str, str]:
    """The machine's own source for its Debian release."""
    release = codename()
    found = [
        stanza
        for stanza in _machine_sources()
        if "deb" in stanza.get("Types", "").split()
        and release in stanza.get("Suites", "").split()
        and "main" in stanza.get("Components", "").split()
    ]
    if not release or not found:
        raise DevError(
            "This machine has no Debian source to take Odoo from:"
            " set ODOO_DIR to an Odoo 19 checkout and PGHOST/PGPORT/PGUSER to a"
            " PostgreSQL server."
        )
    return min(found, key=lambda stanza: "debian" not in stanza["URIs"])


class Archive:
    """A private apt: the machine's own Debian source, and a copy of it for Debian's
    unstable release.
    """

    UNSTABLE = "sid"

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.release = codename()
        self.root = cache.root / "apt"
        self._is_updated = False

    def _options(self) -> list[str]:
        values = {
            "Dir::State::Lists": self.root / "lists",
            "Dir::Etc::SourceParts": self.root / "sources",
            "Dir::Etc::SourceList": "/dev/null",
            "Dir::Cache": self.root / "cache",
        }
        if settings.is_root():
            values["APT::Sandbox::User"] = "root"
        return [
            part for name, value in values.items() for part in ("-o", f"{name}={value}")
        ]

    def _update(self) -> None:
        if self._is_updated:
            return
        for folder in ("lists/partial", "cache/archives/partial", "sources"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        source = debian_source()
        for suite in (self.release, self.UNSTABLE):
            stanza = {**source, "Types": "deb", "Suites": suite, "Components": "main"}
            text = "".join(f"{key}: {value}\n" for key, value in stanza.items())
            (self.root / "sources" / f"{suite}.sources").write_text(
                text, encoding="utf-8"
            )
        run(
            ["apt-get", *self._options(), "--error-on=any", "update"],
            what="Reading Debian's package lists",
            log=self.cache.logs / "apt-update.log",
            fetches=True,
        )
        self._is_updated = True

    def download(
        self, stable: Sequence[str], unstable: Sequence[str], into: Path
    ) -> list[Path]:
        """Fetch packages with apt's own checks of signatures and sums; no right is
        needed.
        """
        into.mkdir(parents=True, exist_ok=True)
        self._update()
        wanted = [f"{name}/{self.release}" for name in stable] + [
            f"{name}/{self.UNSTABLE}" for name in unstable
        ]
        run(
            ["apt-get", *self._options(), "download", *wanted],
            what="Fetching Debian packages",
            log=self.cache.logs / "apt-download.log",
            cwd=into,
            fetches=True,
        )
        return sorted(into.glob("*.deb"))


def unpack(package: Path, into: Path, exclude: Iterable[str] = ()) -> None:
    """Lay out a package's files under `into`."""
    into.mkdir(parents=True, exist_ok=True)
    left_out = [f"--exclude={pattern}" for pattern in exclude]
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE
    ) as source:
        done = subprocess.run(
            ["tar", "-x", "--no-same-owner", "--wildcards", *left_out, "-C", into],
            stdin=source.stdout,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode or source.returncode:
        raise DevError(
            f"Unpacking {package.name} failed:"
            f" {done.stderr.strip() or 'the package is damaged'}"
        )


def find_program(name: str) -> str | None:
    """Where a program is, for an ordinary user's PATH too."""
    return shutil.which(name) or shutil.which(
        name, path="/usr/sbin:/usr/bin:/sbin:/bin"
    )


def install(cache: Cache, packages: Sequence[str], why: str) -> bool:
    """Install Debian packages on this machine when it is root who asks, named first;
    false when that cannot be.
    """
    if not settings.is_root() or not codename() or not shutil.which("apt-get"):
        return False
    say(
        f"This machine has no {why}: installing Debian's {', '.join(packages)}"
        " (apt-get install)."
    )
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing {', '.join(packages)}"):
        run(
            ["apt-get", "update"],
            what="apt-get update",
            log=cache.logs / "apt-install.log",
            env=env,
            fetches=True,
        )
        run(
            ["apt-get", "install", "-y", "--no-install-recommends", *packages],
            what=f"Installing {', '.join(packages)}",
            log=cache.logs / "apt-install.log",
            env=env,
            fetches=True,
        )
    return True
